import { describe, expect, it } from '@jest/globals';
import type { Conversation, HandoverFacts, Timeline, TimelineEntry } from '@baton/control-api';
import { episodesOf, timesOf } from './episodes.js';
import { floorPicture } from './floor-picture.js';
import { follow, withOlder } from './follow.js';
import { lasting } from './lasting.js';

const at = (second: number) => new Date(Date.UTC(2026, 0, 5, 10, 0, second)).toISOString();
const entry = (id: string, second: number, title = id): TimelineEntry => ({
  ...{
    id,
    at: at(second),
    lane: 'baton',
    group: 'decisions',
    title,
    why: null,
    text: null,
    who: null,
    tone: 'plain',
    pending: false,
    marks: [],
  },
  ...{ details: [], floor: null, handoverId: null, cause: null, traceId: null, settings: null, answer: null },
});
const handover = (number: number, from: number, to: number | null): HandoverFacts => ({
  ...{ id: `h${number}`, number, cause: '', category: null, agent: null, takenAt: null, outcome: null, end: null },
  ...{ requestedAt: at(from), acceptedAt: at(from + 1), connectedAt: null, endedAt: to === null ? null : at(to) },
});
const told = (entries: TimelineEntry[], more: Partial<Timeline> = {}): Timeline => ({
  ...{ conversation: {} as Conversation, entries, gone: [], whole: true, cursor: 'c', older: null, missing: [] },
  ...more,
});
const ids = (entries: readonly TimelineEntry[]) => entries.map(({ id }) => id).join(' ');

describe('a timeline that is followed', () => {
  const first = follow(undefined, told([entry('a', 1), entry('b', 3)], { older: '5' }));

  it('takes in what is new and what changed, each once and in its place', () => {
    const next = follow(first, told([entry('c', 2), entry('b', 3, 'changed'), entry('d', 4)], { whole: false }));
    expect([ids(next.entries), next.entries[2]?.title, [...next.arrived]]).toEqual(['a c b d', 'changed', ['c', 'd']]);
    expect(next.older).toBe('5');
  });

  it('lets go of what is gone', () => {
    expect(ids(follow(first, told([], { whole: false, gone: ['a'] })).entries)).toBe('b');
  });

  it('keeps what was read from before the part that is told whole', () => {
    const longer = withOlder(first, told([entry('z', 0)], { older: null }));
    expect([ids(longer.entries), longer.older]).toEqual(['z a b', null]);
    expect(ids(follow(longer, told([entry('b', 3), entry('e', 5)])).entries)).toBe('z a b e');
  });
});

describe('episodes', () => {
  it('are the stretches of a conversation in order; what happened within a handover is of it', () => {
    const entries = [0, 1, 2, 3, 4, 5, 6].map((second) => entry(`e${second}`, second));
    const episodes = episodesOf(entries, [handover(1, 2, 3), handover(2, 5, null)]);
    expect(episodes.map((one) => [one.handover?.number ?? null, ids(one.entries)])).toEqual([
      [null, 'e0 e1'],
      [1, 'e2 e3'],
      [null, 'e4'],
      [2, 'e5 e6'],
    ]);
  });

  it('tell how long the visitor waited', () => {
    expect(timesOf(handover(1, 2, 62))).toEqual({ accepted: 1_000, firstWord: null, lasted: 60_000 });
  });
});

it('the picture of who had the conversation fills the width, and shows the short stretch beside the long one', () => {
  const floors = [
    { standing: 'bot' as const, from: '2026-01-01T00:00:00.000Z', to: at(0) },
    { standing: 'escalating' as const, from: at(0), to: at(1) },
    { standing: 'waiting' as const, from: at(1), to: null },
  ];
  const picture = floorPicture(floors, new Date(at(61)));
  expect(picture.map(({ lasts }) => lasts).slice(1)).toEqual([1_000, 60_000]);
  expect(picture.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100);
  expect(Math.min(...picture.map(({ share }) => share))).toBeGreaterThan(2);
});

it.each([
  [0, '0.0 s'],
  [469, '0.5 s'],
  [12_300, '12 s'],
  [185_000, '3 min 5 s'],
  [3_600_000, '1 h'],
  [187_200_000, '2 d 4 h'],
])('%i ms is %s', (ms, words) => {
  expect(lasting(ms)).toBe(words);
});
