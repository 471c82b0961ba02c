/** The thread in which a local model works: loading it and each text hold up whoever computes, so it must not be a service's own. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FoundModel } from './model-catalogue.js';
import type * as OnnxTextModelModule from './onnx-text-model.js';

export interface ModelThreadData {
  readonly model: FoundModel;
  readonly threads: number;
}

export type ToModelThread = { readonly text: string };

export type FromModelThread = { readonly ready: true } | { readonly vector: Float32Array<ArrayBuffer> } | { readonly failed: string };

// Beside this file, from the source as well as from what was built of it.
const beside = import.meta.url.replace('model-thread', 'onnx-text-model');
const { OnnxTextModel } = (await import(beside)) as typeof OnnxTextModelModule;

const { model, threads } = workerData as ModelThreadData;
const loaded = await OnnxTextModel.load(model, threads);
const port = parentPort!;

port.on('message', ({ text }: ToModelThread) => {
  loaded.embed(text).then(
    (vector) => tell({ vector: vector as Float32Array<ArrayBuffer> }, [vector.buffer as ArrayBuffer]),
    (error: unknown) => tell({ failed: error instanceof Error ? error.message : String(error) }),
  );
});
tell({ ready: true });

function tell(message: FromModelThread, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer);
}
