import type { Author, MessageBody, QuickReply } from '@baton/contracts';
import { bodyOf } from '../outbox/outbox.js';
import type { Unsent } from '../outbox/outbox.js';
import type { Upload } from '../uploads/uploads.js';
import { hasOlder } from './log.js';
import type { Entry, Log, MessageEntry } from './log.js';

export interface MessageRow {
  readonly is: 'message';
  /** Stays the same from the first keystroke of "send" to the confirmed message. */
  readonly key: string;
  readonly mine: boolean;
  readonly author: Author;
  readonly body: MessageBody;
  /** ISO; absent for what was never sent by anybody. */
  readonly at?: string | undefined;
  /** Begins, ends a run of messages by one author. */
  readonly first: boolean;
  readonly last: boolean;
  readonly change?: 'edited' | 'removed' | undefined;
  readonly mailed?: true | undefined;
  readonly state?: 'uploading' | 'sending' | 'sent' | 'read' | 'failed' | undefined;
  /** Why it failed: a refusal's code. */
  readonly reason?: string | undefined;
  readonly clientId?: string | undefined;
}

/** One line of what the visitor sees, from top to bottom. */
export type Row =
  | MessageRow
  | { readonly is: 'day'; readonly key: string; readonly at: string }
  | { readonly is: 'system'; readonly key: string; readonly text: string }
  | {
      readonly is: 'replies';
      readonly key: string;
      readonly id: string;
      readonly replies: readonly QuickReply[];
      readonly chosen?: string | undefined;
    };

export interface Shown {
  readonly log: Log;
  readonly unsent: readonly Unsent[];
  /** Files that are not at the server yet. */
  readonly uploads?: readonly Upload[] | undefined;
  /** What stands at the very beginning, before anything was said. */
  readonly greeting?: { readonly text: string; readonly author: Author } | undefined;
  /** Quick replies tapped in this page: message id → payload. */
  readonly tapped: Readonly<Record<string, string>>;
  /** The day a time belongs to, where the visitor is. */
  readonly dayOf: (at: string) => string;
}

/** A pause longer than this begins a new run of messages. */
const RUN_PAUSE_MS = 5 * 60_000;

export function rowsOf(shown: Shown): readonly Row[] {
  const rows: Row[] = [];
  const { log, greeting } = shown;
  if (greeting && !hasOlder(log)) {
    rows.push({
      is: 'message',
      key: 'greeting',
      mine: false,
      author: greeting.author,
      body: { type: 'text', text: greeting.text },
      first: true,
      last: true,
    });
  }
  let day = '';
  log.entries.forEach((entry) => {
    const row = rowOf(entry, log.readSeq);
    if (!row) return;
    const today = shown.dayOf(entry.at);
    if (today !== day) rows.push({ is: 'day', key: `day:${today}`, at: entry.at });
    day = today;
    rows.push(row);
  });
  const replies = repliesOf(shown);
  rows.push(...shown.unsent.filter(({ clientId }) => !isLogged(log, clientId)).map(unsentRow), ...(shown.uploads ?? []).map(uploadRow));
  return withReplies(withRuns(rows), replies);
}

/** A change of who speaks has no line of its own: the server says it in its words. */
function rowOf(entry: Entry, readSeq: number): Row | undefined {
  if (entry.kind === 'mode') return undefined;
  const { id, clientId, author, body, at, change, mailed } = entry;
  if (author.kind === 'system') {
    const text = body.type === 'text' ? body.text : body.name;
    return change === 'removed' ? undefined : { is: 'system', key: id, text };
  }
  const mine = author.kind === 'visitor';
  return {
    is: 'message',
    key: clientId ?? id,
    mine,
    author,
    body,
    at,
    first: true,
    last: true,
    change,
    mailed,
    clientId,
    state: mine ? (entry.seq > readSeq ? 'sent' : 'read') : undefined,
  };
}

function unsentRow(unsent: Unsent): Row {
  return {
    is: 'message',
    key: unsent.clientId,
    clientId: unsent.clientId,
    mine: true,
    author: { kind: 'visitor' },
    body: bodyOf(unsent),
    at: new Date(unsent.at).toISOString(),
    first: true,
    last: true,
    state: unsent.failed ? 'failed' : 'sending',
    reason: unsent.failed,
  };
}

function uploadRow({ clientId, name, contentType, at, failed }: Upload): Row {
  return {
    is: 'message',
    key: clientId,
    clientId,
    mine: true,
    author: { kind: 'visitor' },
    body: { type: 'file', name, url: '', contentType },
    at: new Date(at).toISOString(),
    first: true,
    last: true,
    state: failed ? 'failed' : 'uploading',
    reason: failed,
  };
}

function isLogged(log: Log, clientId: string): boolean {
  return log.entries.some((entry) => entry.kind === 'message' && entry.clientId === clientId);
}

function withRuns(rows: readonly Row[]): readonly Row[] {
  const lastRow = rows.at(-1);
  return rows.map((row, index) => {
    if (row.is !== 'message') return row;
    const first = !continues(rows[index - 1], row);
    const last = !continues(row, rows[index + 1]);
    // That a message was sent, or read, is said once, under the newest; the others' place in the log says it.
    const state = (row.state === 'sent' || row.state === 'read') && row !== lastRow ? undefined : row.state;
    return { ...row, first, last, state };
  });
}

function continues(a: Row | undefined, b: Row | undefined): boolean {
  if (a?.is !== 'message' || b?.is !== 'message') return false;
  if (a.author.kind !== b.author.kind || a.author.name !== b.author.name || a.mailed !== b.mailed) return false;
  if (!a.at || !b.at) return true;
  return Date.parse(b.at) - Date.parse(a.at) < RUN_PAUSE_MS;
}

/** Below the last thing said to the visitor; once he wrote something himself, only the choice he tapped stays in sight. */
function repliesOf({ log, unsent, tapped }: Shown): Extract<Row, { is: 'replies' }> | undefined {
  const messages = log.entries.filter((entry): entry is MessageEntry => entry.kind === 'message' && entry.change !== 'removed');
  const lastSaid = messages.findLast((message) => message.author.kind !== 'visitor');
  if (lastSaid?.body.type !== 'text' || !lastSaid.body.quickReplies?.length) return undefined;
  const { id } = lastSaid;
  const answered = messages.at(-1) !== lastSaid || unsent.length > 0;
  const chosen = tapped[id];
  return answered && chosen === undefined
    ? undefined
    : { is: 'replies', key: `replies:${id}`, id, replies: lastSaid.body.quickReplies, chosen };
}

function withReplies(rows: readonly Row[], replies: Extract<Row, { is: 'replies' }> | undefined): readonly Row[] {
  if (!replies) return rows;
  const at = rows.findIndex((row) => row.key === replies.id) + 1;
  return at === 0 ? rows : [...rows.slice(0, at), replies, ...rows.slice(at)];
}
