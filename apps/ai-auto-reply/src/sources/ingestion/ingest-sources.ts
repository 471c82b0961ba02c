import { createHash, randomUUID } from 'node:crypto';
import { EmbeddingError, KnowledgeError, SourceError } from '@baton/knowledge';
import type { KnowledgeScope, KnowledgeStore, NewChunk, ProblemAt, SourceInput } from '@baton/knowledge';
import { isTransient } from '@baton/persistence';
import type { Logger } from '@baton/telemetry';
import type { Source, SourceProgress } from '../source.js';
import { isUntitled } from '../source-title.js';
import { crawlSource } from './crawl-source.js';
import type { CrawlParts } from './crawl-source.js';
import type { Run, RunEnd, RunsStore } from './runs.store.js';
import { takeIn } from './take-in.js';
import type { TakeInParts } from './take-in.js';

export interface IngestParts extends CrawlParts {
  readonly runs: RunsStore;
  readonly knowledge: { readonly store: KnowledgeStore; readonly embedder: TakeInParts['embedder'] };
  readonly log: Pick<Logger, 'info' | 'warn'>;
  /** Sources that this replica takes in at once; of one bot never more than one, over all replicas. */
  readonly atOnce: number;
  readonly onEnd: (outcome: RunEnd['state'] | 'given-up') => void;
  /** What a bot knows has changed. */
  readonly onChange: (scope: KnowledgeScope) => void;
}

const LOOK_MS = 1_000;
/** How soon a run notices that its source was changed or deleted. */
const RENEW_MS = 2_000;
const MAX_TRIES = 5;
const FIRST_RETRY_MS = 5_000;
/** Chunks of one source; about ten thick books. */
const MAX_CHUNKS = 20_000;

/** Takes in sources as their turn comes: reads, cuts, embeds, and makes them what the bot knows. */
export class IngestSources {
  private readonly running = new Map<Promise<void>, AbortController>();
  private readonly by = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;

  constructor(private readonly parts: IngestParts) {}

  start(): void {
    this.timer ??= setInterval(() => void this.look(), LOOK_MS);
  }

  /** Somebody asked for a source: it need not wait for the next look. */
  wake(): void {
    if (this.timer) void this.look();
  }

  /** What is under way is put back for another replica. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    for (const stopping of this.running.values()) stopping.abort(new Stopped());
    await Promise.all(this.running.keys());
  }

  /** Takes in all that is due now, one after another. */
  async runDue(): Promise<void> {
    for (let run = await this.parts.runs.claim(this.by); run; run = await this.parts.runs.claim(this.by))
      await this.carryOut(run, new AbortController());
  }

  private async look(): Promise<void> {
    if (this.isLooking) return;
    this.isLooking = true;
    try {
      while (this.timer && this.running.size < this.parts.atOnce) {
        const run = await this.parts.runs.claim(this.by);
        if (!run) break;
        // Stopped while it was claimed.
        if (!this.timer) return await this.parts.runs.putBack(run, 0, true);
        const stopping = new AbortController();
        const done: Promise<void> = this.carryOut(run, stopping).finally(() => {
          this.running.delete(done);
          this.wake();
        });
        this.running.set(done, stopping);
      }
    } catch (error) {
      this.parts.log.warn({ err: error }, 'sources that wait could not be looked for');
    } finally {
      this.isLooking = false;
    }
  }

  /** Never throws. */
  private async carryOut(run: Run, stopping: AbortController): Promise<void> {
    const { runs, log, onEnd } = this.parts;
    const { id: sourceId, botId } = run.source;
    const renewing = setInterval(() => {
      runs.renew(run).then(
        (isHeld) => void (isHeld || stopping.abort(new Pointless())),
        () => undefined,
      );
    }, RENEW_MS);
    try {
      const end = run.tries > MAX_TRIES ? failed(run.source, 'source.broken') : await this.ingest(run, stopping.signal);
      if (end && (await runs.end(run, end))) {
        onEnd(end.state);
        log.info(
          { sourceId, botId, state: end.state, chunks: end.progress.chunks, problems: end.problems.length },
          'a source was taken in',
        );
      } else onEnd('given-up');
    } catch (error) {
      onEnd('given-up');
      await this.putBack(run, stopping.signal.aborted ? (stopping.signal.reason as unknown) : error).catch((err: unknown) =>
        log.warn({ err, sourceId, botId }, 'a source is taken in again when its lease has run out'),
      );
    } finally {
      clearInterval(renewing);
    }
  }

  private async putBack(run: Run, error: unknown): Promise<void> {
    const { runs, log } = this.parts;
    const { id: sourceId, botId } = run.source;
    if (error instanceof Pointless) return;
    if (error instanceof Stopped || (error instanceof EmbeddingError && error.code === 'embedding.closed'))
      return runs.putBack(run, 0, true);
    // The model of this service is wrong or broken: waiting does not help, and nothing of what was there is lost.
    if (error instanceof EmbeddingError && !error.isTransient) {
      await runs.end(run, failed(run.source, 'source.not-embedded'));
      return log.warn({ err: error, sourceId, botId }, 'a source could not be embedded');
    }
    const mayPass = isTransient(error) || error instanceof EmbeddingError || error instanceof KnowledgeError;
    if (run.tries >= MAX_TRIES)
      await runs.end(run, failed(run.source, error instanceof EmbeddingError ? 'source.not-embedded' : 'source.broken'));
    else await runs.putBack(run, FIRST_RETRY_MS * 2 ** (run.tries - 1), false);
    log.warn({ err: error, sourceId, botId, tries: run.tries }, mayPass ? 'a source is taken in again later' : 'taking in a source failed');
  }

  /** Undefined when the run has become pointless meanwhile. */
  private async ingest(run: Run, signal: AbortSignal): Promise<RunEnd | undefined> {
    const { runs, knowledge } = this.parts;
    const { source } = run;
    const scope = { workspaceId: source.workspaceId, botId: source.botId };
    const read = source.web ? await this.readPages(run, signal) : await this.readContent(run, signal);
    if (!read.chunks) return { state: 'failed', progress: read.progress, problems: read.problems };
    const chunks = read.chunks.slice(0, MAX_CHUNKS);
    const problems =
      read.chunks.length > MAX_CHUNKS
        ? [...read.problems, { where: `chunks after ${MAX_CHUNKS}`, code: 'source.too-large' as const }]
        : read.problems;
    if (read.title && isUntitled(source)) await runs.rename(run, read.title.slice(0, 200));
    const isHeld = await runs.holding(run, ({ title, url, enabled }) =>
      knowledge.store.putSource(scope, { sourceId: source.id, title, enabled, ...(url !== null && { url }) }),
    );
    if (!isHeld) return undefined;
    const { version, added, removed } = await takeIn(knowledge, scope, source.id, chunks, signal);
    if (added + removed > 0) this.parts.onChange(scope);
    const state = problems.length === 0 ? 'ready' : chunks.length > 0 ? 'partial' : 'failed';
    return {
      state,
      progress: { ...read.progress, chunks: chunks.length },
      problems,
      taken: { version, contentHash: hashOf(chunks), model: knowledge.embedder.id },
    };
  }

  private async readContent(run: Run, signal: AbortSignal): Promise<Read> {
    const { source } = run;
    const progress = { pagesDone: 0, pagesTotal: 1, chunks: source.progress.chunks };
    await this.parts.runs.tellProgress(run, progress);
    try {
      const reading = await this.parts.reader.read(inputOf(source, (await this.parts.runs.contentOf(run)) ?? Buffer.alloc(0)), signal);
      return { title: reading.title, chunks: reading.chunks, progress: { ...progress, pagesDone: 1 }, problems: reading.problems };
    } catch (error) {
      // What it gave before stays what the bot knows until something better can be read.
      if (error instanceof SourceError) return { progress, problems: [{ where: source.fileName ?? source.title, code: error.code }] };
      throw error;
    }
  }

  private async readPages(run: Run, signal: AbortSignal): Promise<Read> {
    const { pages, runs } = this.parts;
    const { source } = run;
    const progressNow = async (): Promise<SourceProgress> => {
      const { done, total } = await pages.counts(source.id);
      return { pagesDone: done, pagesTotal: total, chunks: source.progress.chunks };
    };
    const beside = await crawlSource(this.parts, source, run.run, async () => runs.tellProgress(run, await progressNow()), signal);
    const problems = [...beside, ...(await pages.problems(source.id))];
    const chunks = await pages.chunks(source.id);
    const title = source.kind === 'page' ? chunks[0]?.titlePath[0] : undefined;
    return { chunks, progress: await progressNow(), problems, ...(title !== undefined && { title }) };
  }
}

interface Read {
  /** As it says itself. */
  readonly title?: string;
  /** Absent where nothing could be read, so that nothing is changed. */
  readonly chunks?: readonly NewChunk[];
  readonly progress: SourceProgress;
  readonly problems: readonly ProblemAt[];
}

/** Why a run ends before its end. */
class Stopped extends Error {}
class Pointless extends Error {}

function failed(source: Source, code: ProblemAt['code']): RunEnd {
  return { state: 'failed', progress: source.progress, problems: [{ where: source.title, code }] };
}

function inputOf(source: Source, content: Buffer): SourceInput {
  const { kind, title, url, fileName } = source;
  const hints = { ...(!isUntitled(source) && { title }), ...(url !== null && { url }) };
  switch (kind) {
    case 'text':
    case 'markdown':
      return { kind, text: content.toString('utf8'), hints };
    case 'pairs':
      return { kind, pairs: JSON.parse(content.toString('utf8')) as (SourceInput & { kind: 'pairs' })['pairs'], hints: { title } };
    case 'file':
    case 'page':
    case 'sitemap':
      return { kind: 'file', bytes: content, hints: { ...hints, ...(fileName !== null && { name: fileName }) } };
  }
}

function hashOf(chunks: readonly NewChunk[]): string {
  const hash = createHash('sha256');
  for (const { contentHash } of chunks) hash.update(contentHash);
  return hash.digest('hex');
}
