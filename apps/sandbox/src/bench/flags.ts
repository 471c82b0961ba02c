import { parseArgs } from 'node:util';

/** How the text after a flag becomes a value. */
export interface Flag<T> {
  /** As it stands in the usage: `1000`, `judge|full`. */
  readonly shown: string;
  /** Where the flag is missing. */
  readonly unset: T;
  /** @throws UsageError with what it may be, in words */
  read(text: string): T;
}

type Values<Flags extends Record<string, Flag<unknown>>> = { readonly [Name in keyof Flags]: Flags[Name]['unset'] };

/** Nobody can tell what is meant; the message says what it may be. */
export class UsageError extends Error {}

const refuse = (mayBe: string): never => {
  throw new UsageError(mayBe);
};

/** A number above 0. */
export const positive = (unset: number): Flag<number> => ({
  ...{ shown: String(unset), unset },
  read: (text) => (Number(text) > 0 && Number.isFinite(Number(text)) ? Number(text) : refuse('a number above 0')),
});

/** A whole number above 0. */
export const count = (unset: number): Flag<number> => ({
  ...{ shown: String(unset), unset },
  read: (text) => (/^[1-9]\d*$/.test(text) ? Number(text) : refuse('a whole number above 0')),
});

/** Numbers above 0, with commas. */
export const positives = (unset: readonly number[]): Flag<readonly number[]> => ({
  ...{ shown: unset.join(','), unset },
  read: (text) => {
    const numbers = text.split(',').map(Number);
    return numbers.every((value) => value > 0 && Number.isFinite(value)) ? numbers : refuse('numbers above 0, with commas');
  },
});

/** One of these words; the first is meant where the flag is missing. */
export const oneOf = <const Word extends string>(words: readonly [Word, ...Word[]]): Flag<Word> => ({
  ...{ shown: words.join('|'), unset: words[0] },
  read: (text) => words.find((word) => word === text) ?? refuse(`one of ${words.join(', ')}`),
});

/** Some of these words, with commas; all of them where the flag is missing. */
export const someOf = <const Word extends string>(words: readonly Word[]): Flag<readonly Word[]> => ({
  ...{ shown: words.join(','), unset: words },
  read: (text) => text.split(',').map((part) => words.find((word) => word === part) ?? refuse(`some of ${words.join(', ')}, with commas`)),
});

/** Any text, a path or a name; nothing where the flag is missing. */
export const text = (shown: string): Flag<string | undefined> => ({ shown, unset: undefined, read: (given) => given });

/** Given or not: no value follows it. */
export const given: Flag<boolean> & { readonly isSwitch: true } = { shown: '', unset: false, read: () => true, isSwitch: true };

/** `--name shown` of each flag, in brackets. */
export function usageOf(flags: Record<string, Flag<unknown>>): string {
  return Object.entries(flags)
    .map(([name, { shown }]) => `[--${name}${shown === '' ? '' : ` ${shown}`}]`)
    .join(' ');
}

/**
 * What stands after a command. A flag that nobody knows, twice the same with different words or a value that is none is refused: whoever measures for
 * minutes wants to have measured what he meant.
 * @throws UsageError with one sentence
 */
export function readFlags<const Flags extends Record<string, Flag<unknown>>>(words: readonly string[], flags: Flags): Values<Flags> {
  const options = Object.fromEntries(
    Object.entries(flags).map(([name, flag]) => [name, { type: 'isSwitch' in flag ? ('boolean' as const) : ('string' as const) }]),
  );
  let found: Record<string, string | boolean | undefined>;
  try {
    found = parseArgs({ args: [...words], options, strict: true, allowPositionals: false }).values as typeof found;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
  const values = Object.entries(flags).map(([name, flag]) => {
    const value = found[name];
    if (value === undefined) return [name, flag.unset];
    try {
      return [name, flag.read(String(value))];
    } catch (error) {
      throw new UsageError(`--${name} ${String(value)}: it is to be ${(error as Error).message}`, { cause: error });
    }
  });
  return Object.fromEntries(values) as Values<Flags>;
}
