import type { Author, Floor, LogFrame, MessageBody, ServerFrame } from '@baton/contracts';

export interface Agent {
  readonly name: string;
  readonly avatar?: string | undefined;
}

export interface MessageEntry {
  readonly kind: 'message';
  readonly seq: number;
  readonly id: string;
  readonly at: string;
  readonly author: Author;
  readonly body: MessageBody;
  readonly clientId?: string | undefined;
  /** He has it by e-mail, too. */
  readonly mailed?: true | undefined;
  readonly change?: 'edited' | 'removed' | undefined;
}

export interface ModeEntry {
  readonly kind: 'mode';
  readonly seq: number;
  readonly at: string;
  readonly floor: Floor;
  readonly agent?: Agent | undefined;
}

export type Entry = MessageEntry | ModeEntry;
type Welcome = Extract<ServerFrame, { t: 'welcome' }>;
type Ack = Extract<ServerFrame, { t: 'ack' }>;
/** `body` is absent when the message was taken back. */
interface Change {
  readonly seq: number;
  readonly body?: MessageBody | undefined;
}

/** The part of the server's log that this page holds, and what it says about now. */
export interface Log {
  readonly conversationId: string | undefined;
  /** By `seq`, ascending. */
  readonly entries: readonly Entry[];
  /** Everything from `oldestSeq` up to this one is held. */
  readonly lastSeq: number;
  readonly oldestSeq: number;
  /** Held beyond a hole: an ack can overtake what was written before it. */
  readonly ahead: readonly number[];
  /** What has a higher `seq` happens now; what has a lower one is replay. */
  readonly liveAfter: number;
  readonly floor: Floor;
  readonly agent: Agent | undefined;
  /** The team has read what the visitor wrote up to here. */
  readonly readSeq: number;
  /** Edits and removals of messages that are not held, to be applied when these are loaded as history. */
  readonly changes: Readonly<Record<string, Change>>;
}

export const EMPTY_LOG: Log = {
  conversationId: undefined,
  entries: [],
  lastSeq: 0,
  oldestSeq: 1,
  ahead: [],
  liveAfter: 0,
  floor: 'bot',
  agent: undefined,
  readSeq: 0,
  changes: {},
};

/** The server said where it stands. Whatever does not join up with what is held is dropped: the server sends what is newest, the rest is history. */
export function welcomed(log: Log, frame: Welcome): Log {
  const now = { conversationId: frame.conversationId, liveAfter: frame.seq, floor: frame.floor, agent: frame.agent };
  const joinsUp = log.conversationId === frame.conversationId && frame.replayFrom === log.lastSeq + 1;
  if (joinsUp) return { ...log, ...now };
  return { ...EMPTY_LOG, ...now, lastSeq: frame.replayFrom - 1, oldestSeq: frame.replayFrom };
}

/** One line of the log arrived; one that is held already changes nothing. */
export function arrived(log: Log, frame: LogFrame): Log {
  if (isHeld(log, frame.seq)) return log;
  const next = withContent(advanced(log, frame.seq), frame);
  if (frame.t !== 'mode' || frame.seq <= log.liveAfter) return next;
  return { ...next, floor: frame.floor, agent: frame.agent };
}

/** The server has an own message of ours: it takes its place in the log. */
export function acknowledged(log: Log, frame: Ack, body: MessageBody): Log {
  if (isHeld(log, frame.seq)) return log;
  return withContent(advanced(log, frame.seq), {
    t: 'message',
    seq: frame.seq,
    id: frame.id,
    at: frame.at,
    author: { kind: 'visitor' },
    body,
    clientId: frame.clientId,
  });
}

/** The team has read up to this message of the visitor; one that is not held says nothing. */
export function readUpTo(log: Log, id: string): Log {
  const seq = log.entries.find((entry) => entry.kind === 'message' && entry.id === id)?.seq ?? 0;
  return seq > log.readSeq ? { ...log, readSeq: seq } : log;
}

/** Older lines were loaded; none means that there is nothing older. */
export function recalled(log: Log, frames: readonly LogFrame[]): Log {
  const older = frames.filter((frame) => frame.seq < log.oldestSeq).sort((a, b) => b.seq - a.seq);
  const oldest = older.at(-1);
  if (!oldest) return { ...log, oldestSeq: 1 };
  return older.reduce<Log>(withContent, { ...log, oldestSeq: oldest.seq });
}

export function hasOlder(log: Log): boolean {
  return log.oldestSeq > 1;
}

/** Something in the middle has not come yet. */
export function hasHole(log: Log): boolean {
  return log.ahead.length > 0;
}

/** What the agent or the bot said after `seenSeq` and is still there; what he has by e-mail is not new to him. */
export function unseen(log: Log, seenSeq: number): readonly MessageEntry[] {
  return log.entries.filter((entry): entry is MessageEntry => entry.seq > seenSeq && isSpokenToVisitor(entry) && !entry.mailed);
}

export function isSpokenToVisitor(entry: Entry): entry is MessageEntry {
  return entry.kind === 'message' && entry.change !== 'removed' && (entry.author.kind === 'bot' || entry.author.kind === 'agent');
}

/** Nobody says it: it stands between the messages. */
export function isNote(entry: Entry): entry is MessageEntry {
  return entry.kind === 'message' && entry.change !== 'removed' && entry.author.kind === 'system';
}

function isHeld(log: Log, seq: number): boolean {
  return (seq >= log.oldestSeq && seq <= log.lastSeq) || log.ahead.includes(seq) || seq < log.oldestSeq;
}

function advanced(log: Log, seq: number): Log {
  const ahead = new Set([...log.ahead, seq]);
  let { lastSeq } = log;
  while (ahead.delete(lastSeq + 1)) lastSeq++;
  return { ...log, lastSeq, ahead: [...ahead] };
}

function withContent(log: Log, frame: LogFrame): Log {
  switch (frame.t) {
    case 'message': {
      const { seq, id, at, author, body, clientId, mailed } = frame;
      if (log.entries.some((entry) => entry.kind === 'message' && entry.id === id)) return log;
      const entry: MessageEntry = { kind: 'message', seq, id, at, author, body, clientId, mailed };
      const change = log.changes[id];
      return inserted(log, change ? changed(entry, change) : entry);
    }
    case 'mode':
      return inserted(log, { kind: 'mode', seq: frame.seq, at: frame.at, floor: frame.floor, agent: frame.agent });
    case 'edit':
      return withChange(log, frame.id, { seq: frame.seq, body: frame.body });
    case 'removal':
      return withChange(log, frame.id, { seq: frame.seq });
    case 'gap':
      return log;
  }
}

function withChange(log: Log, id: string, change: Change): Log {
  const known = log.entries.some((entry) => entry.kind === 'message' && entry.id === id);
  if (!known) {
    // History is read backwards, so the latest change need not be met last.
    const latest = (log.changes[id]?.seq ?? 0) > change.seq;
    return latest ? log : { ...log, changes: { ...log.changes, [id]: change } };
  }
  return { ...log, entries: log.entries.map((entry) => (entry.kind === 'message' && entry.id === id ? changed(entry, change) : entry)) };
}

function changed(entry: MessageEntry, change: Change): MessageEntry {
  if (entry.change === 'removed') return entry;
  return change.body ? { ...entry, body: change.body, change: 'edited' } : { ...entry, change: 'removed' };
}

function inserted(log: Log, entry: Entry): Log {
  let at = log.entries.length;
  while (at > 0 && (log.entries[at - 1] as Entry).seq > entry.seq) at--;
  return { ...log, entries: [...log.entries.slice(0, at), entry, ...log.entries.slice(at)] };
}
