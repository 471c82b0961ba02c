import type { CrispConversation, CrispMessage } from '@baton/crisp';
import { storable } from '../../asking/spoken.js';
import { readMessage } from '../read-hook.js';
import { pendingOf } from '../session.js';
import type { Line, Session, Visitor } from '../session.js';
import type { InboxFact } from '../session-rules.js';
import { speakerOf } from '../who-may-be-answered.js';
import type { Speaker } from '../who-may-be-answered.js';

/** Without any hook of an end, an agent's word still holds a conversation that nobody has taken up since for so long (ms)… */
const PENDING_HOLDS = 12 * 3_600_000;
/** …and one that is in work. */
const IN_WORK_HOLDS = 7 * 86_400_000;
/** What holds a session from before the first hook is older than every hook (ms). */
const BEFORE_ALL = 1;
/** Data that a handover leaves with its session. */
const HANDOVER_DATA = ['baton_handover', 'baton_conversation'];

/** Facts, each with what names it where a hook may tell it, too. */
export interface Found {
  readonly facts: readonly InboxFact[];
  readonly id?: readonly (string | number)[];
}

/**
 * What a session's newest messages and its conversation say at first sight: history, and whether a human or a handover is there already.
 * @param now our clock (ms)
 */
export function whatWasThere(session: Session, messages: readonly CrispMessage[], conversation: CrispConversation, now: number): Found[] {
  const isHandover =
    messages.some((message) => speakerOf(message) === 'handover') ||
    HANDOVER_DATA.some((name) => conversation.meta?.data[name] !== undefined);
  const newer = newMessages(
    session,
    messages,
    pendingOf(session).map(({ fingerprint }) => fingerprint),
  );
  const isNew = new Set(newer.map(({ message }) => message.fingerprint));
  const earlier = messages.filter(({ fingerprint }) => !isNew.has(fingerprint));
  const lines = earlier.flatMap(lineOf);
  const wordAt = Math.max(0, ...lines.flatMap(({ from, at }) => (from === 'human' ? [at] : [])));
  const holds = wordAt > now - (conversation.state === 'unresolved' ? IN_WORK_HOLDS : PENDING_HOLDS);
  const facts: InboxFact[] = [
    ...(isHandover ? [{ kind: 'handover' } as const] : []),
    ...(conversation.is_blocked ? [{ kind: 'blocked', at: BEFORE_ALL, is: true } as const] : []),
    ...(conversation.assigned?.user_id ? [{ kind: 'assigned', at: BEFORE_ALL } as const] : []),
    { kind: 'read', lines, wordAt: holds ? wordAt : 0, visitor: visitorOf(conversation) },
  ];
  return [{ facts }, ...newer.flatMap(foundIn)];
}

/** BCP 47, as far as we use it. */
const LOCALE = /^[A-Za-z0-9-]{2,35}$/;
/** Of a name or an address, so much is kept (UTF-16 units). */
const LONGEST_NAME = 320;
/** Names that Crisp makes up are nobody's. */
const MADE_UP = /^(?:anonymous|visitor\d*)$/i;

function visitorOf({ meta }: CrispConversation): Visitor {
  const device = meta?.['device'] as { locales?: unknown } | undefined;
  const [locale] = Array.isArray(device?.locales) ? (device.locales as unknown[]) : [];
  const filled = (value: string | null | undefined): string[] => (value ? [storable(value.slice(0, LONGEST_NAME))] : []);
  return {
    ...(typeof locale === 'string' && LOCALE.test(locale) ? { locale } : {}),
    names: filled(meta?.nickname).filter((name) => !MADE_UP.test(name)),
    emails: filled(meta?.email),
    phones: filled(meta?.phone),
  };
}

/** What of a session's newest messages we have not heard of, behind the visitor's lines that are being answered. */
export function whatIsNew(session: Session, messages: readonly CrispMessage[], asked: readonly number[]): Found[] {
  const newer = newMessages(session, messages, asked);
  const seen = new Set([...newer.map(({ message }) => message.fingerprint), ...known(session)]);
  // Of what stands before the question only what silences matters any more (its hook was lost), and what he asked with it (its hook is late).
  const first = messages.findIndex(({ fingerprint }) => asked.includes(fingerprint));
  const burst = messages.slice(0, Math.max(0, first)).findLastIndex((message) => speakerOf(message) !== 'question') + 1;
  const missed = messages.filter(
    (message, at) =>
      !seen.has(message.fingerprint) &&
      (SILENCES.has(speakerOf(message)) || (at >= burst && at < first && speakerOf(message) === 'question')),
  );
  return [...missed.map((message) => ({ message, at: message.timestamp })), ...newer].flatMap(foundIn);
}

const SILENCES: ReadonlySet<string> = new Set<Speaker>(['human', 'handover']);

interface NewMessage {
  readonly message: CrispMessage;
  /** Writers' clocks differ from Crisp's: what stands behind a line that we know is newer than that. */
  readonly at: number;
}

function newMessages(session: Session, messages: readonly CrispMessage[], asked: readonly number[]): NewMessage[] {
  const heard = known(session);
  const askedAt = Math.max(0, ...session.lines.flatMap(({ fingerprint, at }) => (asked.includes(fingerprint) ? [at] : [])));
  const last = messages.findLastIndex(({ fingerprint }) => asked.includes(fingerprint));
  const behind = last === -1 ? messages.filter(({ timestamp }) => timestamp > askedAt) : messages.slice(last + 1);
  return behind.flatMap((message) => (heard.has(message.fingerprint) ? [] : [{ message, at: Math.max(message.timestamp, askedAt + 1) }]));
}

function known(session: Session): Set<number> {
  return new Set(session.lines.flatMap(({ fingerprint, from }) => (from === null ? [] : [fingerprint])));
}

function foundIn({ message, at }: NewMessage): Found[] {
  const reading = readMessage(message, at);
  if ('ignored' in reading) return [];
  // A command holds from now on; it is answered when its hook comes.
  return [{ facts: reading.facts, ...(reading.id && !reading.command ? { id: reading.id } : {}) }];
}

const WRITERS = { question: 'visitor', human: 'human', machine: 'machine', own: 'assistant' } as const;

function lineOf(message: CrispMessage): Line[] {
  const speaker = speakerOf(message);
  if (!(speaker in WRITERS)) return [];
  const from = WRITERS[speaker as keyof typeof WRITERS];
  // A human holds a session with whatever he sends; of the others only words are history.
  if (message.type !== 'text' && from !== 'human') return [];
  const text = typeof message.content === 'string' ? message.content : '';
  const line = { fingerprint: message.fingerprint, from, text, at: message.timestamp, editedAt: 0, removed: false };
  return [from === 'visitor' ? { ...line, answer: 'earlier' } : line];
}
