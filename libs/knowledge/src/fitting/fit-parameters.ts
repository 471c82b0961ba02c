import type { DataSource } from 'typeorm';
import type { Embedder } from '../embedding/embedder.js';
import { DEFAULT_BM25, type Bm25 } from '../retrieval/bm25.js';
import { findCandidates } from '../retrieval/find-candidates.js';
import { fuse } from '../retrieval/fuse.js';
import { DEFAULT_PARAMETERS } from '../retrieval/parameters.js';
import { readQuestion } from '../retrieval/read-question.js';
import { supportOf } from '../retrieval/support.js';
import { dot, measureYardstick } from '../retrieval/yardstick.js';
import type { KnowledgeScope } from '../scope.js';
import { embeddedText } from '../store/embedded-text.js';
import { LIVE_EDITIONS } from '../store/live-editions.js';
import { chooseThreshold } from './choose-threshold.js';
import { chooseWeight } from './choose-weight.js';
import { withoutAnswer, type Trial } from './trial.js';

export interface FitOptions {
  readonly dataSource: DataSource;
  readonly embedder: Embedder;
  readonly bm25?: Bm25;
  readonly signal?: AbortSignal;
}

/** What was found out from a knowledge base's own pairs. */
export interface Fit {
  readonly pairs: number;
  readonly weight: number;
  readonly threshold: number;
  /** Mean nDCG@10 of finding a pair by its answer, with the weight and with the default one. */
  readonly gain: number;
  readonly gainByDefault: number;
}

/** Fewer tell more of chance than of the knowledge base. */
const FEWEST_PAIRS = 20;
/** More cost time (about 50 ms each) and change nothing. */
const MOST_PAIRS = 150;
const PER_LEG = 50;

/** A spread over all of them that is the same each time. */
const PAIRS = `WITH ${LIVE_EDITIONS}
  SELECT no, question, text, title_path AS "titlePath" FROM (
    SELECT chunks.*, row_number() OVER (PARTITION BY question ORDER BY no) AS repeat FROM chunks JOIN live USING (edition)
    WHERE chunks.live AND question IS NOT NULL
  ) AS pairs WHERE repeat = 1 ORDER BY md5(content_hash) LIMIT $3`;

const KEEP = `INSERT INTO parameters (scope, model, fitted)
  SELECT no, $3, $4::jsonb FROM scopes WHERE workspace_id = $1 AND bot_id = $2
  ON CONFLICT (scope, model) DO UPDATE SET fitted = excluded.fitted, fitted_at = now()`;

const FORGET = `DELETE FROM parameters USING scopes
  WHERE scopes.workspace_id = $1 AND scopes.bot_id = $2 AND parameters.scope = scopes.no AND parameters.model = $3`;

interface Pair {
  readonly no: number;
  readonly question: string;
  readonly text: string;
  readonly titlePath: string[];
}

/**
 * Fits weight and threshold of a scope to its own pairs of question and answer and keeps them for the searches that follow. Each pair is
 * asked its question while it shows its answer only, so that no question finds itself; and once more while it is not there at all.
 * With fewer than 20 pairs the defaults come back and nothing is returned. Takes up to ten seconds: run it after a source was taken in.
 */
export async function fitParameters(scope: KnowledgeScope, options: FitOptions): Promise<Fit | undefined> {
  const { dataSource, embedder, signal } = options;
  const whose = [scope.workspaceId, scope.botId];
  const pairs = await dataSource.query<Pair[]>(PAIRS, [...whose, MOST_PAIRS]);
  if (pairs.length < FEWEST_PAIRS) {
    await dataSource.query(FORGET, [...whose, embedder.id]);
    return undefined;
  }
  const yardstick = await measureYardstick(embedder, signal);
  const trials: Trial[] = [];
  for (const pair of pairs) {
    signal?.throwIfAborted();
    const trial = await tryPair(scope, pair, options);
    if (trial) trials.push(trial);
  }
  const { weight, gain, gainBefore } = chooseWeight(trials, yardstick, DEFAULT_PARAMETERS.weight);
  const support = (found: Trial['found']) => supportOf(fuse(found, weight, yardstick), yardstick);
  const threshold = chooseThreshold(
    { answerable: trials.map(({ found }) => support(found)), unanswerable: trials.map((trial) => support(withoutAnswer(trial))) },
    DEFAULT_PARAMETERS.threshold,
  );
  await dataSource.query(KEEP, [...whose, embedder.id, JSON.stringify({ weight, threshold, pairs: trials.length })]);
  return { pairs: trials.length, weight, threshold, gain, gainByDefault: gainBefore };
}

async function tryPair(
  scope: KnowledgeScope,
  pair: Pair,
  { dataSource, embedder, bm25 = DEFAULT_BM25, signal }: FitOptions,
): Promise<Trial | undefined> {
  const [asked, [vector], [answer]] = await Promise.all([
    readQuestion(dataSource, scope, pair.question, embedder.id),
    embedder.embed([pair.question], 'question', signal),
    embedder.embed([embeddedText({ titlePath: pair.titlePath, text: pair.text })], 'passage', signal),
  ]);
  if (!asked.embedded) return undefined;
  const found = await findCandidates(dataSource, scope, asked, vector, { bm25, perLeg: PER_LEG, questionHiddenOf: pair.no });
  const own = found.find(({ chunk }) => chunk === pair.no);
  const byItsAnswer = { chunk: pair.no, lexical: 0, coverage: 0, ...own, dense: dot(vector!, answer!) };
  return { answer: pair.no, found: [...found.filter((candidate) => candidate !== own), byItsAnswer] };
}
