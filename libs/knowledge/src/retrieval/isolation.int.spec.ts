import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { KnowledgeScope } from '../scope.js';
import { knowledgeKit, type KnowledgeKit } from '../testing/knowledge-kit.js';

let kit: KnowledgeKit;
beforeAll(async () => {
  kit = await knowledgeKit();
});
afterAll(() => kit.close());

const WORDS = ['refund', 'parcel', 'invoice', 'password', 'garden', 'lamp', 'monday', 'price', 'repair', 'colour', 'Baton', 'AX-200'];
const text = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
const source = fc.record({
  texts: fc.uniqueArray(text, { minLength: 1, maxLength: 4 }),
  enabled: fc.boolean(),
  language: fc.constantFrom('en', 'de', 'xx'),
});
/** Two workspaces with bots of the same names, so that mixing up either is seen. */
const world = fc.record({
  sources: fc.array(fc.record({ workspace: fc.nat(1), bot: fc.nat(1), source }), { minLength: 2, maxLength: 6 }),
  questions: fc.array(text, { minLength: 1, maxLength: 3 }),
});

describe('what one bot knows', () => {
  it('is never found by another, nor does it change what the other finds', async () => {
    await fc.assert(
      fc.asyncProperty(world, async ({ sources, questions }) => {
        const run = randomUUID().slice(0, 8);
        const scopes = [0, 1].flatMap((workspace) => [0, 1].map((bot) => ({ workspaceId: `w${workspace}-${run}`, botId: `b${bot}` })));
        const scopeOf = ({ workspace, bot }: { workspace: number; bot: number }) => scopes[workspace * 2 + bot]!;
        const put = sources.map((given) => ({ ...given, id: String(randomUUID()), scope: scopeOf(given) }));
        for (const { scope, id, source } of put) await takeIn(scope, id, source);

        for (const scope of scopes) {
          const mine = put.filter((given) => given.scope === scope);
          const allowed = new Set(mine.filter(({ source }) => source.enabled).map(({ id }) => id));
          const alone = { workspaceId: `alone-${randomUUID()}`, botId: scope.botId };
          for (const { source } of mine) await takeIn(alone, String(randomUUID()), source);
          for (const question of questions) {
            const here = await kit.retriever.search(scope, { text: question, limit: 50 });
            expect(here.passages.filter(({ sourceId }) => !allowed.has(sourceId))).toEqual([]);
            // The rarity of words, lengths and vectors of the others must not shine through either.
            const there = await kit.retriever.search(alone, { text: question, limit: 50 });
            expect(scoresOf(here)).toEqual(scoresOf(there));
          }
        }
      }),
      { numRuns: 12 },
    );
  });
});

async function takeIn(
  scope: KnowledgeScope,
  id: string,
  { texts, enabled, language }: { texts: string[]; enabled: boolean; language: string },
) {
  await kit.takeIn(
    scope,
    id,
    texts.map((text) => ({ text, language })),
  );
  if (!enabled) await kit.store.setEnabled(scope, id, false);
}

function scoresOf({ passages, support }: Awaited<ReturnType<KnowledgeKit['retriever']['search']>>): unknown {
  const rounded = passages.map(({ text, scores }) => [text, scores.fused.toFixed(9), scores.lexical?.toFixed(6)].join('|')).sort();
  return { rounded, support: support.toFixed(9) };
}
