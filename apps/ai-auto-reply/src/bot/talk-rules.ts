import type { AssistantSettings, EventData, botTurns } from '@baton/contracts';
import { spoken } from '../asking/spoken.js';
import { isSamePeriod } from '../quota/period.js';
import { humanStretchOf } from './human-stretch.js';
import { bounded } from './talk.js';
import type { Claim, SpokenLine, Talk } from './talk.js';

type Heard<T extends 'bot.turn' | 'bot.muted' | 'bot.unmuted'> = EventData<typeof botTurns, T>;

/** A turn that lay about for so long is not answered any more (ms): who asked has left, or asked elsewhere. */
const TOO_LATE = 30 * 60_000;

/** The visitor said something, and the floor is ours: one answer is due when he has finished. `now` is our clock (ms). */
export function afterTurn(talk: Talk, turn: Heard<'bot.turn'>, burst: AssistantSettings['burst'], now: number): Talk {
  if (turn.turn <= talk.turn || turn.epoch < talk.epoch) return talk;
  const said = turn.messages.map((message): SpokenLine => {
    return { from: 'visitor', text: spoken(message.text), at: Date.parse(message.at), turn: turn.turn };
  });
  // What was held for us while others spoke was told with their talk already.
  const lines = [...talk.lines.filter((line) => !said.some((one) => isSame(one, line))), ...said];
  const locale = turn.locale ?? talk.locale;
  const known = { ...talk, epoch: turn.epoch, turn: turn.turn, isSilent: false, lines, locale };
  if (now - Date.parse(turn.at) > TOO_LATE) return bounded(overtaken(known));
  const since = talk.waitsSince ?? now;
  const latest = since + burst.longestMs;
  const isTap = turn.messages.some(({ payload }) => payload !== undefined);
  return bounded({
    ...known,
    // Who never stops writing is answered in between: then the answer in the making goes out, and what he said since is answered next.
    generation: turn.epoch === talk.epoch && now >= latest ? talk.generation : talk.generation + 1,
    waitsSince: since,
    dueAt: isTap ? now : Math.max(now, Math.min(now + burst.quietMs, latest)),
  });
}

/** The floor is somebody else's: what was being answered is his now. */
export function afterMute(talk: Talk, { epoch }: Heard<'bot.muted'>): Talk {
  if (epoch < talk.epoch) return talk;
  return bounded({ ...overtaken(talk), epoch, isSilent: true });
}

/** The floor is ours again, with what was said meanwhile. */
export function afterUnmute(talk: Talk, unmuted: Heard<'bot.unmuted'>, now: number): Talk {
  const { epoch, reason, human_stretch: stretch, capsule } = unmuted;
  if (epoch < talk.epoch) return talk;
  const lines = stretch.map(({ from, text, at }): SpokenLine => ({ from, text: spoken(text), at: Date.parse(at) }));
  const spoke = lines.some(({ from }) => from === 'agent');
  const inVain = reason === 'declined' || reason === 'timed-out';
  return bounded({
    ...overtaken(talk),
    epoch,
    isSilent: false,
    lines: [...talk.lines, ...lines],
    hasTold: talk.hasTold && !spoke,
    misses: spoke ? 0 : talk.misses,
    human: capsule ? humanStretchOf(capsule) : talk.human,
    humanAskedAt: inVain ? now : spoke ? null : talk.humanAskedAt,
  });
}

/** An answer of ours was not shown: nobody heard it, and what it told was not told. */
export function afterRejection(talk: Talk, answerId: string): Talk {
  const rejected = talk.lines.find((line) => line.answerId === answerId);
  if (!rejected) return talk;
  return { ...talk, lines: talk.lines.filter((line) => line !== rejected), hasTold: talk.hasTold && rejected.tells !== true };
}

/** What was said for the turns of a claim, and what it means for the next ones. */
export interface Said {
  readonly answerId: string;
  /** Empty: nothing was said. */
  readonly text: string;
  readonly as: 'answer' | 'unknown' | 'human' | 'courtesy' | 'trouble' | 'quota-end' | 'nothing';
  readonly tells: boolean;
  readonly asksHuman: boolean;
  readonly language?: string;
}

/** Our answer was handed over: it stands behind what it answers, and what was said since is next. */
export function afterSaid(talk: Talk, { turn }: Claim, said: Said, now: number): Talk {
  const line: SpokenLine = {
    from: 'assistant',
    text: spoken(said.text),
    at: now,
    answerId: said.answerId,
    ...(said.tells ? { tells: true as const } : {}),
  };
  const isLater = (one: SpokenLine) => (one.turn ?? 0) > turn;
  const waits = talk.turn > turn;
  return bounded({
    ...talk,
    answered: turn,
    lines: [...talk.lines.filter((one) => !isLater(one)), ...(said.text === '' ? [] : [line]), ...talk.lines.filter(isLater)],
    dueAt: waits ? now : null,
    waitsSince: waits ? now : null,
    misses: said.asksHuman || said.as === 'answer' ? 0 : said.as === 'unknown' ? talk.misses + 1 : talk.misses,
    hasTold: talk.hasTold || said.tells,
    language: said.language ?? talk.language,
    humanAskedAt: said.asksHuman ? now : talk.humanAskedAt,
    quotaToldAt: said.as === 'quota-end' ? now : said.as === 'answer' ? null : talk.quotaToldAt,
  });
}

/** Whom nobody could help a moment ago is not asked for again because of the same misses (ms); the visitor himself may ask. */
const AGAIN_AFTER = 10 * 60_000;

export function mayAskForHuman({ humanAskedAt }: Talk, now: number): boolean {
  return humanAskedAt === null || now - humanAskedAt >= AGAIN_AFTER;
}

/** The end of the plan was told in the month that `now` (ms) counts in. */
export function hasToldQuotaEnd({ quotaToldAt }: Talk, now: number): boolean {
  return quotaToldAt !== null && isSamePeriod(quotaToldAt, now);
}

function overtaken(talk: Talk): Talk {
  return { ...talk, generation: talk.generation + 1, answered: talk.turn, dueAt: null, waitsSince: null };
}

function isSame(one: SpokenLine, other: SpokenLine): boolean {
  return other.from === 'visitor' && other.turn === undefined && one.at === other.at && one.text === other.text;
}
