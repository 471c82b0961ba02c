import { Effects } from '@baton/effects';
import type { Budget, EffectKind } from '@baton/effects';
import { countEffects, watchEffects } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import { SEND } from './messenger/out/send-plan.js';

export interface Outside {
  readonly dataSource: DataSource;
  readonly instanceId: string;
  readonly kinds: Readonly<Record<string, EffectKind>>;
  readonly budgets: (target: string) => Budget | undefined;
  readonly logger: Logger;
}

/** What the dispatcher does outside, counted. */
export function effectsOf({ dataSource, instanceId, kinds, budgets, logger }: Outside): Effects {
  const observer = countEffects(Object.keys(kinds));
  const onError = (err: unknown): void => logger.warn({ err }, 'effects go on after a failure');
  const effects = new Effects({ dataSource, instanceId, kinds, budgets, observer, onError });
  watchEffects(effects, dataSource, [SEND]);
  return effects;
}
