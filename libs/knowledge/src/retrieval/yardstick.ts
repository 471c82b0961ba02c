import type { Embedder } from '../embedding/embedder.js';

/** Cosines of a model mean nothing by themselves: one calls 0.4 near, another 0.8 far. */
export interface Yardstick {
  /** Mean cosine of a question and a passage that answers it. */
  readonly near: number;
  /** Mean cosine of a question and a passage about something else. */
  readonly far: number;
}

/** Everyday questions and their answers, of matters far from each other. */
const PAIRS: readonly (readonly [question: string, passage: string])[] = [
  [
    'How can I send back something I ordered?',
    'Returns are free within 30 days. Put the article into its box, add the label and bring it to any post office.',
  ],
  [
    'I forgot my password',
    'To choose a new password, open the sign-in page, select "Reset password" and follow the link in the message we send you.',
  ],
  ['When are you open?', 'Our shop welcomes you Monday to Friday from nine to six, and on Saturdays until one in the afternoon.'],
  [
    'why does my bread not rise',
    'Old yeast or water that is too hot keeps dough flat. Use fresh yeast and leave it for an hour in a warm place.',
  ],
  ['Which countries border Switzerland?', 'Switzerland lies between France, Germany, Austria, Liechtenstein and Italy.'],
  [
    'can I bring my dog on the train',
    'Small animals travel free of charge in a carrier. Larger dogs need a ticket at half the fare and a muzzle.',
  ],
  [
    'What is the capital gains tax for shares?',
    'Profit from selling securities is taxed at a flat rate of 25 percent; losses of the same year are set against it.',
  ],
  [
    'how often should I water a cactus',
    'Succulents need little: once every two or three weeks in summer, and almost nothing during winter.',
  ],
  [
    'The screen of my phone is broken, what does a repair cost?',
    'Replacing a cracked display costs between 90 and 240 euros, depending on the model of your device.',
  ],
  [
    'What causes high blood pressure?',
    'Salt, stress, excess weight and lack of exercise are among the most frequent reasons for hypertension.',
  ],
];

/** Measures a model by questions whose answers are known. Once for each model; 20 short texts. */
export async function measureYardstick(embedder: Embedder, signal?: AbortSignal): Promise<Yardstick> {
  const [questions, passages] = await Promise.all([
    embedder.embed(
      PAIRS.map(([question]) => question),
      'question',
      signal,
    ),
    embedder.embed(
      PAIRS.map(([, passage]) => passage),
      'passage',
      signal,
    ),
  ]);
  const cosines = questions.map((question) => passages.map((passage) => dot(question, passage)));
  const near = mean(cosines.map((row, index) => row[index]!));
  const far = mean(cosines.flatMap((row, index) => row.filter((_, other) => other !== index)));
  // A model that tells nothing apart gives the dense leg no say instead of a boundless one.
  return near - far < 0.01 ? { near: far + 10, far } : { near, far };
}

/** A cosine on the yardstick: about 1 where a passage answers the question, about 0 where it is about something else. */
export function nearness(cosine: number, { near, far }: Yardstick): number {
  return (cosine - far) / (near - far);
}

export function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
