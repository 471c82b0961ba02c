import { OUR_PROPERTY } from '@baton/crisp';
import type { BotSettings } from '@baton/contracts';
import type { Effect, EffectEnd, EffectKind, EffectOutcome } from '@baton/effects';
import type { EntityManager } from 'typeorm';
import { whatIsNew } from '../answering/what-was-there.js';
import { factId } from '../inbox-judge.js';
import { modeOf } from '../mode-of.js';
import { stateOf } from '../session.js';
import type { Session } from '../session.js';
import { readSession } from '../session-store.js';
import { markOf, ORIGIN } from '../who-may-be-answered.js';
import { lookFor } from './inbox-parts.js';
import type { InboxParts } from './inbox-parts.js';
import { outcomeOf } from './outcome-of.js';
import { notePlans, sayTaskOf, whereOf } from './tasks.js';
import type { SayTask } from './tasks.js';

/** Why an answer was not said that was about to be. */
export const Unsaid = {
  /** Something was said since. */
  superseded: 'superseded',
  /** A passage that it rests on was deleted, changed or switched off. */
  sourceGone: 'source-gone',
  /** The mode of the inbox is another one now. */
  mode: 'mode-changed',
  blocked: 'blocked',
  sessionGone: 'session-gone',
  /** The part before it was not said. */
  partBefore: 'part-before-it',
} as const;

/** Reading what is new may not take longer (ms): the visitor waits. */
const LOOK_WITHIN = 3_000;

/** Says a part of an answer to the visitor, after asking once more, right before, whether it may. */
export function sayKind(parts: InboxParts): EffectKind {
  return {
    perform: (effect, signal) => say(parts, sayTaskOf(effect), signal),
    findOut: (effect, signal) => lookFor(parts, sayTaskOf(effect), effect, signal),
    settled: (manager, effect, end) => settled(parts, manager, effect, end),
  };
}

async function say(parts: InboxParts, task: SayTask, signal: AbortSignal): Promise<EffectOutcome> {
  const { websiteId, sessionId, botId } = task;
  const why = await whyNot(parts, task);
  if (why !== undefined) return why;
  const connection = parts.connections.of(websiteId, botId);
  const bot = parts.settings.bot(botId);
  if (!connection || !bot) return { refused: 'disconnected' };
  const { client } = connection;
  const at = { websiteId, sessionId };
  try {
    const { messages } = await client.getMessages(at, {}, { signal, timeoutMs: LOOK_WITHIN });
    const overtaken = (await hear(parts, task, messages)) ? await whyNot(parts, task) : silence(parts, task);
    if (overtaken !== undefined) return overtaken;
  } catch (error) {
    // Nothing was said yet, whatever this was.
    const outcome = outcomeOf(error);
    return 'retry' in outcome ? { retry: { ...outcome.retry, didNotHappen: true } } : outcome;
  }
  try {
    await client.sendMessage(at, messageOf(task, bot), { signal });
    return { done: null };
  } catch (error) {
    return outcomeOf(error);
  }
}

function messageOf(task: SayTask, bot: BotSettings) {
  const { persona } = bot.assistant;
  const avatar = persona.avatar ?? bot.avatar;
  return {
    type: 'text' as const,
    from: 'operator' as const,
    content: task.text,
    origin: ORIGIN,
    fingerprint: task.fingerprint,
    automated: true,
    user: { nickname: persona.name ?? bot.name, ...(avatar === undefined ? {} : { avatar }) },
    properties: { [OUR_PROPERTY]: markOf(task.answerId) },
  };
}

/** Why it may not be said (any more): by the session as it stands, by the settings, by what it rests on. */
async function whyNot(parts: InboxParts, task: SayTask): Promise<EffectOutcome | undefined> {
  const silent = silence(parts, task);
  if (silent) return silent;
  const session = await readSession(parts.dataSource, task.sessionId);
  if (!session) return { refused: Unsaid.sessionGone };
  const held = whyHeld(session, task);
  if (held !== undefined) return { refused: held };
  if (task.part > 0 && (await parts.receipts.state(parts.dataSource.manager, task.answerId)) !== 'posted')
    return { refused: Unsaid.partBefore };
  if (task.used.length === 0) return undefined;
  try {
    const live = await parts.stillLive(task, task.used);
    return task.used.every(({ chunkId }) => live.has(chunkId)) ? undefined : { refused: Unsaid.sourceGone };
  } catch {
    return { retry: { reason: 'knowledge-away', didNotHappen: true, targetIsWell: true } };
  }
}

/** A reason that is known without asking anybody. */
function silence(parts: InboxParts, { botId, websiteId, sessionId }: SayTask): EffectOutcome | undefined {
  const speech = parts.maySpeak.of(botId, websiteId, sessionId);
  // Settings that were not heard of for a moment may be there again in time.
  if (!speech.speak && speech.why === 'settings-stale') return { retry: { reason: speech.why, didNotHappen: true, targetIsWell: true } };
  if (!speech.speak) return { refused: speech.why };
  const bot = parts.settings.bot(botId);
  return bot && modeOf(bot.assistant, sessionId) === 'reply' ? undefined : { refused: Unsaid.mode };
}

function whyHeld(session: Session, task: SayTask): string | undefined {
  const state = stateOf(session);
  // What is begun is said to its end, unless somebody else has the word now.
  const goesOn = task.part > 0 && state === 'waiting';
  if (state !== 'open' && !goesOn) return state;
  if (session.blocked.is) return Unsaid.blocked;
  return task.part === 0 && session.epoch !== task.epoch ? Unsaid.superseded : undefined;
}

/** Whether the inbox holds something that no hook has told yet; it counts at once. */
async function hear(parts: InboxParts, task: SayTask, messages: Parameters<typeof whatIsNew>[1]): Promise<boolean> {
  const session = await readSession(parts.dataSource, task.sessionId);
  if (!session) return true;
  const { sessionId, websiteId } = task;
  const found = whatIsNew(session, messages, task.asked);
  await parts.judge.judge(found.map(({ facts, id }) => ({ sessionId, facts, id: factId(websiteId, sessionId, id) })));
  return found.length > 0 || session.epoch !== task.epoch;
}

async function settled(parts: InboxParts, manager: EntityManager, effect: Effect, end: EffectEnd): Promise<(() => void) | void> {
  const task = sayTaskOf(effect);
  // Later parts hang on the first: what is told of an answer is told once.
  if (task.part > 0) return;
  return 'done' in end ? wasSaid(parts, manager, task) : wasNotSaid(parts, manager, task, end.refused);
}

async function wasSaid(parts: InboxParts, manager: EntityManager, task: SayTask): Promise<() => void> {
  const { judge, quota, receipts, typing, observations } = parts;
  const { answerId, asked, fingerprint, quotaEntryId, kind, note, withoutHuman } = task;
  const now = parts.now();
  const fact = { kind: 'said', answerId, asked, fingerprint, text: task.whole, as: kind, withoutHuman } as const;
  const { sessions, afterCommit } = await judge.judgeWithin(manager, [{ sessionId: task.sessionId, facts: [fact], id: null }]);
  await receipts.end(manager, answerId, 'posted');
  const records = quotaEntryId === null ? [] : await quota.commit(manager, quotaEntryId, 'inbox', new Date(now));
  const session = sessions.get(task.sessionId);
  const plans =
    note === null || !session ? [] : notePlans({ ...whereOf(session), text: note, about: `answer:${answerId}`, calls: true }, now);
  const send = await judge.write(manager, { plans, records });
  return () => {
    afterCommit();
    send();
    typing.end(task.sessionId);
    observations.ended(kind, 'posted');
    observations.posted(now - task.askedAt);
  };
}

async function wasNotSaid(parts: InboxParts, manager: EntityManager, task: SayTask, why: string): Promise<() => void> {
  const { judge, quota, receipts, typing, observations } = parts;
  const { answerId, asked, kind, quotaEntryId } = task;
  const isFailure = why.startsWith('crisp.') || why.startsWith('effect.');
  const fact = { kind: 'not-said', answerId, asked, again: why === Unsaid.sourceGone, why } as const;
  const { afterCommit } = await judge.judgeWithin(manager, [{ sessionId: task.sessionId, facts: [fact], id: null }]);
  await receipts.end(manager, answerId, isFailure ? 'failed' : 'dropped', why);
  if (quotaEntryId !== null) await quota.refund(manager, quotaEntryId, why);
  return () => {
    afterCommit();
    typing.end(task.sessionId);
    observations.ended(kind, isFailure ? 'failed' : 'dropped');
    observations.dropped(why);
  };
}
