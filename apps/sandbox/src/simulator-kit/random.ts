/** Chance that can be had again: the same seed and the same questions give the same answers. */
export interface Random {
  /** From 0 to just below 1. */
  next(): number;
  /** A whole number from 0 to just below `bound`. */
  below(bound: number): number;
  /** True in the given share of cases, 0 to 1. */
  chance(share: number): boolean;
  between(least: number, most: number): number;
  /** A UUID of version 4. */
  uuid(): string;
}

/** The mulberry32 generator: four operations a number, good enough to choose victims. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const word = (): string =>
    Math.floor(next() * 4_294_967_296)
      .toString(16)
      .padStart(8, '0');
  return {
    next,
    below: (bound) => Math.floor(next() * bound),
    chance: (share) => share > 0 && (share >= 1 || next() < share),
    between: (least, most) => least + next() * Math.max(0, most - least),
    uuid: () => {
      const hex = word() + word() + word() + word();
      const variant = '89ab'[Number.parseInt(hex[16]!, 16) & 3];
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    },
  };
}
