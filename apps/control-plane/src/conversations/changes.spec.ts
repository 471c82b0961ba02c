import { describe, expect, it } from '@jest/globals';
import type { TimelineEntry } from '@baton/control-api';
import { TellChanges } from './changes.js';
import { entry } from './entry.js';
import { finished } from './settings-in-force.js';

const an = (id: string, title = id): TimelineEntry => finished(entry({ id, at: 0, lane: 'baton', group: 'messages', title }), []);
const all = (ids: string) => [...ids].map((id) => an(id));

const told = new TellChanges();

describe('who follows a conversation', () => {
  it('is told all of it first, then only what is new or changed', () => {
    const tell = new TellChanges();
    const first = tell.since(undefined, 'one', all('ab'));
    expect([first.whole, first.entries.length]).toEqual([true, 2]);
    const nothing = tell.since(first.cursor, 'one', all('ab'));
    expect(nothing).toEqual({ entries: [], gone: [], whole: false, cursor: first.cursor });
    const news = tell.since(nothing.cursor, 'one', [an('a', 'now seen'), an('b'), an('c')]);
    expect(news.entries.map(({ title }) => title)).toEqual(['now seen', 'c']);
  });

  it('is told what is there no more, but not of what newer entries pushed out', () => {
    const tell = new TellChanges();
    const { cursor } = tell.since(undefined, 'one', all('abcd'));
    expect(tell.since(cursor, 'one', all('bde')).gone).toEqual(['c']);
  });

  it.each<[string, (cursor: string) => [TellChanges, string, string]]>([
    ['another replica told him before', (cursor) => [new TellChanges(), cursor, 'one']],
    ['his cursor is of another conversation', (cursor) => [told, cursor, 'two']],
    ['his cursor is nonsense', () => [told, 'nonsense', 'one']],
  ])('is told all of it again when %s', (_, how) => {
    const { cursor } = told.since(undefined, 'one', all('ab'));
    const [tell, after, conversation] = how(cursor);
    expect(tell.since(after, conversation, all('ab'))).toMatchObject({ whole: true, gone: [] });
  });
});
