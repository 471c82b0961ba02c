import { setTimeout as pause } from 'node:timers/promises';
import type { CrispConnections } from '@baton/crisp';
import type { Effect } from '@baton/effects';
import type { KnowledgeScope, UsedChunk } from '@baton/knowledge';
import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import type { MaySpeak } from '../../connection/may-speak.js';
import type { Quota } from '../../quota/quota.js';
import type { Receipts } from '../../receipts/receipts.js';
import type { InboxJudge } from '../inbox-judge.js';
import type { Observations } from '../observations.js';
import type { TypingShown } from '../typing-shown.js';
import type { NoteTask, SayTask } from './tasks.js';

/** What the inbox's effects work with. */
export interface InboxParts {
  readonly dataSource: DataSource;
  readonly judge: InboxJudge;
  readonly connections: CrispConnections;
  readonly settings: Pick<SettingsStore, 'bot'>;
  readonly maySpeak: Pick<MaySpeak, 'of'>;
  readonly receipts: Receipts;
  readonly quota: Pick<Quota, 'commit' | 'refund'>;
  /** Which of these may still be cited. */
  readonly stillLive: (scope: KnowledgeScope, used: readonly UsedChunk[]) => Promise<ReadonlySet<string>>;
  readonly typing: TypingShown;
  readonly observations: Observations;
  /** ms */
  readonly now: () => number;
}

/** Crisp's answers may be a second old: what was written just now is surely seen after so long (ms). */
const STALE_FOR = 1_500;
/** Our clock chose the fingerprint; Crisp's gave the message its time. They may differ by so much (ms). */
const CLOCK_SLACK = 60_000;

/** Whether a message that may have been written is there, by the fingerprint that was stored before the call. */
export async function lookFor(
  parts: Pick<InboxParts, 'connections'>,
  task: SayTask | NoteTask,
  effect: Effect,
  signal: AbortSignal,
): Promise<{ happened: null } | 'did-not-happen' | 'unknown'> {
  const { websiteId, sessionId, botId, fingerprint } = task;
  const connection = parts.connections.of(websiteId, botId);
  if (!connection) return 'unknown';
  await pause(STALE_FOR, undefined, { signal });
  const since = effect.plannedAt.getTime() - CLOCK_SLACK;
  const { messages, complete } = await connection.client.getMessagesSince({ websiteId, sessionId }, since, { signal });
  if (messages.some((message) => message.fingerprint === fingerprint)) return { happened: null };
  return complete ? 'did-not-happen' : 'unknown';
}
