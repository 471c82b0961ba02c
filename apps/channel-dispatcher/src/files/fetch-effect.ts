import type { Effect, EffectEnd, EffectKind, EffectOutcome, EffectPlan } from '@baton/effects';
import type { EntityManager } from 'typeorm';
import { fetchFile } from './fetch-file.js';
import type { FetchOptions } from './fetch-file.js';
import { isAllowed, kindOf, nameForKind } from './file-kind.js';
import type { AllowedKinds } from './file-kind.js';
import type { FilesStore, HostedFile } from './files.store.js';
import type { Places } from './places.js';
import { FILE_REFUSALS } from './refusal.js';
import type { FileRefusal } from './refusal.js';

/** The kind of effect that fetches a hosted file. */
export const FETCH_FILE = 'fetch-file';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/**
 * Each file is a lane of its own: a slow one holds up neither the conversation nor another file. Lanes sort as their conversations do, so
 * that those who lock many of them at once never wait for each other in a circle.
 */
export function fetchPlan(
  { id, conversationId, sourceUrl }: Pick<HostedFile, 'id' | 'conversationId' | 'sourceUrl'>,
  now: Date,
): EffectPlan {
  return {
    lane: `${conversationId}:file:${id}`,
    target: `files:${URL.parse(sourceUrl ?? '')?.hostname ?? ''}`,
    kind: FETCH_FILE,
    payload: { fileId: id },
    deadline: new Date(now.getTime() + HOUR_MS),
    onDoubt: 'repeat',
  };
}

export interface FetchEffectOptions {
  readonly store: FilesStore;
  readonly fetching: FetchOptions;
  readonly allowed: AllowedKinds;
  /** Of one conversation at most, in bytes. */
  readonly maxPerConversation: number;
  /** No more files can be kept for the time being. */
  readonly isFull: () => boolean;
  /** How many files are held in memory at once. */
  readonly places: Places;
  readonly onEnd: (outcome: 'fetched' | FileRefusal) => void;
}

/** Told in the transaction that gives a file up, so that somebody else can be told in it; what it returns is run after the commit. */
export type OnRefused = (manager: EntityManager, file: HostedFile, reason: FileRefusal) => Promise<(() => void) | void>;

/** Fetches a wanted file and keeps it; whatever is not to be had is refused with its reason. */
export class FetchEffect implements EffectKind {
  /** Set by who tells the visitor. */
  onRefused: OnRefused | undefined;

  constructor(private readonly options: FetchEffectOptions) {}

  async perform(effect: Effect, signal: AbortSignal): Promise<EffectOutcome> {
    if (this.options.isFull()) return { retry: { reason: 'file.full', afterMs: MINUTE_MS, didNotHappen: true, targetIsWell: true } };
    const busy = { retry: { reason: 'file.busy', afterMs: 1_000, didNotHappen: true, targetIsWell: true } };
    return (await this.options.places.run(() => this.fetch(effect, signal))) ?? busy;
  }

  /** Fetching it again does no harm: what is here already is left as it is. */
  findOut(): Promise<'did-not-happen'> {
    return Promise.resolve('did-not-happen');
  }

  async settled(manager: EntityManager, effect: Effect, end: EffectEnd): Promise<(() => void) | void> {
    if ('done' in end) return;
    // The deadline is told by the effects themselves.
    const reason = FILE_REFUSALS.find((one) => one === end.refused) ?? 'file.unreachable';
    const file = await this.options.store.refuse(manager, fileIdOf(effect), reason);
    if (!file) return;
    const after = await this.onRefused?.(manager, file, reason);
    return () => {
      this.options.onEnd(reason);
      after?.();
    };
  }

  private async fetch(effect: Effect, signal: AbortSignal): Promise<EffectOutcome> {
    const { store, fetching, allowed, maxPerConversation, onEnd } = this.options;
    const file = await store.find(fileIdOf(effect));
    if (file?.state !== 'wanted' || file.sourceUrl === null) return { done: null };
    const fetched = await fetchFile(file.sourceUrl, fetching, signal);
    if ('refused' in fetched) return fetched;
    if ('retry' in fetched) {
      const afterMs = Math.max(fetched.afterMs ?? 0, Math.min((effect.attempts - 1) * 10_000, 5 * MINUTE_MS));
      return { retry: { reason: fetched.retry, afterMs, didNotHappen: true } };
    }
    if ((await store.bytesOf(file.conversationId)) + fetched.bytes.length > maxPerConversation) return { refused: 'file.too-many' };
    const kind = await kindOf(fetched.bytes, file.name);
    if (!kind || !isAllowed(kind.contentType, allowed)) return { refused: 'file.type-not-allowed' };
    await store.fill(file.id, { name: nameForKind(file.name, kind), contentType: kind.contentType, bytes: fetched.bytes });
    onEnd('fetched');
    return { done: null };
  }
}

function fileIdOf({ payload }: Effect): string {
  return (payload as { fileId: string }).fileId;
}
