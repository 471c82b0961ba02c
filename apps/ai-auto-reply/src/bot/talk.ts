import type { TalkLine } from '@baton/answering';
import type { Channel } from '@baton/contracts';
import type { HumanStretch } from './human-stretch.js';

/** A line of a talk, as far as it is remembered. */
export interface SpokenLine extends Omit<TalkLine, 'at'> {
  /** ms */
  readonly at: number;
  /** The turn that brought it; absent where it came otherwise. */
  readonly turn?: number;
  /** Ours: the answer that it was. */
  readonly answerId?: string;
  /** Ours: with it the visitor was told that a machine speaks. */
  readonly tells?: true;
}

/** A conversation in front of which the assistant stands, as the orchestrator tells of it. Times by our clock unless said otherwise, ms. */
export interface Talk {
  readonly conversationId: string;
  readonly botId: string;
  readonly channel: Channel;
  /** The orchestrator's, as it was told last. */
  readonly epoch: number;
  /** Rises with everything that overtakes an answer in the making. */
  readonly generation: number;
  /** The newest turn, 0 before the first. */
  readonly turn: number;
  /** Turns up to this one need no answer any more. */
  readonly answered: number;
  /** The floor is somebody else's. */
  readonly isSilent: boolean;
  /** When an answer is to be begun; null where nothing waits. */
  readonly dueAt: number | null;
  /** Since when the oldest unanswered turn waits. */
  readonly waitsSince: number | null;
  readonly lines: readonly SpokenLine[];
  /** Questions in a row that stayed without an answer. */
  readonly misses: number;
  /** The visitor was told that a machine speaks, and no human spoke since. */
  readonly hasTold: boolean;
  /** What the channel says of his language (BCP 47), and the language he was answered in last (ISO 639-1). */
  readonly locale: string | null;
  readonly language: string | null;
  /** When a human had the floor last, and what he said that binds us. */
  readonly human: HumanStretch | null;
  /** When a human was asked for in vain, or is being asked for. */
  readonly humanAskedAt: number | null;
  /** When the end of the plan was told, if nothing was answered since. */
  readonly quotaToldAt: number | null;
  /** W3C trace context of the newest of what it was told. */
  readonly traceparent?: string | undefined;
}

export function freshTalk(of: Pick<Talk, 'conversationId' | 'botId' | 'channel'>): Talk {
  return {
    ...of,
    epoch: 0,
    generation: 0,
    turn: 0,
    answered: 0,
    isSilent: false,
    dueAt: null,
    waitsSince: null,
    lines: [],
    misses: 0,
    hasTold: false,
    locale: null,
    language: null,
    human: null,
    humanAskedAt: null,
    quotaToldAt: null,
  };
}

/** Lines remembered beside those that wait for an answer. */
const REMEMBERED = 60;
/** Lines that wait; who says more before he is answered is answered to the newest. */
const MOST_WAITING = 200;

/** What waits is not crowded out by what was said before; of both the newest stay. */
export function bounded(talk: Talk): Talk {
  const waits = ({ turn = 0 }: SpokenLine) => turn > talk.answered;
  const kept = new Set([...talk.lines.filter((line) => !waits(line)).slice(-REMEMBERED), ...talk.lines.filter(waits).slice(-MOST_WAITING)]);
  return kept.size === talk.lines.length ? talk : { ...talk, lines: talk.lines.filter((line) => kept.has(line)) };
}

/** An answer in the making: to all turns up to `turn`. */
export interface Claim {
  readonly conversationId: string;
  readonly epoch: number;
  readonly generation: number;
  readonly turn: number;
}

export function claimOf({ conversationId, epoch, generation, turn }: Talk): Claim {
  return { conversationId, epoch, generation, turn };
}

/** The fence: whether the answer may still be handed over. Asked under the lock of the talk's row. */
export function isCurrent(talk: Talk, claim: Claim): boolean {
  return !talk.isSilent && talk.generation === claim.generation && talk.epoch === claim.epoch && talk.answered < claim.turn;
}

/** Lines that an answer is made from. */
const LINES = 40;

/** The talk that an answer is sought for: the newest of what was said up to its turn, oldest first. */
export function askedIn(talk: Talk, { turn }: Claim): TalkLine[] {
  const said = talk.lines.filter((line) => (line.turn ?? 0) <= turn && line.text.trim() !== '');
  return said.slice(-LINES).map(({ from, text, at }) => ({ from, text, at: new Date(at) }));
}
