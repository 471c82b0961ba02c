import type { Lane } from '@baton/control-api';
import { details, entry, moment } from '../entry.js';
import type { Draft } from '../entry.js';
import type { ToldLine, ToldPromise, ToldRating } from '../told.js';
import { FAILURES, inWords, PROMISES } from './codes.js';

const LANE: Readonly<Record<ToldLine['author']['kind'], Lane>> = { visitor: 'visitor', bot: 'bot', agent: 'agent', system: 'baton' };
const WROTE: Readonly<Record<ToldLine['author']['kind'], string>> = {
  visitor: 'The visitor wrote',
  bot: 'The bot wrote',
  agent: 'An agent wrote',
  system: 'The visitor was told',
};
const REACHED: Readonly<Record<string, string>> = {
  waiting: 'waits for the channel',
  sent: 'sent',
  delivered: 'delivered',
  seen: 'seen',
  failed: 'not delivered',
  superseded: 'withdrawn before he saw it',
};

/** A line of the transcript. */
export function ofLine(line: ToldLine): Draft {
  const { author, body, status, failure, reason, via } = line;
  const marks = [
    ...(via === 'email' ? ['by e-mail'] : []),
    ...(line.mailed ? ['by e-mail, too'] : []),
    ...(line.editedAt !== null && body !== null ? ['edited'] : []),
    ...(line.removedAt !== null ? ['taken back'] : []),
    ...(status === null ? [] : [REACHED[status] ?? status]),
  ];
  const isFailed = status === 'failed';
  return entry({
    id: `line:${line.id}`,
    at: line.at,
    order: line.position,
    lane: LANE[author.kind],
    group: 'messages',
    title: author.kind === 'agent' && author.name ? `${author.name} wrote` : WROTE[author.kind],
    who: author.name ?? null,
    text: body === null ? null : body.type === 'file' ? (body.name ?? 'a file') : (body.text ?? ''),
    why: isFailed ? `It did not arrive: ${inWords(FAILURES, failure ?? '')}.` : null,
    tone: isFailed ? 'bad' : status === 'superseded' ? 'quiet' : 'plain',
    pending: status === 'waiting',
    marks,
    handoverId: line.handoverId,
    details: details(
      ['Offered', body?.quickReplies?.map(({ title }) => title).join(' · ')],
      ['Edited', moment(line.editedAt)],
      ['Taken back', moment(line.removedAt)],
      ['Failure', isFailed ? failure : null, 'code'],
      ['The channel’s code', reason, 'code'],
      ['Message', line.id, 'code'],
    ),
  });
}

const ENDS: Readonly<Record<string, { title: string; why: string; tone: Draft['tone'] }>> = {
  kept: { title: 'Promise kept', why: 'What he was promised happened.', tone: 'good' },
  cancelled: { title: 'Promise no longer needed', why: 'The visitor went on another way before it was due.', tone: 'quiet' },
  apologised: { title: 'Promise not kept, and he was told so', why: 'It could not be kept; the visitor heard it in words.', tone: 'warn' },
};

/** What a visitor may rely on: when it was said, and how it ended. */
export function ofPromise(promise: ToldPromise, now: number): Draft[] {
  const words = inWords(PROMISES, promise.promise);
  const isBroken = promise.endedAt === null && promise.dueAt < now;
  const of = { lane: 'baton', group: 'promises', handoverId: promise.handoverId } as const;
  const made = entry({
    ...of,
    id: `promise:${promise.id}`,
    at: promise.at,
    title: `Promised: ${words}`,
    why: isBroken ? 'It is overdue.' : null,
    tone: isBroken ? 'bad' : 'plain',
    pending: promise.endedAt === null,
    cause: `line:${promise.messageId}`,
    details: details(['To be kept until', moment(promise.dueAt)], ['Kind', promise.promise, 'code'], ['Promise', promise.id, 'code']),
  });
  if (promise.endedAt === null) return [made];
  const { title, why, tone } = ENDS[promise.ended ?? ''] ?? { title: 'Promise ended', why: '', tone: 'plain' as const };
  const isLate = promise.endedAt > promise.dueAt;
  const ended = entry({
    ...of,
    id: `promise-end:${promise.id}`,
    at: promise.endedAt,
    title: `${title}: ${words}`,
    why: isLate ? 'Later than he was told.' : why || null,
    tone: isLate ? 'bad' : tone,
    cause: made.id,
    details: details(['Was to be kept until', moment(promise.dueAt)], ['End', promise.ended, 'code']),
  });
  return [made, ended];
}

export function ofRating(rating: ToldRating): Draft {
  return entry({
    id: `rating:${rating.id.replaceAll(' ', '-')}`,
    at: rating.at,
    lane: 'visitor',
    group: 'messages',
    title: `The visitor rated the ${rating.stretch === 'human' ? 'agent' : 'bot'}: ${rating.stars} of 5`,
    text: rating.comment,
    tone: rating.stars >= 4 ? 'good' : rating.stars <= 2 ? 'bad' : 'plain',
    handoverId: rating.handoverId,
    details: details(['Asked by', rating.via === 'crisp' ? 'Crisp' : 'his chat']),
  });
}
