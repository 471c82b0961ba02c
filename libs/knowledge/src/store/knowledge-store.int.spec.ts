import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KnowledgeScope } from '../scope.js';
import { aChunk, knowledgeKit, type KnowledgeKit } from '../testing/knowledge-kit.js';

let kit: KnowledgeKit;
let shop: KnowledgeScope;
let faq: string;
beforeAll(async () => {
  kit = await knowledgeKit();
});
afterAll(() => kit.close());
beforeEach(() => {
  shop = { workspaceId: `acme-${randomUUID().slice(0, 8)}`, botId: 'shop' };
  faq = randomUUID();
});

const RETURNS = 'Returns are free within thirty days of delivery.';
const SHIPPING = 'Parcels leave our warehouse every morning.';
const WARRANTY = 'The warranty covers repairs for two years.';

describe('a source that is taken in again', () => {
  it('keeps the ids of what did not change, and loses what is gone', async () => {
    expect(await kit.takeIn(shop, faq, [RETURNS, SHIPPING])).toEqual({ version: 1, added: 2, kept: 0, removed: 0 });
    const [before] = (await kit.retriever.search(shop, { text: 'are returns free' })).passages;

    expect(await kit.takeIn(shop, faq, [WARRANTY, RETURNS])).toEqual({ version: 2, added: 1, kept: 1, removed: 1 });
    const [after] = (await kit.retriever.search(shop, { text: 'are returns free' })).passages;
    expect(after?.chunkId).toBe(before?.chunkId);
    expect([before?.sourceVersion, after?.sourceVersion]).toEqual([1, 2]);
    expect(await kit.find(shop, 'when do parcels leave the warehouse')).not.toContain(SHIPPING);
    expect(await kit.find(shop, 'what does the warranty cover')).toContain(WARRANTY);
  });

  it('does not rise in version when nothing changed', async () => {
    await kit.takeIn(shop, faq, [RETURNS, SHIPPING]);
    expect(await kit.takeIn(shop, faq, [SHIPPING, RETURNS, RETURNS])).toEqual({ version: 1, added: 0, kept: 2, removed: 0 });
  });

  it('asks for the vectors of new chunks only', async () => {
    await kit.takeIn(shop, faq, [RETURNS]);
    expect(await kit.store.chunksToEmbed(shop, faq, [aChunk(RETURNS), aChunk(WARRANTY)], kit.embedder.id)).toEqual([1]);
    expect(await kit.store.chunksToEmbed(shop, faq, [aChunk(RETURNS), aChunk(WARRANTY)], 'another-model')).toEqual([0, 1]);
  });

  it('leaves no rows of what is gone', async () => {
    await kit.takeIn(shop, faq, [RETURNS, SHIPPING]);
    await kit.takeIn(shop, faq, [WARRANTY]);
    await kit.store.removeSource(shop, faq);
    const left = await kit.dataSource.query(
      `SELECT (SELECT count(*)::int FROM editions WHERE scope = scopes.no) AS editions, (SELECT count(*)::int FROM lexemes WHERE scope = scopes.no) AS lexemes
       FROM scopes WHERE workspace_id = $1`,
      [shop.workspaceId],
    );
    expect(left).toEqual([{ editions: 0, lexemes: 0 }]);
  });

  it('may be written by two at once: one of them is told', async () => {
    await kit.takeIn(shop, faq, [RETURNS]);
    const outcomes = await Promise.allSettled([kit.takeIn(shop, faq, [SHIPPING]), kit.takeIn(shop, faq, [WARRANTY])]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => (reason as { code: string }).code);
    expect(refused.every((code) => code === 'replaced-meanwhile')).toBe(true);
    const [source] = await kit.store.listSources(shop);
    expect(source?.chunks).toBe(1);
  });
});

describe('a source that is switched off or taken away', () => {
  it('is not found by the very next search, and comes back when switched on', async () => {
    await kit.takeIn(shop, faq, [RETURNS]);
    expect(await kit.store.setEnabled(shop, faq, false)).toBe(true);
    expect(await kit.find(shop, 'are returns free')).toEqual([]);
    await kit.store.setEnabled(shop, faq, true);
    expect(await kit.find(shop, 'are returns free')).toEqual([RETURNS]);
  });

  it('may not be cited any more', async () => {
    await kit.takeIn(shop, faq, [RETURNS, SHIPPING]);
    const { passages } = await kit.retriever.search(shop, { text: 'returns' });
    const used = passages.map(({ chunkId, sourceVersion }) => ({ chunkId, sourceVersion }));
    expect((await kit.store.stillLive(shop, used)).size).toBe(2);
    await kit.takeIn(shop, faq, [RETURNS]);
    expect((await kit.store.stillLive(shop, used)).size).toBe(1);
    await kit.store.removeSource(shop, faq);
    expect((await kit.store.stillLive(shop, used)).size).toBe(0);
    expect(await kit.find(shop, 'are returns free')).toEqual([]);
  });

  it('is known to its own bot only', async () => {
    await kit.takeIn(shop, faq, [RETURNS]);
    const stranger = { workspaceId: shop.workspaceId, botId: 'other' };
    expect(await kit.store.removeSource(stranger, faq)).toBe(false);
    expect(await kit.store.setEnabled(stranger, faq, false)).toBe(false);
    await expect(kit.store.replaceChunks(stranger, faq, [])).rejects.toMatchObject({ code: 'source-unknown' });
    expect(await kit.find(shop, 'are returns free')).toEqual([RETURNS]);
  });
});

describe('sources and models', () => {
  it('are listed with their chunks and those without a vector', async () => {
    await kit.takeIn(shop, faq, [RETURNS, SHIPPING]);
    await kit.store.putSource(shop, { sourceId: faq, title: 'Help', url: 'https://shop.example/help' });
    const listed = { sourceId: faq, title: 'Help', url: 'https://shop.example/help', enabled: true, version: 1, chunks: 2 };
    expect(await kit.store.listSources(shop, kit.embedder.id)).toEqual([{ ...listed, withoutVector: 0 }]);
    expect(await kit.store.listSources(shop, 'another-model')).toEqual([{ ...listed, withoutVector: 2 }]);
  });

  it('refuse vectors of a wrong length', async () => {
    await kit.takeIn(shop, faq, [RETURNS]);
    const vectors = { model: { id: kit.embedder.id, dimensions: 64 }, of: [new Float32Array(3)] };
    await expect(kit.store.replaceChunks(shop, faq, [aChunk(SHIPPING)], vectors)).rejects.toMatchObject({ code: 'vector-dimensions' });
  });
});
