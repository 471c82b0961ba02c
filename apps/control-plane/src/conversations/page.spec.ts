import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConversationEntry } from '@baton/control-api';
import { mergePages, readPlace } from './page.js';

const NOTHING = { waitingSince: null, mutedUntil: null, present: null, agent: null, category: null, handovers: 0 };
const one = (id: string, at: number): ConversationEntry => ({
  ...{ id, kind: 'channel', botId: 'demo', channel: 'webchat', standing: 'bot', visitor: { name: null, email: null }, ...NOTHING },
  startedAt: new Date(0).toISOString(),
  lastActivityAt: new Date(at).toISOString(),
});

/** As a service does it: those behind a place, newest first. */
function readFrom(all: readonly ConversationEntry[], place: string | null, count: number): ConversationEntry[] {
  const behind = place === null ? undefined : readPlace(place)!;
  const timeOf = (entry: ConversationEntry) => Date.parse(entry.lastActivityAt);
  return all
    .filter((entry) => !behind || timeOf(entry) < behind.at || (timeOf(entry) === behind.at && entry.id < behind.id))
    .sort((a, b) => timeOf(b) - timeOf(a) || (a.id < b.id ? 1 : -1))
    .slice(0, count);
}

describe('pages of several lists', () => {
  it('show each conversation once, newest first, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,4}$/), fc.integer({ min: 0, max: 3 }), fc.boolean()), {
          selector: ([id]) => id,
        }),
        fc.integer({ min: 1, max: 4 }),
        (rows, limit) => {
          const lists = [true, false].map((mine) => rows.filter(([, , isMine]) => isMine === mine).map(([id, at]) => one(id, at)));
          const shown: string[] = [];
          let place: string | null = null;
          do {
            const { items, next } = mergePages(
              lists.map((list) => readFrom(list, place, limit + 1)),
              limit,
            );
            shown.push(...items.map(({ id }) => id));
            place = next;
          } while (place !== null);
          const expected = readFrom(lists.flat(), null, rows.length).map(({ id }) => id);
          expect(shown).toEqual(expected);
        },
      ),
    );
  });

  it.each(['', 'x', '12', '12.', '12.a b', `${'9'.repeat(16)}.a`])('have no place %j', (text) => {
    expect(readPlace(text)).toBeUndefined();
  });
});
