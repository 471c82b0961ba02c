import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Embedder } from '../embedder.js';
import { createLocalEmbedder } from './local-embedder.js';

let embedder: Embedder;
beforeAll(async () => {
  embedder = await createLocalEmbedder({ directory: process.env['EMBEDDINGS_DIR']! });
});
afterAll(() => embedder?.close());

const likeness = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

const QUESTIONS = ['How do I reset my password?', 'What does shipping to Norway cost?', 'Can I get a refund after 30 days?'];
const PASSAGES = [
  'To change your password, open Settings and choose Security, then Reset password.',
  'We ship to all of Europe. Norway is 12 euros, customs not included.',
  'Refunds are possible within 30 days of purchase.',
];
/** Of the model of the catalogue that is used by default, row by row for the questions above. */
const KNOWN_LIKENESS = [
  [0.82, 0.36, 0.4],
  [0.32, 0.81, 0.49],
  [0.43, 0.49, 0.89],
];

describe('the model of this machine', () => {
  it('says which one it is, and how long its vectors are', () => {
    expect(embedder.id).toMatch(/^bge-small-en-v15-q@[0-9a-f]{12}$/);
    expect(embedder.dimensions).toBe(384);
  });

  it('finds the passage that answers a question, as near as is known of it', async () => {
    const [questions, passages] = [await embedder.embed(QUESTIONS, 'question'), await embedder.embed(PASSAGES, 'passage')];
    const found = questions.map((question) => passages.map((passage) => likeness(question, passage)));
    found.forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(KNOWN_LIKENESS[i]![j]!, 1.7)));
    for (const vector of [...questions, ...passages]) expect(likeness(vector, vector)).toBeCloseTo(1, 5);
  });

  it('makes the same vector of a text, whatever is asked beside it', async () => {
    const [alone] = await embedder.embed([PASSAGES[0]!], 'passage');
    const among = await embedder.embed(['short', PASSAGES[0]!, PASSAGES[1]!.repeat(20)], 'passage');
    expect(among[1]).toEqual(alone);
  });

  it('tells questions from passages', async () => {
    const [question] = await embedder.embed(['password'], 'question');
    const [passage] = await embedder.embed(['password'], 'passage');
    expect(likeness(question!, passage!)).toBeLessThan(0.95);
  });

  it.each([
    ['empty', ''],
    ['very long', 'Our parcels arrive within three days. '.repeat(20_000)],
    ['one endless word', 'x'.repeat(200_000)],
    ['of another script', '注文した商品はいつ届きますか'],
    ['of signs only', '!!! ??? 👍🏽 \u0000 \ud800'],
  ])('makes a vector of a text that is %s', async (_, text) => {
    const [vector] = await embedder.embed([text], 'passage');
    expect(likeness(vector!, vector!)).toBeCloseTo(1, 5);
  });

  it('cuts a text where the model ends', async () => {
    const long = 'Our parcels arrive within three days. '.repeat(200);
    const [cut, longer] = await embedder.embed([long, `${long} And now something else about passwords.`], 'passage');
    expect(longer).toEqual(cut);
  });
});

describe('who asks while much is taken in', () => {
  it('is answered before it, and the service goes on meanwhile', async () => {
    const takenIn = embedder.embed(
      Array.from({ length: 60 }, (_, i) => `${i} ${PASSAGES[1]!.repeat(6)}`),
      'passage',
    );
    let isTakenIn = false;
    void takenIn.then(() => (isTakenIn = true));
    await embedder.embed([QUESTIONS[0]!], 'question');
    expect(isTakenIn).toBe(false);
    expect(await takenIn).toHaveLength(60);
  });

  it('and gives up is told his own reason, and the rest of his texts is skipped', async () => {
    const giveUp = new AbortController();
    const waiting = embedder.embed(
      Array.from({ length: 5_000 }, (_, i) => `${i} ${PASSAGES[0]}`),
      'passage',
      giveUp.signal,
    );
    giveUp.abort(new Error('too late'));
    await expect(waiting).rejects.toThrow('too late');
    expect(await embedder.embed(['after it'], 'passage')).toHaveLength(1);
  });
});

describe('an embedder that was closed', () => {
  it('says so to those who wait and to those who come', async () => {
    const other = await createLocalEmbedder({ directory: process.env['EMBEDDINGS_DIR']! });
    const waiting = other.embed(PASSAGES, 'passage');
    waiting.catch(() => undefined);
    await other.close();
    await expect(waiting).rejects.toMatchObject({ code: 'embedding.closed' });
    await expect(other.embed(['hello'], 'question')).rejects.toMatchObject({ code: 'embedding.closed' });
  });
});

describe('a directory', () => {
  it('without a model is told in one sentence', async () => {
    await expect(createLocalEmbedder({ directory: '/nowhere' })).rejects.toMatchObject({
      code: 'embedding.no-model',
      message: 'There is no embedding model in /nowhere; known are bge-small-en-v15-q, e5-small-v2-q, all-minilm-l6-v2-q.',
    });
  });

  it('with a damaged model is not used', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'baton-model-'));
    try {
      await cp(process.env['EMBEDDINGS_DIR']!, directory, { recursive: true });
      await truncate(path.join(directory, 'bge-small-en-v1.5-q.onnx'), 1_000);
      await expect(createLocalEmbedder({ directory })).rejects.toMatchObject({ code: 'embedding.no-model', message: /are damaged/ });
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
