import { factOfMessage } from '@baton/crisp';
import type { CrispConversation, CrispMessage } from '@baton/crisp';
import type { MessageBody } from '@baton/contracts';
import { lineIdOf } from '../../judge/desk-events.js';
import type { DeskEvent } from '../../judge/desk-events.js';
import { readHook } from '../read-hook.js';

/** A line of an agent that came from this session, as we have it. */
export interface HeldLine {
  readonly messageId: string;
  readonly fingerprint: string;
  readonly body: MessageBody | null;
  /** When it was written, by Crisp's clock (ms). */
  readonly at: number;
  /** Somebody changed it a moment ago: a reading may be older than that change. */
  readonly isFresh: boolean;
}

export interface SessionReading {
  readonly websiteId: string;
  readonly conversation: CrispConversation & { readonly session_id: string };
  /** Everything written since {@link since}, in order. */
  readonly messages: readonly CrispMessage[];
  /** ms by Crisp's clock. */
  readonly since: number;
  /** Nothing since then is left out of {@link messages}. */
  readonly isComplete: boolean;
  readonly held: readonly HeldLine[];
  /** Whether the state that was read can be believed: we did not set it ourselves a moment ago. */
  readonly isStateSettled: boolean;
}

/** A message this close to a border of a reading may be on either side of it (ms). */
const BORDER = 10_000;

/**
 * What web hooks should have told of a session, in the order it happened: messages, edits, removals, who took it, and
 * that it was resolved. What we know already has the same names as here and is told apart by them.
 */
export function missedEvents(reading: SessionReading): DeskEvent[] {
  const { websiteId, conversation, messages } = reading;
  const of = { websiteId, sessionId: conversation.session_id };
  const held = new Map(reading.held.map((line) => [line.messageId, line]));
  const events: DeskEvent[] = [];
  for (const message of messages) {
    const found = readHook(factOfMessage(of, message));
    if (!('event' in found)) continue;
    const { event } = found;
    events.push(event);
    if (event.kind !== 'agent-message' && event.kind !== 'visitor-message') continue;
    const line = held.get(lineIdOf(event));
    if (!line?.body || line.isFresh || sameBody(line.body, event.body)) continue;
    events.push({ ...of, kind: 'edited', fingerprint: event.fingerprint, at: conversation.updated_at, body: event.body });
  }
  events.push(...removals(reading));
  if (conversation.assigned?.user_id) events.push({ ...of, kind: 'taken', at: conversation.updated_at });
  if (conversation.state === 'resolved' && reading.isStateSettled)
    events.push({ ...of, kind: 'state', state: 'resolved', at: conversation.updated_at });
  return events;
}

/** A line well inside of what was read, and not in it, was taken back. */
function removals({ websiteId, conversation, messages, since, isComplete, held }: SessionReading): DeskEvent[] {
  if (!isComplete) return [];
  const there = new Set(messages.map((message) => String(message.fingerprint)));
  return held
    .filter(
      (line) =>
        line.body !== null &&
        !line.isFresh &&
        line.at > since + BORDER &&
        line.at < conversation.updated_at - BORDER &&
        !there.has(line.fingerprint),
    )
    .map((line) => ({
      websiteId,
      sessionId: conversation.session_id,
      kind: 'removed',
      fingerprint: line.fingerprint,
      at: conversation.updated_at,
    }));
}

function sameBody(a: MessageBody, b: MessageBody): boolean {
  if (a.type === 'file' || b.type === 'file') return a.type === b.type && 'url' in a && 'url' in b && a.url === b.url;
  return a.text === b.text;
}
