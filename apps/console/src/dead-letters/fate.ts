import type { ReplayOutcome } from '@baton/control-api';

/** For so long somebody waits whether a letter that was sent again comes back (ms): services take what comes in well under a second. */
export const FOLLOWED_MS = 12_000;

/** What became of letters that were sent again. */
export interface Fate {
  readonly tone: 'waiting' | 'good' | 'bad';
  readonly text: string;
}

export interface Followed {
  /** Letters that Kafka took. */
  readonly sent: number;
  /** Of these, those that are back already. */
  readonly back: number;
  /** Since the last was sent, in ms. */
  readonly sinceMs: number;
}

/** What is told while somebody waits, and at the end. Bad news come at once, good news only when there was time for bad ones. */
export function fateOf({ sent, back, sinceMs }: Followed): Fate {
  const isOver = sinceMs >= FOLLOWED_MS;
  const one = sent === 1;
  if (back > 0 && (one || isOver)) {
    const who = one ? 'It came back' : `${back} of ${sent} came back`;
    return { tone: 'bad', text: `${who} as ${back === 1 ? 'a new dead letter' : 'new dead letters'}: what was wrong is still wrong.` };
  }
  if (!isOver) return { tone: 'waiting', text: `Sent again. Looking whether ${one ? 'it comes' : 'they come'} back …` };
  return {
    tone: 'good',
    text: `${one ? 'It has' : 'They have'} not come back within ${FOLLOWED_MS / 1_000} seconds: the service took ${one ? 'it' : 'them'}. If ${one ? 'it' : 'one'} fails later, it stands here again as a new one.`,
  };
}

const WORDS: Readonly<Record<ReplayOutcome['outcome'], string>> = {
  replayed: 'sent again',
  already: 'had been sent again before',
  gone: 'no longer there',
  incomplete: 'too large to be kept whole, and cannot be sent again',
  refused: 'refused by Kafka',
  unavailable: 'not sent, for Kafka does not answer',
};

/** “3 sent again, 1 had been sent again before”. */
export function summaryOf(outcomes: readonly ReplayOutcome[]): string {
  const counts = Map.groupBy(outcomes, ({ outcome }) => outcome);
  return [...counts].map(([outcome, those]) => `${those.length} ${WORDS[outcome]}`).join(', ');
}
