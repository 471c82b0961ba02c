import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { EmbeddingError } from '../embedding-error.js';

/** How a model wants to be used. It says so nowhere in its own files, so it is told by their checksums. */
export interface LocalModel {
  readonly title: string;
  readonly onnx: ModelFile;
  readonly tokenizer: ModelFile;
  readonly dimensions: number;
  /** Longer texts are cut there. */
  readonly maxTokens: number;
  /** What stands for the whole text: the first token's vector, or the mean of all. */
  readonly pooling: 'first' | 'mean';
  /** Put before each text, as the model was trained. */
  readonly prefixes: { readonly question: string; readonly passage: string };
}

interface ModelFile {
  readonly file: string;
  readonly sha256: string;
}

export interface FoundModel extends LocalModel {
  /** The catalogue's name of it and the beginning of its checksum. */
  readonly id: string;
  /** Absolute paths. */
  readonly files: { readonly onnx: string; readonly tokenizer: string };
}

const CATALOGUE = new URL('../../../model/models.json', import.meta.url);

/**
 * The model that lies in a directory, whole and unchanged.
 * @throws EmbeddingError `embedding.no-model`
 */
export async function findModel(directory: string): Promise<FoundModel> {
  const catalogue = JSON.parse(await readFile(CATALOGUE, 'utf8')) as Record<string, LocalModel>;
  for (const [name, model] of Object.entries(catalogue)) {
    const files = { onnx: path.resolve(directory, model.onnx.file), tokenizer: path.resolve(directory, model.tokenizer.file) };
    const [onnx, tokenizer] = await Promise.all([checksum(files.onnx), checksum(files.tokenizer)]);
    if (onnx === undefined || tokenizer === undefined) continue;
    if (onnx !== model.onnx.sha256 || tokenizer !== model.tokenizer.sha256)
      throw new EmbeddingError('embedding.no-model', `The files of ${name} in ${directory} are damaged: their checksums are others.`);
    return { ...model, id: `${name}@${onnx.slice(0, 12)}`, files };
  }
  const known = Object.keys(catalogue).join(', ');
  throw new EmbeddingError('embedding.no-model', `There is no embedding model in ${directory}; known are ${known}.`);
}

async function checksum(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return hash.digest('hex');
}
