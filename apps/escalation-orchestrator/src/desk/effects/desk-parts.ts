import type { DataSource, EntityManager } from 'typeorm';
import type { CrispClient, CrispConnections, OpenConnection } from '@baton/crisp';
import type { Effect, EffectOutcome } from '@baton/effects';
import { derivedId } from '@baton/contracts';
import { UnprocessableEvent } from '@baton/messaging';
import type { SettingsStore } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { DeskWork } from '../../floor/actions.js';
import type { Fact } from '../../floor/facts.js';
import type { HistoryLinks } from '../../history/history-links.js';
import type { DeskTask } from '../../judge/desk-plan.js';
import type { Judge } from '../../judge/judge.js';
import type { Availability } from '../availability.js';
import type { Spending } from '../budget/spending.js';
import type { HandoverSessions } from '../handover-sessions.js';
import { outcomeOf } from './outcome-of.js';

/** What the desk's effects work with. */
export interface DeskParts {
  readonly dataSource: DataSource;
  readonly judge: Judge;
  readonly connections: CrispConnections;
  readonly sessions: HandoverSessions;
  readonly availability: Availability;
  readonly links: HistoryLinks;
  readonly settings: SettingsStore;
  readonly spending: Spending;
  readonly log: Logger;
  /** A visitor's word stands in Crisp, so many ms after he said it. */
  readonly wordPosted: (tookMs: number) => void;
  /** A visitor's word will never stand in Crisp. */
  readonly wordGivenUp: () => void;
  /** ms */
  readonly now: () => number;
}

/** Why an effect can never be done that did not even reach Crisp. */
export const DeskRefusal = {
  /** No bot has a usable connection to this website (any more). */
  noConnection: 'desk.no-connection',
  /** The handover never got a session. */
  noSession: 'desk.no-session',
  /** The plan of the website, or the token, allows no private notes. */
  noNotes: 'desk.no-notes',
} as const;

type FactBody = Fact extends infer F ? (F extends { id: string } ? Omit<F, 'id'> : never) : never;

export function taskOf<K extends DeskWork['kind']>(effect: Effect): DeskTask<K> {
  return effect.payload as unknown as DeskTask<K>;
}

/** Runs a call with the connection of a website; failures become outcomes by their class. */
export async function withConnection(
  parts: Pick<DeskParts, 'connections'>,
  task: Pick<DeskTask, 'websiteId' | 'botId'>,
  call: (connection: OpenConnection) => Promise<EffectOutcome>,
): Promise<EffectOutcome> {
  const connection = parts.connections.of(task.websiteId, task.botId);
  if (!connection) return { refused: DeskRefusal.noConnection };
  try {
    return await call(connection);
  } catch (error) {
    return outcomeOf(error, 'deadline' in task && task.deadline !== null);
  }
}

/** As {@link withConnection}, in the session of the task. */
export async function inSession(
  parts: DeskParts,
  task: DeskTask,
  call: (client: CrispClient, at: { websiteId: string; sessionId: string }, connection: OpenConnection) => Promise<EffectOutcome>,
): Promise<EffectOutcome> {
  const sessionId = await sessionOf(parts, task);
  if (sessionId === null) return { refused: DeskRefusal.noSession };
  return withConnection(parts, task, (connection) => call(connection.client, { websiteId: task.websiteId, sessionId }, connection));
}

/** Where a task is to be done: in the session that it names, else in its handover's. */
export async function sessionOf(parts: Pick<DeskParts, 'sessions'>, task: DeskTask): Promise<string | null> {
  const named = 'sessionId' in task ? task.sessionId : undefined;
  return named ?? (await parts.sessions.sessionOf(task.handoverId));
}

/**
 * Judges what an effect's end means, in the transaction that ends it. A fact that cannot be judged (its bot is gone) is
 * told in the log and otherwise lost: the effect is over all the same.
 */
export async function judgeEnd(parts: DeskParts, manager: EntityManager, effect: Effect, body: FactBody): Promise<(() => void) | void> {
  const { conversationId } = taskOf(effect);
  const { traceparent } = effect;
  const fact = { ...body, id: derivedId('effect-end', effect.id) } as Fact;
  try {
    return (await parts.judge.judgeWithin(manager, [{ conversationId, inboxId: null, traceparent, matter: { about: 'fact', fact } }]))
      .afterCommit;
  } catch (error) {
    if (!(error instanceof UnprocessableEvent)) throw error;
    parts.log.error(
      { conversationId, effectId: effect.id, fact: fact.kind, reason: error.message },
      'the end of an effect could not be judged',
    );
  }
}
