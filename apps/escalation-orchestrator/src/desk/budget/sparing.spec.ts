import { describe, expect, it } from '@jest/globals';
import type { Effect, EffectKind, EffectOutcome } from '@baton/effects';
import type { DeskParts } from '../effects/desk-parts.js';
import { sparing } from './sparing.js';
import type { Purpose, WhyNot } from './what-may-be-spent.js';

const TOO_MUCH: EffectOutcome = { retry: { reason: 'crisp.rate-limited', didNotHappen: true } };
const AWAY: EffectOutcome = { retry: { reason: 'crisp.unreachable' } };

async function doing(purpose: Purpose, given: { whyNot?: WhyNot; outcome?: EffectOutcome; payload?: object }) {
  const dropped: string[] = [];
  const spending = { whyNot: () => given.whyNot, leftOut: (reason: string) => dropped.push(reason) };
  const kind: EffectKind = { perform: async () => given.outcome ?? { done: null }, findOut: async () => 'did-not-happen' };
  const spared = sparing({ spending } as unknown as DeskParts, purpose, kind);
  expect(spared.findOut).toBe(kind.findOut);
  const effect = { payload: { websiteId: 'w', botId: 'b', ...given.payload } } as unknown as Effect;
  return { outcome: await spared.perform(effect, new AbortController().signal), dropped };
}

describe('work that can be missed', () => {
  it.each<[what: string, purpose: Purpose, given: Parameters<typeof doing>[1], outcome: EffectOutcome, dropped: string[]]>([
    ['is done while there are calls for it', 'notes', {}, { done: null }, []],
    ['is left out when they are needed for words', 'notes', { whyNot: 'quota' }, { refused: 'desk.quota-near' }, []],
    ['is counted when it was a sign', 'marks', { whyNot: 'crisp-refuses' }, { refused: 'desk.crisp-refuses' }, ['crisp-refuses']],
    ['is done all the same when agents act on it', 'notes', { whyNot: 'quota', payload: { mustArrive: true } }, { done: null }, []],
    ['is done all the same when Crisp would mail a copy', 'marks', { whyNot: 'quota', payload: { mustArrive: true } }, { done: null }, []],
    ['waits like words when Crisp is away', 'marks', { outcome: AWAY }, AWAY, []],
    ['never makes words wait because there was too much of it', 'marks', { outcome: TOO_MUCH }, { refused: 'desk.crisp-refuses' }, []],
    ['but a note is tried again', 'notes', { outcome: TOO_MUCH }, TOO_MUCH, []],
  ])('%s', async (_what, purpose, given, outcome, dropped) => expect(await doing(purpose, given)).toEqual({ outcome, dropped }));
});
