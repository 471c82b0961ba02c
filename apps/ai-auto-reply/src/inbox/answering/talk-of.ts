import type { TalkLine } from '@baton/answering';
import { pendingOf } from '../session.js';
import type { Line, Session } from '../session.js';

/** Lines of one episode that an answer is made from. */
const LINES = 40;

const SPEAKERS = { visitor: 'visitor', human: 'agent', machine: 'assistant', assistant: 'assistant' } as const;

/** What was said since the conversation was last resolved, oldest first; what waits for an answer stands last, whenever it was written. */
export function talkOf(session: Session): TalkLine[] {
  const waits = new Set(pendingOf(session));
  const before = session.lines.filter((line) => !waits.has(line) && line.at > session.resolvedAt);
  const earlier = before.flatMap(talkLine);
  const asked = [...waits].flatMap(talkLine);
  return [...earlier.slice(-Math.max(0, LINES - asked.length)), ...asked];
}

function talkLine({ from, text, at, removed }: Line): TalkLine[] {
  return from === null || removed || text.trim() === '' ? [] : [{ from: SPEAKERS[from], text, at: new Date(at) }];
}
