import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entry } from './entry.js';
import type { Draft } from './entry.js';
import { merge } from './merge.js';
import type { Part } from './merge.js';

const GROUPS = ['messages', 'decisions', 'answers', 'promises', 'effects', 'deliveries'] as const;
const an = (id: string, at: number, more: Partial<Draft> = {}): Draft =>
  entry({ id, at, lane: 'baton', group: 'decisions', title: id, ...more });
const idsOf = (parts: readonly Part[]) =>
  merge(parts)
    .entries.map(({ id }) => id)
    .join(' ');
const whole = (...entries: Draft[]): Part => ({ entries, from: null });

/** Entries of a few moments, each perhaps brought about by any other, even in a circle, as no service should tell it. */
const drafts = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 5 }),
      cause: fc.option(fc.integer({ min: 0, max: 14 }), { nil: null }),
      group: fc.constantFrom(...GROUPS),
      order: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 15 },
  )
  .map((all) => all.map(({ cause, ...one }, n) => an(`e${n}`, one.at, { ...one, cause: cause === null ? null : `e${cause}` })));

/** The same without circles: a cause was told before. */
const causal = drafts.map((all) =>
  all.map((one, n) => (one.cause !== null && Number(one.cause.slice(1)) >= n ? { ...one, cause: null } : one)),
);

describe('one timeline out of several', () => {
  it('is in order of time; of one time what was said comes first, then what was decided, then what was made of it', () => {
    const parts = [
      whole(an('delivered', 1, { group: 'deliveries' }), an('called', 1, { group: 'effects' })),
      whole(an('decided', 1), an('said', 1, { group: 'messages' }), an('before', 0, { group: 'deliveries' })),
    ];
    expect(idsOf(parts)).toBe('before said decided called delivered');
  });

  it('never shows an entry before what brought it about, though another machine’s clock says so', () => {
    const parts = [whole(an('answer', 5, { cause: 'decided' })), whole(an('decided', 7, { cause: 'word' })), whole(an('word', 8))];
    expect(idsOf(parts)).toBe('word decided answer');
  });

  it('shows nothing from where one of the sources has a gap', () => {
    const merged = merge([{ entries: [an('b', 5), an('c', 9)], from: 5 }, whole(an('a', 1), an('d', 6))]);
    expect([merged.entries.map(({ id }) => id), merged.from]).toEqual([['b', 'd', 'c'], 5]);
  });

  it('is the same in whatever order and however often sources tell it', () => {
    fc.assert(
      fc.property(
        drafts.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }), fc.nat(10))),
        ([all, shuffled, cut]) => {
          expect(idsOf([whole(...shuffled.slice(0, cut)), whole(...shuffled.slice(cut))])).toBe(idsOf([whole(...all)]));
        },
      ),
    );
  });

  it('holds each entry once and loses none', () => {
    fc.assert(
      fc.property(drafts, (all) => {
        expect(
          merge([whole(...all), whole(...all)])
            .entries.map(({ id }) => id)
            .sort(),
        ).toEqual(all.map(({ id }) => id).sort());
      }),
    );
  });

  it('puts every cause before what it brought about', () => {
    fc.assert(
      fc.property(causal, (all) => {
        const places = new Map(merge([whole(...all)]).entries.map(({ id }, place) => [id, place]));
        for (const { id, cause } of all) if (cause !== null) expect(places.get(cause)!).toBeLessThan(places.get(id)!);
      }),
    );
  });
});
