import { durationOf } from './duration.js';

/** What an agent asks of Baton by a private note; times in ms. */
export type NoteCommand =
  /** The bot takes over, and goes on with this block of its flow where one is named. */
  | { readonly do: 'give-back'; readonly block: string | null }
  /** The visitor is not given back by himself for so long; 0 ends that. */
  | { readonly do: 'hold'; readonly forMs: number }
  /** May the assistant answer here? */
  | { readonly do: 'assistant'; readonly on: boolean }
  /** How did it come to this? */
  | { readonly do: 'why' }
  /** What may be said; `unknown` is what was said instead and is none of it. */
  | { readonly do: 'help'; readonly unknown: string | null };

const MINUTE = 60_000;
/** The times that a visitor may be held (ms). */
export const HOLD = { shortest: MINUTE, longest: 8 * 60 * MINUTE, usual: 20 * MINUTE } as const;

const LONGEST_BLOCK = 255;
/** So much of what is no command is told back (characters). */
const TOLD_BACK = 40;

/** The rest of the line is the command's own; undefined: it is none, and a person speaks. */
type Reader = (rest: string) => NoteCommand | 'unknown' | undefined;

const alone =
  (command: NoteCommand): Reader =>
  (rest) =>
    rest === '' ? command : undefined;

const READERS: Readonly<Record<string, Reader>> = {
  bot: readBot,
  hold: readHold,
  ai: readAi,
  why: alone({ do: 'why' }),
  help: alone({ do: 'help', unknown: null }),
};

/**
 * A note's command: its first line is one, alone and whatever the case. Undefined for a note that is a person's word: `!!! urgent`,
 * `!important call him` or `!why is he angry` are none. A word that is nearly one of ours (`!hodl 20m`) is a mistake that wants an answer.
 */
export function noteCommandOf(note: string): NoteCommand | undefined {
  const line = note.trim().split('\n', 1)[0]!.trim().replace(/\s+/g, ' ');
  const [, said, rest = ''] = /^!([a-z]+)(?: (.+))?$/i.exec(line.replace(/[.!?]+$/, '').trim()) ?? [];
  if (said === undefined) return undefined;
  const word = said.toLowerCase();
  const read = Object.hasOwn(READERS, word) ? READERS[word]! : undefined;
  const command = read ? read(rest) : isMistake(word, rest) ? 'unknown' : undefined;
  return command === 'unknown' ? { do: 'help', unknown: beginningOf(line) } : command;
}

/** A name of one word, or any in quotes: a sentence that begins with the word is not obeyed. */
function readBot(rest: string): ReturnType<Reader> {
  if (rest === '') return { do: 'give-back', block: null };
  const [, quoted, bare] = /^(?:["“”„](.+)["“”„]|(\S+))$/.exec(rest) ?? [];
  const block = (quoted ?? bare)?.trim();
  return block && block.length <= LONGEST_BLOCK ? { do: 'give-back', block } : 'unknown';
}

function readHold(rest: string): ReturnType<Reader> {
  if (rest === '') return { do: 'hold', forMs: HOLD.usual };
  if (/^(?:off|stop|end)$/i.test(rest)) return { do: 'hold', forMs: 0 };
  const forMs = durationOf(rest);
  return forMs !== undefined && forMs >= HOLD.shortest && forMs <= HOLD.longest ? { do: 'hold', forMs } : 'unknown';
}

function readAi(rest: string): ReturnType<Reader> {
  const asked = rest.toLowerCase();
  if (asked === 'on' || asked === 'off') return { do: 'assistant', on: asked === 'on' };
  if (asked === 'why') return { do: 'why' };
  return asked === '' || asked === 'help' ? { do: 'help', unknown: null } : 'unknown';
}

/** One letter beside a word of ours, and nothing behind it but what such a word takes. */
function isMistake(word: string, rest: string): boolean {
  const near = Object.keys(READERS).find((ours) => ours.length > 2 && ours[0] === word[0] && isOneOff(word, ours));
  return near !== undefined && (rest === '' || (near === 'hold' && readHold(rest) !== 'unknown'));
}

/** One letter more, less, changed, or two changed places. */
function isOneOff(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

function beginningOf(line: string): string {
  const letters = Array.from(line);
  return letters.length <= TOLD_BACK ? line : `${letters.slice(0, TOLD_BACK).join('').trimEnd()}…`;
}
