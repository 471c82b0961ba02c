import { setTimeout as pause } from 'node:timers/promises';
import { CrispError, OUR_ORIGIN, OUR_PROPERTY } from '@baton/crisp';
import type { OutgoingCrispMessage } from '@baton/crisp';
import type { Effect, EffectKind, EffectOutcome } from '@baton/effects';
import type { DeskTask } from '../../judge/desk-plan.js';
import { DeskRefusal, inSession, judgeEnd, sessionOf, taskOf } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';
import { readWaitingLine } from '../waiting-line.js';

export const ORIGIN = OUR_ORIGIN('escalation-orchestrator');

/** Crisp's answers may be a second old: what was written just now is surely seen after so long (ms). */
export const STALE_FOR = 1_500;
/** Our clock chose the fingerprint; Crisp's gave the message its time. They may differ by so much (ms). */
export const CLOCK_SLACK = 60_000;

type PostTask = DeskTask<'post-first-message' | 'post-visitor-words' | 'post-note' | 'post-briefing'>;
type Words = Pick<OutgoingCrispMessage, 'type' | 'content' | 'from' | 'user' | 'automated'> & {
  /** The text to write where Crisp refuses the other. */
  readonly otherwise?: string;
};

export async function post(
  parts: DeskParts,
  task: PostTask,
  words: (operatorName: string) => Promise<Words> | Words,
  signal: AbortSignal,
): Promise<EffectOutcome> {
  return inSession(parts, task, async (client, at, { settings }) => {
    const { otherwise, ...said } = await words(settings.operatorName);
    const send = (content: Pick<Words, 'type' | 'content'>) => {
      const marks = {
        fingerprint: task.fingerprint,
        origin: ORIGIN,
        properties: { [OUR_PROPERTY]: 'messageId' in task ? `${task.messageId}:${task.part}` : task.handoverId },
      };
      return client.sendMessage(at, { ...said, ...content, ...marks } as OutgoingCrispMessage, { signal });
    };
    try {
      await send(said);
    } catch (error) {
      if (isNotAllowed(error) && said.type === 'note') return { refused: DeskRefusal.noNotes };
      if (otherwise === undefined || !(error instanceof CrispError) || error.code !== 'crisp.refused') throw error;
      await send({ type: 'text', content: otherwise });
    }
    return { done: null };
  });
}

/** The token works, only this may not be done with it, or not in the plan of the website (402). */
export function isNotAllowed(error: unknown): boolean {
  if (!(error instanceof CrispError)) return false;
  return error.status === 402 || (error.code === 'crisp.unauthorized' && error.status !== 401);
}

/** Whether a message that may have been written is there, by the fingerprint that was stored before the call. */
export async function lookFor(
  parts: DeskParts,
  effect: Effect,
  signal: AbortSignal,
): Promise<{ happened: null } | 'did-not-happen' | 'unknown'> {
  const task = effect.payload as unknown as PostTask;
  const sessionId = await sessionOf(parts, task);
  const connection = parts.connections.of(task.websiteId, task.botId);
  if (sessionId === null || !connection) return 'did-not-happen';
  await pause(STALE_FOR, undefined, { signal });
  const since = Math.min(Math.floor(task.fingerprint / 100), effect.plannedAt.getTime()) - CLOCK_SLACK;
  const { messages, complete } = await connection.client.getMessagesSince({ websiteId: task.websiteId, sessionId }, since, { signal });
  if (messages.some((message) => message.fingerprint === task.fingerprint)) return { happened: null };
  return complete ? 'did-not-happen' : 'unknown';
}

/** The first message in Crisp: the visitor asks for help, with the link to everything that was said. */
export function firstMessageKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = taskOf<'post-first-message'>(effect);
      const words = async (): Promise<Words> => {
        const handover = parts.settings.bot(task.botId)?.handover;
        const link = await parts.links.linkFor(task, handover?.historyLinkDays ?? 30, parts.now());
        return { type: 'text', from: 'user', content: firstMessage(handover?.firstMessage ?? '{link}', link) };
      };
      return post(parts, task, words, signal);
    },
    findOut: (effect, signal) => lookFor(parts, effect, signal),
    settled: async (manager, effect, end) => {
      const task = taskOf<'post-first-message'>(effect);
      const { handoverId } = task;
      if (!('done' in end)) return judgeEnd(parts, manager, effect, { kind: 'opening-failed', handoverId, code: end.refused });
      const line = await readWaitingLine(manager, task, parts.settings.bot(task.botId)?.handover, parts.now());
      return judgeEnd(parts, manager, effect, { kind: 'first-message-posted', handoverId, line });
    },
  };
}

export function visitorWords({ text, file }: Pick<DeskTask<'post-visitor-words'>, 'text' | 'file'>): Words {
  if (!file) return { type: 'text', from: 'user', content: text };
  return { type: 'file', from: 'user', content: { name: file.name, url: file.url, type: file.contentType }, otherwise: text };
}

/** A session that agents removed gives the visitor back, and his word with him: whoever has the floor is told it. Any other refusal is the end of it. */
export const isGivenUp = (code: string): boolean => code !== 'crisp.not-found';

/** The visitor's words, as his. What Crisp will never take becomes a fact; that it took them needs no telling. */
export function visitorWordsKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = taskOf<'post-visitor-words'>(effect);
      return post(parts, task, () => visitorWords(task), signal);
    },
    findOut: (effect, signal) => lookFor(parts, effect, signal),
    settled: async (manager, effect, end) => {
      const { handoverId, messageId, at, text, file, part } = taskOf<'post-visitor-words'>(effect);
      if ('done' in end) return part === 0 ? () => parts.wordPosted(parts.now() - at) : undefined;
      const afterCommit = await judgeEnd(parts, manager, effect, {
        kind: 'word-refused',
        handoverId,
        messageId,
        at,
        text,
        file,
        code: end.refused,
      });
      return () => {
        afterCommit?.();
        if (isGivenUp(end.refused)) parts.wordGivenUp();
      };
    },
  };
}

/** A private note for the agents; where the plan of the website has none, there is none. */
export function noteKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = taskOf<'post-note'>(effect);
      return post(
        parts,
        task,
        (nickname) => ({ type: 'note', from: 'operator', content: task.text, user: { nickname }, automated: true }),
        signal,
      );
    },
    findOut: (effect, signal) => lookFor(parts, effect, signal),
  };
}

/** Every place of the link is filled; the text itself is the bot's own. */
export function firstMessage(template: string, link: string): string {
  return template.replaceAll('{link}', () => link);
}
