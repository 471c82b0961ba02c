import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { FoundModel } from './model-catalogue.js';

/**
 * A model and its tokenizer in memory. One text at a time: a quantised model takes the scale of its numbers from all texts of a
 * batch, so that neighbours would change a text's vector (cosine 0.99 instead of 1), and on one core a batch saves next to nothing.
 */
export class OnnxTextModel {
  readonly #model: FoundModel;
  readonly #tokenizer: Tokenizer;
  readonly #session: InferenceSession;

  private constructor(model: FoundModel, tokenizer: Tokenizer, session: InferenceSession) {
    this.#model = model;
    this.#tokenizer = tokenizer;
    this.#session = session;
  }

  static async load(model: FoundModel, threads: number): Promise<OnnxTextModel> {
    const rules = JSON.parse(await readFile(model.files.tokenizer, 'utf8')) as object;
    const session = await InferenceSession.create(model.files.onnx, {
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      // Threads that wait for the next text must not take the core from everybody else.
      extra: { session: { intra_op: { allow_spinning: '0' } } },
    });
    return new OnnxTextModel(model, new Tokenizer(rules, {}), session);
  }

  /** The text's vector, of any length. Holds up its thread while it computes. */
  async embed(text: string): Promise<Float32Array> {
    const tokens = this.#tokens(text);
    const shape = [1, tokens.length];
    const inputs: Record<string, Tensor> = {
      input_ids: new Tensor('int64', BigInt64Array.from(tokens, BigInt), shape),
      attention_mask: new Tensor('int64', new BigInt64Array(tokens.length).fill(1n), shape),
      token_type_ids: new Tensor('int64', new BigInt64Array(tokens.length), shape),
    };
    const { last_hidden_state: states } = await this.#session.run(inputs);
    return pooled(states!.data as Float32Array, this.#model);
  }

  #tokens(text: string): number[] {
    const { maxTokens } = this.#model;
    // No token is longer than a hundred characters of a word, and what lies beyond the cut is not worth the tokenizer's time.
    const { ids } = this.#tokenizer.encode(text.slice(0, maxTokens * LONGEST_TOKEN));
    // The last token says that the text ends.
    return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids.at(-1)!];
  }
}

const LONGEST_TOKEN = 100;

/** One vector for the text, out of one for each of its tokens. */
function pooled(states: Float32Array, { pooling, dimensions }: FoundModel): Float32Array {
  if (pooling === 'first') return states.slice(0, dimensions);
  const sum = new Float32Array(dimensions);
  for (let i = 0; i < states.length; i += 1) sum[i % dimensions]! += states[i]!;
  return sum;
}
