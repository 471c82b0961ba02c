/** What calls to Crisp are made for, the most important first. */
export type Purpose =
  /** What people said to each other, and what leads to it. */
  | 'words'
  /** Who the visitor is, and the state of his conversation. */
  | 'desk'
  /** What agents had better know. */
  | 'notes'
  /** That the visitor got and saw what an agent wrote. */
  | 'marks'
  /** That the visitor writes. */
  | 'typing';

export type WhyNot = 'quota' | 'crisp-refuses';

/** How it stands with the calls of one token. */
export interface Account {
  /** Calls made today. */
  readonly used: number;
  /** Calls that it may make in a day; undefined when nobody said. */
  readonly perDay: number | undefined;
  /** Crisp said that it was too much: signs are left out until then (ms). */
  readonly quietUntil: number;
}

/** Beyond this part of the day's calls nothing more is spent for it. */
const SHARE: Readonly<Record<Purpose, number>> = { words: Infinity, desk: Infinity, notes: 0.95, marks: 0.8, typing: 0.8 };

const PURPOSES = Object.keys(SHARE) as Purpose[];

/** Why nothing is to be spent for this now; undefined when it may be. Words are never left out: Crisp itself says when it takes no more. */
export function whyNotSpend(purpose: Purpose, { used, perDay, quietUntil }: Account, now: number): WhyNot | undefined {
  const isSign = purpose === 'marks' || purpose === 'typing';
  if (isSign && now < quietUntil) return 'crisp-refuses';
  return perDay !== undefined && used >= perDay * SHARE[purpose] ? 'quota' : undefined;
}

/** What calls are made for, the most important first, and whether they are left out at this moment. */
export function lanesOf(
  account: Account,
  now: number,
): { readonly lane: Purpose; readonly isLeftOut: boolean; readonly upTo: number | null }[] {
  return PURPOSES.map((lane) => ({
    lane,
    isLeftOut: whyNotSpend(lane, account, now) !== undefined,
    upTo: Number.isFinite(SHARE[lane]) ? SHARE[lane] : null,
  }));
}

/** Where the day will end if it goes on like this, as a part of what may be spent: 1 is all of it. Told from the day's first hour on. */
export function forecastOf(used: number, perDay: number, now: number): number {
  const HOUR = 3_600_000;
  const passed = now % (24 * HOUR);
  return (used / perDay) * ((24 * HOUR) / Math.max(HOUR, passed));
}
