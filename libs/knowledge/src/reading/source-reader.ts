import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Sitemap } from '../crawl/sitemap.js';
import { EXTRACT_LIMITS } from '../extract/extracted.js';
import { SourceError } from '../extract/source-error.js';
import type { SourceProblem } from '../extract/source-error.js';
import type { Reading, SourceInput } from './read-source.js';

/** What the thread is asked, and what it answers. */
export type WorkerTask = SourceInput | { readonly kind: 'sitemap'; readonly text: string };
export type WorkerAnswer =
  { readonly isUp: true } | { readonly result: unknown } | { readonly problem: SourceProblem; readonly detail: string };

export interface SourceReaderOptions {
  /** For one source, not counting the start of a thread; then its thread is ended. Default `EXTRACT_LIMITS.ms`. */
  readonly timeoutMs?: number;
  /** Of the thread's own objects, in megabytes. Default 512: a file that needs more is refused, and the service lives on. */
  readonly memoryMb?: number;
  /** A thread without work is ended after so long. Default 30 s. */
  readonly idleMs?: number;
}

/** For a thread to load the libraries: on a busy machine that takes seconds, and says nothing of the source. */
const START_WITHIN_MS = 60_000;

interface Job {
  readonly task: WorkerTask;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Reads sources in a thread of its own, one after another: what makes the libraries compute, hang or run out of memory does not keep the
 * service from answering.
 */
export class SourceReader {
  private readonly waiting: Job[] = [];
  private worker: Worker | undefined;
  private current: Job | undefined;
  private deadline: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(private readonly options: SourceReaderOptions = {}) {}

  /** @throws SourceError; an AbortError when it was given up before it began or after the reader was closed */
  read(input: SourceInput, signal?: AbortSignal): Promise<Reading> {
    return this.run(input, signal) as Promise<Reading>;
  }

  /** A sitemap of many pages is much to read, too. Undefined where it is none. Throws as `read` does. */
  readSitemap(text: string, signal?: AbortSignal): Promise<Sitemap | undefined> {
    return this.run({ kind: 'sitemap', text }, signal) as Promise<Sitemap | undefined>;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    for (const job of [...this.waiting, ...(this.current ? [this.current] : [])]) this.giveUp(job);
    await this.end();
  }

  private run(task: WorkerTask, signal?: AbortSignal): Promise<unknown> {
    if (this.isClosed || signal?.aborted) return Promise.reject(new DOMException('reading was given up', 'AbortError'));
    return new Promise((resolve, reject) => {
      const job: Job = { task, resolve, reject };
      signal?.addEventListener('abort', () => this.giveUp(job), { once: true });
      this.waiting.push(job);
      this.next();
    });
  }

  private giveUp(job: Job): void {
    const at = this.waiting.indexOf(job);
    if (at >= 0) this.waiting.splice(at, 1);
    else if (this.current === job) void this.end();
    else return;
    if (this.current === job) this.current = undefined;
    job.reject(new DOMException('reading was given up', 'AbortError'));
    this.next();
  }

  private next(): void {
    if (this.current || this.isClosed) return;
    const job = this.waiting.shift();
    clearTimeout(this.deadline);
    if (!job) {
      this.deadline = setTimeout(() => void this.end(), this.options.idleMs ?? 30_000).unref();
      return;
    }
    this.current = job;
    this.allow(this.worker ? this.timeoutMs : START_WITHIN_MS);
    this.worker ??= this.begin();
    this.worker.postMessage(job.task);
  }

  private get timeoutMs(): number {
    return this.options.timeoutMs ?? EXTRACT_LIMITS.ms;
  }

  private allow(ms: number): void {
    clearTimeout(this.deadline);
    this.deadline = setTimeout(() => this.fail('source.too-slow'), ms);
  }

  private begin(): Worker {
    const worker = new Worker(workerUrl(), {
      resourceLimits: { maxOldGenerationSizeMb: this.options.memoryMb ?? 512 },
      // Libraries write their warnings there.
      stdout: true,
      stderr: true,
      execArgv: [],
    });
    worker.unref();
    worker.on('message', (answer: WorkerAnswer) => {
      if (worker !== this.worker) return;
      if ('isUp' in answer) this.allow(this.timeoutMs);
      else if ('problem' in answer) this.settle((job) => job.reject(new SourceError(answer.problem, answer.detail)));
      else this.settle((job) => job.resolve(answer.result));
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      if (worker === this.worker) this.fail(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'source.too-large' : 'source.broken');
    });
    return worker;
  }

  private fail(code: SourceProblem): void {
    void this.end();
    this.settle((job) => job.reject(new SourceError(code)));
  }

  private settle(tell: (job: Job) => void): void {
    const job = this.current;
    this.current = undefined;
    if (job) tell(job);
    this.next();
  }

  private async end(): Promise<void> {
    clearTimeout(this.deadline);
    const worker = this.worker;
    this.worker = undefined;
    await worker?.terminate();
  }
}

/** The compiled file, also where this one is run from its source. */
function workerUrl(): URL {
  return pathToFileURL(createRequire(import.meta.url).resolve('@baton/knowledge/reading-worker'));
}
