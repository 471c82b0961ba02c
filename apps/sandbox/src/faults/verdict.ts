import { mayBeOvertaken, type Told } from './told.js';

export interface BotLine {
  readonly line: string;
  /** Why Baton did not deliver it, as it told the bot. */
  refused?: string;
}

/** One conversation as a ledger has it. Lists are in the order in which it was said, given or seen. */
export interface Conversation {
  readonly said: string[];
  readonly byAgent: string[];
  /** What the bot answered, and between it where it called a human. */
  readonly byBot: (BotLine | 'call')[];
  /** Turns that the bot was given. */
  readonly turns: Set<number>;
  /** What the bot heard; `isAgain` in a turn that it had been given before. */
  readonly heard: { word: string; isAgain: boolean }[];
  readonly seen: { seq: number; word: string }[];
  readonly atDesk: { word: string; fingerprint: number }[];
  readonly told: Map<string, Told>;
}

export interface Verdict {
  conversations: number;
  /** How many words were said by agents, visitors and the bot in all. */
  words: number;
  readonly lost: string[];
  readonly twice: string[];
  readonly outOfOrder: string[];
  /** Places missing in a visitor's log. */
  readonly gaps: string[];
  /**
   * Words that stand twice in Crisp under one fingerprint, or twice in Messenger under one mark: the first call's outcome was unknown, and
   * neither a look nor an echo told. No check can close this; it is counted apart.
   */
  inDoubt: number;
  /** Words that stand behind later ones because Crisp or Messenger told of them behind these. */
  toldLate: number;
  /** Words that the bot was given in a turn that came again, as the contract allows. */
  heardAgain: number;
  /** Lines of the bot that came when the floor was not its any more: it was told so, or they were withdrawn as the floor moved. */
  withdrawn: number;
}

/** Why Baton may keep a bot's line from its visitor: the floor has moved. */
const FLOOR_MOVED: readonly string[] = ['not-your-floor', 'stale-epoch', 'muted'];

export const noVerdict = (): Verdict => ({
  ...{ conversations: 0, words: 0, inDoubt: 0, toldLate: 0, heardAgain: 0, withdrawn: 0 },
  ...{ lost: [], twice: [], outOfOrder: [], gaps: [] },
});

/** Adds to `verdict` what came of one conversation. */
export function judge(id: string, conversation: Conversation, verdict: Verdict): void {
  const { said, byAgent, byBot, heard, seen, atDesk, told } = conversation;
  const lines = byBot.flatMap((one) => (one === 'call' ? [] : [one.line]));
  verdict.words += said.length + byAgent.length + lines.length;
  const tell = (list: string[], what: string) => list.push(`${id}: ${what}`);
  const inOrder = (words: readonly string[], got: readonly string[], where: (word: string) => string) => {
    const { late, excused } = outOfOrder(words, got, told);
    verdict.toldLate += excused;
    for (const word of late) tell(verdict.outOfOrder, where(word));
  };

  const screen = dedupe(seen.flatMap(({ word }) => (word === '' ? [] : [word])));
  for (const word of screen.again) tell(verdict.twice, `"${word}" twice on the screen`);
  for (const word of missing(byAgent, screen.once)) tell(verdict.lost, `agent's "${word}" never reached the visitor`);
  inOrder(byAgent, screen.once, (word) => `agent's "${word}" on the screen`);
  judgeBot(byBot, new Set(screen.once), verdict, (line, why) => tell(verdict.lost, `bot's "${line}" never reached the visitor${why}`));
  inOrder(lines, screen.once, (word) => `bot's "${word}" on the screen`);

  const desk = onceInCrisp(atDesk, verdict, (word) => tell(verdict.twice, `visitor's "${word}" twice in Crisp`));
  const byEar = dedupe(heard.flatMap(({ word, isAgain }) => (isAgain ? [] : [word])));
  verdict.heardAgain += heard.filter(({ isAgain }) => isAgain).length;
  for (const word of missing(said, [...desk, ...byEar.once])) tell(verdict.lost, `visitor's "${word}" reached neither Crisp nor the bot`);
  inOrder(said, desk, (word) => `visitor's "${word}" in Crisp`);
  inOrder(said, byEar.once, (word) => `visitor's "${word}" at the bot`);

  const places = [...new Set(seen.map(({ seq }) => seq))].sort((a, b) => a - b);
  for (let i = 1; i < places.length; i += 1) {
    if (places[i]! !== places[i - 1]! + 1) tell(verdict.gaps, `${places[i - 1]} to ${places[i]}`);
  }
}

/**
 * A line of the bot is on the screen, or the floor had moved before: Baton said so, or nothing that the bot said behind it, until it called a
 * human, is there either.
 */
function judgeBot(
  byBot: Conversation['byBot'],
  screen: ReadonlySet<string>,
  verdict: Verdict,
  lost: (line: string, why: string) => void,
): void {
  let mayBeWithdrawn = false;
  for (const one of [...byBot].reverse()) {
    if (one === 'call') mayBeWithdrawn = true;
    else if (screen.has(one.line)) mayBeWithdrawn = false;
    else if (one.refused === undefined ? mayBeWithdrawn : FLOOR_MOVED.includes(one.refused)) verdict.withdrawn += 1;
    else lost(one.line, one.refused === undefined ? '' : ` (${one.refused})`);
  }
}

function onceInCrisp(atDesk: Conversation['atDesk'], verdict: Verdict, twice: (word: string) => void): string[] {
  const fingerprints = new Map<string, Set<number>>();
  for (const { word, fingerprint } of atDesk) {
    const known = fingerprints.get(word);
    if (!known) fingerprints.set(word, new Set([fingerprint]));
    else if (known.has(fingerprint)) verdict.inDoubt += 1;
    else twice(word);
  }
  return [...fingerprints.keys()];
}

function missing(said: readonly string[], got: readonly string[]): string[] {
  const there = new Set(got);
  return said.filter((word) => !there.has(word));
}

/**
 * What stands behind something that was said later; what is not there at all is not counted here. It is excused when of all that overtook it the
 * platform may have told first.
 */
function outOfOrder(said: readonly string[], got: readonly string[], told: ReadonlyMap<string, Told>): { late: string[]; excused: number } {
  const place = new Map(got.map((word, index) => [word, index]));
  const there = said.filter((word) => place.has(word));
  const late: string[] = [];
  let excused = 0;
  let first = Infinity;
  for (let index = there.length - 1; index >= 0; index -= 1) {
    const word = there[index]!;
    const at = place.get(word)!;
    if (at > first) {
      const overtakers = there.slice(index + 1).filter((later) => place.get(later)! < at);
      if (overtakers.every((later) => mayBeOvertaken(told.get(word), told.get(later)))) excused += 1;
      else late.push(word);
    }
    first = Math.min(first, at);
  }
  return { late: late.reverse(), excused };
}

function dedupe(words: readonly string[]): { once: string[]; again: string[] } {
  const known = new Set<string>();
  const again: string[] = [];
  for (const word of words) {
    if (known.has(word)) again.push(word);
    known.add(word);
  }
  return { once: [...known], again };
}
