import { rescue } from './rescue.js';

/** A word of the question that the scope knows under this number. */
export interface AskedLexeme {
  readonly lexeme: number;
  readonly token: number;
  /** 1 as it was written; less when it is what a misspelt word may have meant. */
  readonly trust: number;
}

/** A question as the scope's own words, and what BM25 must know of the whole. */
export interface ReadQuestion {
  readonly lexemes: readonly AskedLexeme[];
  /** For each word (same index as `token`): chunks of configurations to which it is a stop word; they count as holding it. */
  readonly everywhere: ReadonlyMap<number, number>;
  readonly chunks: number;
  readonly meanLength: number;
  /** Some chunk has a vector of the model. */
  readonly embedded: boolean;
  readonly model: number | undefined;
  readonly fitted: unknown;
}

/** What the database says of a question. */
export interface QuestionRow {
  readonly corpus: readonly (readonly [config: string, chunks: number, length: number])[];
  readonly words: readonly QuestionWord[];
  readonly model: number | null;
  readonly embedded: boolean;
  readonly fitted: unknown;
}

/** A word as one configuration reads it; `no` is null where the scope does not know it, `near` is what it resembles then. */
export type QuestionWord = readonly [
  config: string,
  lexeme: string,
  token: number,
  no: number | null,
  postings: number,
  near: readonly (readonly [no: number, lexeme: string])[] | null,
];

const MOST_TOKENS = 40;
/** Postings read for a question: more cost milliseconds and say nothing, being of common words. */
const MOST_POSTINGS = 2_500;
/** As many of the rarest words are always looked up. */
const FEWEST_TOKENS = 4;

export function interpretQuestion({ corpus, words, model, embedded, fitted }: QuestionRow): ReadQuestion {
  const chunks = corpus.reduce((sum, [, count]) => sum + count, 0);
  const length = corpus.reduce((sum, [, , length]) => sum + length, 0);
  const lexemes: AskedLexeme[] = [];
  const everywhere = new Map<number, number>();
  for (const [token, readings] of tellingTokens(words)) {
    for (const [, lexeme, , no, , near] of readings)
      if (no !== null) lexemes.push({ lexeme: no, token, trust: 1 });
      else for (const meant of rescue(lexeme, near ?? [])) lexemes.push({ lexeme: meant.no, token, trust: meant.trust });
    const stopped = corpus.filter(([config]) => !readings.some(([of]) => of === config));
    everywhere.set(
      token,
      stopped.reduce((sum, [, count]) => sum + count, 0),
    );
  }
  return {
    lexemes,
    everywhere,
    chunks,
    meanLength: chunks === 0 ? 1 : Math.max(1, length / chunks),
    embedded,
    model: model ?? undefined,
    fitted,
  };
}

/** The words of the question with their readings, without the most common ones where there are too many to look at. */
function tellingTokens(words: readonly QuestionWord[]): [token: number, readings: QuestionWord[]][] {
  const byToken = Map.groupBy(words, ([, , token]) => token);
  const rarestFirst = [...byToken]
    .map(([token, readings]) => ({ token, readings, postings: readings.reduce((sum, [, , , , postings]) => sum + postings, 0) }))
    .sort((a, b) => a.postings - b.postings || a.token - b.token);
  let postings = 0;
  return rarestFirst
    .slice(0, MOST_TOKENS)
    .filter((word, index) => {
      postings += word.postings;
      return index < FEWEST_TOKENS || postings <= MOST_POSTINGS;
    })
    .map(({ token, readings }) => [token, readings]);
}
