import type { Capsule } from '@baton/contracts';
import { courtesyOf, promisesIn, sentencesOf, statesDecision } from '@baton/language';

/** A line of the stretch that has ended, in order. */
export interface StretchLine {
  readonly from: 'visitor' | 'agent';
  readonly name?: string | undefined;
  readonly text: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface Stretch {
  readonly handoverId: string;
  readonly category: string | null;
  /** ms */
  readonly beganAt: number;
  readonly endedAt: number;
  readonly continueWith: string | null;
  readonly lines: readonly StretchLine[];
}

const MOST_SAID = 100;
const MOST_MARKED = 20;
const MOST_AGENTS = 20;
/** Sentences tried for the extract. */
const MOST_QUOTED = 100;
/** Characters. */
const MOST_READ = 60_000;
const LONGEST_NAME = 255;
const LONGEST_LINE = 16_000;
const LONGEST_EXTRACT = 1_000;

/**
 * What the bot should know of a human stretch, made of its own words and of nothing else: who said what, and which of it
 * promises something or says that something is so or was done. By rule, so a line may be missed; none is made up.
 */
export function capsuleOf({ handoverId, category, beganAt, endedAt, continueWith, lines }: Stretch): Capsule {
  const agentLines = lines.filter(({ from }) => from === 'agent');
  const quotes = quotesOf(lines);
  const marked = (mark: 'promises' | 'decides') => {
    const those = new Set(quotes.filter((quote) => quote[mark]).map(({ line }) => lines[line]));
    return agentLines
      .filter((line) => those.has(line))
      .slice(-MOST_MARKED)
      .map(saidIn);
  };
  const names = agentLines.flatMap(({ name }) => name?.slice(0, LONGEST_NAME) || []);
  return {
    handover_id: handoverId,
    ...(category ? { category } : {}),
    began_at: new Date(beganAt).toISOString(),
    ended_at: new Date(endedAt).toISOString(),
    agents: [...new Set(names)].slice(-MOST_AGENTS),
    said: agentLines.slice(-MOST_SAID).map(saidIn),
    promised: marked('promises'),
    decided: marked('decides'),
    extract: extractOf(quotes),
    ...(continueWith ? { continue_with: continueWith } : {}),
  };
}

function saidIn({ name, text, at }: StretchLine): Capsule['said'][number] {
  return { ...(name ? { name: name.slice(0, LONGEST_NAME) } : {}), text: text.slice(0, LONGEST_LINE), at };
}

/** A sentence of somebody, and where it stands. */
interface Quote {
  readonly line: number;
  readonly place: number;
  readonly from: StretchLine['from'];
  readonly who: string;
  readonly sentence: string;
  /** An agent says what he will do; what was done already is no promise, though nobody but a person may say it. */
  readonly promises: boolean;
  /** An agent says what is so or was done. */
  readonly decides: boolean;
}

/** The sentences of the newest lines, in their order: as many as can be read while others wait. */
function quotesOf(lines: readonly StretchLine[]): Quote[] {
  const quotes: Quote[] = [];
  let left = MOST_READ;
  for (let line = lines.length - 1; line >= 0 && left > 0; line -= 1) {
    const { from, name, text } = lines[line]!;
    const who = from === 'visitor' ? 'Visitor' : (name?.slice(0, LONGEST_NAME) ?? 'Agent');
    const read = wholeSentences(text, left);
    left -= text.length;
    quotes.unshift(
      ...read.map((sentence, place): Quote => {
        const decides = from === 'agent' && statesDecision(sentence);
        return { line, place, from, who, sentence, decides, promises: from === 'agent' && !decides && promisesIn(sentence, '') > 0 };
      }),
    );
  }
  return quotes;
}

/** Of a text that is longer than that (characters) its beginning, without the sentence that is cut. */
function wholeSentences(text: string, longest: number): string[] {
  const sentences = text
    .slice(0, longest)
    .split(/\n+/)
    .flatMap((line) => sentencesOf(line));
  return text.length > longest ? sentences.slice(0, -1) : sentences;
}

/** The stretch in a few of its own sentences, whole and in their order; what matters most is taken first. */
function extractOf(quotes: readonly Quote[]): string {
  const words = quotes.filter(({ sentence }) => courtesyOf(sentence) === undefined);
  const asked = words.filter(({ from }) => from === 'visitor');
  const wanted = [
    ...asked.filter(({ sentence }) => /[?？]["'”’)\s]*$/.test(sentence)).slice(0, 1),
    ...words.filter(({ decides }) => decides).reverse(),
    ...words.filter(({ promises }) => promises).reverse(),
    ...asked.slice(0, 1),
    ...words.filter(({ from }) => from === 'agent').slice(-2),
  ];
  let taken: readonly Quote[] = [];
  for (const quote of wanted.slice(0, MOST_QUOTED)) {
    const more = taken.includes(quote) ? taken : [...taken, quote];
    if (written(more).length <= LONGEST_EXTRACT) taken = more;
  }
  return written(taken);
}

/** Line by line, each under the name of who said it. */
function written(quotes: readonly Quote[]): string {
  const inOrder = [...quotes].sort((a, b) => a.line - b.line || a.place - b.place);
  const lines: { line: number; text: string }[] = [];
  for (const { line, who, sentence } of inOrder) {
    const last = lines.at(-1);
    if (last?.line === line) last.text += ` ${sentence}`;
    else lines.push({ line, text: `${who}: ${sentence}` });
  }
  return lines.map(({ text }) => text).join('\n');
}
