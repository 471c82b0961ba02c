/** A stretch of a passage, and whether the answer took it over. */
export interface Stretch {
  readonly text: string;
  readonly isCited: boolean;
}

/** Of the words of a sentence so many must stand in the answer for it to count as its ground. */
const SHARE = 0.6;
/** Sentences shorter than this many words are told by being there word for word only. */
const FEWEST_WORDS = 4;

/**
 * Which sentences of a passage an answer rests on: those that stand in it word for word, and, where a model put them into its own words, those
 * most of whose words it uses.
 */
export function citedStretches(passage: string, answer: string, by: 'extract' | 'model' | 'none'): Stretch[] {
  const said = plain(answer);
  const words = new Set(wordsOf(answer));
  const isCited = (sentence: string): boolean => {
    const bare = plain(sentence);
    if (bare === '' || by === 'none') return false;
    if (said.includes(bare)) return true;
    const own = wordsOf(sentence);
    return by === 'model' && own.length >= FEWEST_WORDS && own.filter((word) => words.has(word)).length / own.length >= SHARE;
  };
  const stretches: Stretch[] = [];
  for (const sentence of sentencesOf(passage)) {
    const cited = isCited(sentence);
    const last = stretches.at(-1);
    if (last && last.isCited === cited) stretches[stretches.length - 1] = { text: last.text + sentence, isCited: cited };
    else stretches.push({ text: sentence, isCited: cited });
  }
  return stretches;
}

/** The sentences of a text with the white space behind each, so that they make up the text again. */
function sentencesOf(text: string): string[] {
  const lines = text.match(/[^\n]*\n*/g) ?? [];
  return lines.flatMap((line) => [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(line)].map(({ segment }) => segment));
}

/** Letters and digits alone: marks of Markdown and line ends say nothing. */
function plain(text: string): string {
  return wordsOf(text).join(' ');
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
