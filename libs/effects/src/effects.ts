import type { DataSource, EntityManager } from 'typeorm';
import type { EffectKind, EffectPlan } from './effect.js';

export interface EffectsOptions {
  readonly dataSource: DataSource;
  readonly instanceId: string;
  readonly kinds: Readonly<Record<string, EffectKind>>;
  readonly budgets?: (target: string) => { readonly perSecond: number; readonly burst?: number } | undefined;
  readonly concurrency?: number;
  readonly perTargetConcurrency?: number;
  readonly now?: () => Date;
}

export class Effects {
  constructor(private readonly options: EffectsOptions) {}
  async plan(_manager: EntityManager, _plans: readonly EffectPlan[]): Promise<void> {
    throw new Error(this.options.instanceId);
  }
  wake(_lanes?: readonly string[]): void {}
  async cancel(_manager: EntityManager, _lane: string, _o: { kinds?: readonly string[]; ids?: readonly string[] } = {}): Promise<number> {
    return 0;
  }
  start(): void {}
  async stop(): Promise<void> {}
}
