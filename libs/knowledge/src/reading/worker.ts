import { parentPort } from 'node:worker_threads';
import { SourceError } from '../extract/source-error.js';
import { readSource } from './read-source.js';
import type { SourceInput } from './read-source.js';
import type { WorkerAnswer } from './source-reader.js';

parentPort!.on('message', (input: SourceInput) => {
  readSource(input).then(
    (reading) => parentPort!.postMessage({ reading } satisfies WorkerAnswer),
    (error: unknown) =>
      parentPort!.postMessage({
        // Files are made by programs of every kind: whatever a library stumbles over is the file's.
        problem: error instanceof SourceError ? error.code : 'source.broken',
        detail: error instanceof Error ? error.message.slice(0, 200) : '',
      } satisfies WorkerAnswer),
  );
});
