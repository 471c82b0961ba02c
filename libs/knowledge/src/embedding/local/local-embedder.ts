import { Worker } from 'node:worker_threads';
import type { Embedder } from '../embedder.js';
import { EmbeddingError } from '../embedding-error.js';
import { asUnit } from '../unit.js';
import { findModel } from './model-catalogue.js';
import type { FromModelThread, ModelThreadData, ToModelThread } from './model-thread.js';
import { TextQueue, type QueuedText } from './text-queue.js';

export interface LocalEmbedderOptions {
  /** Where the model and its tokenizer lie; which one it is, their checksums say. */
  readonly directory: string;
  /** Cores that one text is worked on with; default 1. A second one takes a fifth of the time away and costs a third more work. */
  readonly threads?: number;
}

/**
 * An embedder that needs nobody outside: an ONNX model in a thread of its own. It works on one text at a time, questions first,
 * so that somebody who asks waits for one passage at most, however many are being taken in.
 * @throws EmbeddingError `embedding.no-model` when there is none in the directory, or a damaged one
 */
export async function createLocalEmbedder(options: LocalEmbedderOptions): Promise<Embedder> {
  const model = await findModel(options.directory);
  const threads = options.threads ?? 1;
  const embedder = new LocalEmbedder(model.id, model.dimensions, model.prefixes, () => startThread({ model, threads }));
  await embedder.start();
  return embedder;
}

function startThread(workerData: ModelThreadData): Worker {
  // The same kind of file as this one: source under a test, JavaScript when built.
  const file = new URL(`./model-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
  return new Worker(file, { workerData, execArgv: ['--disable-warning=ExperimentalWarning'] });
}

class LocalEmbedder implements Embedder {
  private readonly queue = new TextQueue();
  private thread: Promise<Worker> | undefined;
  private inWork: QueuedText | undefined;
  private closed = false;

  constructor(
    readonly id: string,
    readonly dimensions: number,
    private readonly prefixes: { readonly question: string; readonly passage: string },
    private readonly newThread: () => Worker,
  ) {}

  /** Resolves when the model is loaded. A thread that broke is started again for the next text. */
  start(): Promise<Worker> {
    return (this.thread ??= new Promise<Worker>((resolve, reject) => {
      const worker = this.newThread();
      // A process that has nothing else to do may end.
      worker.unref();
      worker.on('message', (message: FromModelThread) => {
        if ('ready' in message) resolve(worker);
        else this.answered(message);
      });
      let isOver = false;
      const broke = (why: string, cause?: unknown): void => {
        if (isOver) return;
        isOver = true;
        this.thread = undefined;
        const error = this.closed ? closedError() : new EmbeddingError('embedding.failed', `The local embedding model ${why}`, { cause });
        reject(error);
        this.settle((text) => text.reject(error));
      };
      worker.on('error', (error) => broke(`broke: ${error.message}`, error));
      worker.on('exit', (code) => broke(`ended with ${code}`));
    }));
  }

  async embed(texts: readonly string[], as: 'question' | 'passage', signal?: AbortSignal): Promise<Float32Array[]> {
    if (this.closed) throw closedError();
    const vectors = this.queue.add(
      texts.map((text) => this.prefixes[as] + text),
      as,
      signal,
    );
    this.next();
    return vectors;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.queue.rejectAll(closedError());
    const worker = await this.thread?.catch(() => undefined);
    await worker?.terminate();
  }

  private next(): void {
    if (this.inWork) return;
    const text = (this.inWork = this.queue.take());
    if (!text) return;
    this.start().then(
      (worker) => {
        // What waits for an answer keeps the process alive.
        worker.ref();
        worker.postMessage({ text: text.text } satisfies ToModelThread);
      },
      () => undefined,
    );
  }

  private answered(message: Exclude<FromModelThread, { ready: true }>): void {
    this.settle((text) => {
      if ('vector' in message) text.resolve(asUnit(message.vector));
      else text.reject(new EmbeddingError('embedding.failed', `The local embedding model failed: ${message.failed}`));
    });
  }

  private settle(how: (text: QueuedText) => void): void {
    const text = this.inWork;
    this.inWork = undefined;
    void this.thread?.then((worker) => worker.unref()).catch(() => undefined);
    if (text) how(text);
    this.next();
  }
}

function closedError(): EmbeddingError {
  return new EmbeddingError('embedding.closed', 'The embedder was closed.');
}
