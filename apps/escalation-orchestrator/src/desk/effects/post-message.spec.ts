import { describe, expect, it } from '@jest/globals';
import type { EntityManager } from 'typeorm';
import type { Effect, EffectEnd } from '@baton/effects';
import type { DeskParts } from './desk-parts.js';
import { visitorWordsKind } from './post-message.js';

const SAID_AT = 1_000_000;

/** What is counted and judged when the effect of a word ends, 4 s after it was said. */
async function ended(end: EffectEnd, part = 0) {
  const seen: unknown[] = [];
  const parts = {
    judge: {
      judgeWithin: async (_: unknown, [one]: { matter: { fact: { kind: string } } }[]) => {
        seen.push(one!.matter.fact.kind);
        return { afterCommit: () => seen.push('told') };
      },
    },
    wordPosted: (tookMs: number) => seen.push(tookMs),
    wordGivenUp: () => seen.push('given up'),
    now: () => SAID_AT + 4_000,
  } as unknown as DeskParts;
  const payload = { conversationId: 'c', handoverId: 'h', messageId: 'm', at: SAID_AT, text: 'Hello', part };
  const afterCommit = await visitorWordsKind(parts).settled!({} as EntityManager, { id: 'e', payload } as unknown as Effect, end);
  const before = [...seen];
  afterCommit?.();
  return { before, after: seen.slice(before.length) };
}

describe('the end of a visitor’s word on its way to Crisp', () => {
  it.each<[what: string, end: EffectEnd, part: number, before: unknown[], after: unknown[]]>([
    ['in Crisp: how long it took is counted', { done: null }, 0, [], [4_000]],
    ['a later part of it in Crisp: it was counted by its first', { done: null }, 1, [], []],
    [
      'refused by Crisp: it is judged, and counted as one that never came',
      { refused: 'crisp.refused' },
      0,
      ['word-refused'],
      ['told', 'given up'],
    ],
    ['too old after a day: the same', { refused: 'effect.deadline' }, 0, ['word-refused'], ['told', 'given up']],
    [
      'its session was removed: whoever has the floor is told it, and none is late',
      { refused: 'crisp.not-found' },
      0,
      ['word-refused'],
      ['told'],
    ],
  ])('%s', async (_what, end, part, before, after) => expect(await ended(end, part)).toEqual({ before, after }));
});
