import { parentPort } from 'node:worker_threads';
import { parseSitemap } from '../crawl/sitemap.js';
import { SourceError } from '../extract/source-error.js';
import { readSource } from './read-source.js';
import type { WorkerAnswer, WorkerTask } from './source-reader.js';

parentPort!.on('message', (task: WorkerTask) => {
  done(task).then(
    (result) => parentPort!.postMessage({ result } satisfies WorkerAnswer),
    (error: unknown) =>
      parentPort!.postMessage({
        // Files are made by programs of every kind: whatever a library stumbles over is the file's.
        problem: error instanceof SourceError ? error.code : 'source.broken',
        detail: error instanceof Error ? error.message.slice(0, 200) : '',
      } satisfies WorkerAnswer),
  );
});

parentPort!.postMessage({ isUp: true } satisfies WorkerAnswer);

async function done(task: WorkerTask): Promise<unknown> {
  return task.kind === 'sitemap' ? parseSitemap(task.text) : readSource(task);
}
