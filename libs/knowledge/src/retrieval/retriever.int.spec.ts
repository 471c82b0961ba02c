import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EmbeddingError } from '../embedding/embedding-error.js';
import type { KnowledgeScope } from '../scope.js';
import { knowledgeKit, type KnowledgeKit } from '../testing/knowledge-kit.js';
import { wordEmbedder } from '../testing/word-embedder.js';
import { Retriever } from './retriever.js';

let kit: KnowledgeKit;
let scope: KnowledgeScope;
beforeAll(async () => {
  kit = await knowledgeKit();
});
afterAll(() => kit.close());
beforeEach(() => {
  scope = { workspaceId: `acme-${randomUUID().slice(0, 8)}`, botId: 'shop' };
});

/** BM25 by its formula: rarity of each word, its count held back by k1, the passage's length by b. */
function bm25(words: { count: number; chunksWith: number }[], length: number, of: { chunks: number; meanLength: number }): number {
  return words.reduce((sum, { count, chunksWith }) => {
    const rarity = Math.log(1 + (of.chunks - chunksWith + 0.5) / (chunksWith + 0.5));
    return sum + (rarity * count * 2.5) / (count + 1.5 * (0.25 + (0.75 * length) / of.meanLength));
  }, 0);
}

describe('words', () => {
  it('are weighed by the formula of BM25, on the stems of the language', async () => {
    await kit.takeIn(scope, randomUUID(), ['lamps lamp garden', 'garden chair table', 'garden sofa shelf']);
    const { passages } = await kit.retriever.search(scope, { text: 'lamp in the gardens' });
    const of = { chunks: 3, meanLength: 3 };
    const garden = { count: 1, chunksWith: 3 };
    expect(passages[0]?.text).toBe('lamps lamp garden');
    expect(passages[0]?.scores.lexical).toBeCloseTo(bm25([{ count: 2, chunksWith: 1 }, garden], 3, of), 5);
    expect(passages[1]?.scores.lexical).toBeCloseTo(bm25([garden], 3, of), 5);
  });

  it('of headings and questions count, too', async () => {
    await kit.takeIn(scope, randomUUID(), [
      { text: 'Within thirty days.', titlePath: ['Help', 'Refunds'] },
      { text: 'Use the link on the sign-in page.', question: 'How do I reset my password?' },
    ]);
    expect((await kit.find(scope, 'refund'))[0]).toBe('Within thirty days.');
    expect((await kit.find(scope, 'password'))[0]).toBe('Use the link on the sign-in page.');
  });

  it.each([
    ['a letter too few', 'waranty'],
    ['two letters swapped', 'warrnaty'],
    ['a letter of another key', 'warrabty'],
  ])('with %s are understood', async (_, word) => {
    await kit.takeIn(scope, randomUUID(), ['The warranty lasts two years.', 'Parcels leave at noon.']);
    const { passages } = await kit.retriever.search(scope, { text: `${word} duration` });
    expect(passages[0]).toMatchObject({ text: 'The warranty lasts two years.', scores: { lexical: expect.any(Number) } });
  });

  it('meet each chunk in its own language', async () => {
    await kit.takeIn(scope, randomUUID(), [
      { text: 'Die Rücksendungen sind kostenlos.', language: 'de' },
      { text: 'Los reembolsos tardan cinco días.', language: 'es' },
      { text: 'Deliveries take five days.', language: 'en' },
      { text: '返品は無料です', language: 'ja' },
    ]);
    const byWords = new Retriever({ dataSource: kit.dataSource, embedder: wordEmbedder({ dimensions: 16 }) });
    const first = async (text: string) => (await byWords.search(scope, { text })).passages[0]?.text;
    expect(await first('kostenlose Rucksendung')).toBe('Die Rücksendungen sind kostenlos.');
    expect(await first('cuanto tarda un reembolso')).toBe('Los reembolsos tardan cinco días.');
    expect(await first('delivery')).toBe('Deliveries take five days.');
    expect(await first('返品について')).toBe('返品は無料です');
  });

  it.each([
    ['', 'an empty one'],
    ['?!', 'one without words'],
    ["'; DROP TABLE chunks; --", 'one that is no question'],
    ['lamp '.repeat(5_000), 'a very long one'],
  ])('of any question are survived: %#', async (question) => {
    await kit.takeIn(scope, randomUUID(), ['The lamp is green.']);
    const { support } = await kit.retriever.search(scope, { text: question });
    expect(support).toBeGreaterThanOrEqual(0);
    expect(support).toBeLessThanOrEqual(1);
  });
});

describe('passages', () => {
  it('that say the same are shown once', async () => {
    const copy =
      'Returns are free within thirty days of delivery when the box was not opened and the label is still on it, everywhere in Europe';
    await kit.takeIn(scope, randomUUID(), [`${copy}.`, 'Returns need a label.']);
    await kit.takeIn(scope, randomUUID(), [`${copy}!`]);
    expect((await kit.find(scope, 'are returns free')).filter((text) => text.startsWith(copy))).toHaveLength(1);
  });

  it('are none where nothing is known', async () => {
    expect(await kit.retriever.search(scope, { text: 'anything' })).toMatchObject({ passages: [], support: 0, fitted: false });
  });
});

describe('without vectors', () => {
  it('words decide alone when the chunks were embedded by another model', async () => {
    await kit.takeIn(scope, randomUUID(), ['The warranty lasts two years.']);
    const another = new Retriever({ dataSource: kit.dataSource, embedder: wordEmbedder({ dimensions: 16 }) });
    const { passages, wordsOnly } = await another.search(scope, { text: 'warranty' });
    expect(wordsOnly).toBe('not-embedded');
    expect(passages[0]?.scores.dense).toBeUndefined();
    expect(passages[0]?.text).toBe('The warranty lasts two years.');
  });

  it('words decide alone while the model is away, and it is asked again', async () => {
    await kit.takeIn(scope, randomUUID(), ['The warranty lasts two years.']);
    let away = true;
    const embed: typeof kit.embedder.embed = (...given) =>
      away ? Promise.reject(new EmbeddingError('embedding.unreachable', 'nobody answers')) : kit.embedder.embed(...given);
    const retriever = new Retriever({ dataSource: kit.dataSource, embedder: { ...kit.embedder, embed } });
    expect((await retriever.search(scope, { text: 'warranty' })).wordsOnly).toBe('no-embedding');
    away = false;
    const { passages, wordsOnly } = await retriever.search(scope, { text: 'warranty' });
    expect([wordsOnly, passages[0]?.scores.dense]).toEqual([undefined, expect.any(Number)]);
  });
});
