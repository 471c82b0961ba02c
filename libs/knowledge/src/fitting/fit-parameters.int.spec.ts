import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { KnowledgeScope } from '../scope.js';
import { knowledgeKit, type KnowledgeKit } from '../testing/knowledge-kit.js';
import { fitParameters } from './fit-parameters.js';

let kit: KnowledgeKit;
let scope: KnowledgeScope;
beforeAll(async () => {
  kit = await knowledgeKit();
});
afterAll(() => kit.close());
beforeEach(() => {
  scope = { workspaceId: `acme-${randomUUID().slice(0, 8)}`, botId: 'shop' };
});

const THINGS = ['lamp', 'chair', 'table', 'sofa', 'shelf', 'carpet', 'mirror', 'clock', 'vase', 'pillow', 'curtain', 'candle'];
const pairs = (count: number) =>
  Array.from({ length: count }, (_, index) => {
    const thing = `${THINGS[index % THINGS.length]} ${String.fromCharCode(97 + Math.floor(index / THINGS.length))}x`;
    return { question: `What does the ${thing} cost?`, text: `You pay ${index} euros for the ${thing}.` };
  });

describe('a knowledge base with enough pairs', () => {
  it('is fitted, and searches use what was found', async () => {
    const faq = randomUUID();
    await kit.takeIn(scope, faq, pairs(24));
    const fit = await fitParameters(scope, kit);
    expect(fit).toMatchObject({ pairs: 24 });
    expect(await kit.retriever.search(scope, { text: 'what is the price of the lamp ax' })).toMatchObject({
      fitted: true,
      threshold: fit?.threshold,
    });

    await kit.takeIn(scope, faq, pairs(3));
    expect(await fitParameters(scope, kit)).toBeUndefined();
    expect(await kit.retriever.search(scope, { text: 'lamp' })).toMatchObject({ fitted: false });
  });

  it('is found by its answers: a question does not find itself', async () => {
    const found = pairs(24).map((pair) => ({ ...pair, text: 'Ask us.' }));
    await kit.takeIn(scope, randomUUID(), found);
    const fit = await fitParameters(scope, kit);
    expect(fit?.gainByDefault).toBeLessThan(0.5);
  });
});
