import { describe, expect, it } from '@jest/globals';
import { hasEnded, switched, whyNot } from './rules.js';
import type { Wanted } from './rules.js';

const NOW = new Date('2026-03-01T10:00:00.000Z');
const WEBSITE = '11111111-2222-4333-8444-555555555555';
const CONVERSATION = '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10';
const there = { botIds: ['demo'], websiteIds: [WEBSITE] };
const wanted = (change: Partial<Wanted>): Wanted => ({ scope: 'bot', id: 'demo', workspaceId: 'acme', reason: 'wrong prices', ...change });

describe('a kill switch', () => {
  it.each<[string, Partial<Wanted>, RegExp | undefined]>([
    ['for a bot of the workspace', {}, undefined],
    ['for a bot of somebody else', { id: 'other' }, /no bot/],
    ['for a website that it is connected to', { scope: 'website', id: WEBSITE }, undefined],
    ['for another website', { scope: 'website', id: CONVERSATION }, /connected to this website/],
    ['for the workspace', { scope: 'workspace', id: 'acme' }, undefined],
    ['for another workspace', { scope: 'workspace', id: 'other' }, /own/],
    ['for a conversation', { scope: 'conversation', id: CONVERSATION }, undefined],
    ['for a session of Crisp', { scope: 'conversation', id: `session_${CONVERSATION}` }, undefined],
    ['for something that is no conversation', { scope: 'conversation', id: 'all of them' }, /id/],
    ['until yesterday', { endsAt: '2026-02-28T10:00:00.000Z' }, /future/],
  ])('%s', (_, change, why) => {
    const told = whyNot(wanted(change), there, NOW);
    if (why === undefined) expect(told).toBeUndefined();
    else expect(told).toMatch(why);
  });

  it('of a bot stays until somebody ends it, that of a conversation a week at most', () => {
    expect(switched(wanted({}), undefined, 'Ada', NOW)).not.toHaveProperty('endsAt');
    const conversation = wanted({ scope: 'conversation', id: CONVERSATION });
    expect(switched(conversation, undefined, 'Ada', NOW).endsAt).toBe('2026-03-08T10:00:00.000Z');
    expect(switched({ ...conversation, endsAt: '2027-01-01T00:00:00.000Z' }, undefined, 'Ada', NOW).endsAt).toBe(
      '2026-03-08T10:00:00.000Z',
    );
    expect(switched({ ...conversation, endsAt: '2026-03-02T00:00:00.000Z' }, undefined, 'Ada', NOW).endsAt).toBe(
      '2026-03-02T00:00:00.000Z',
    );
  });

  it('that is on already keeps its beginning, and one that has ended begins anew', () => {
    const first = switched(wanted({ endsAt: '2026-03-01T11:00:00.000Z' }), undefined, 'Ada', NOW);
    const later = new Date('2026-03-01T10:30:00.000Z');
    expect(switched(wanted({ reason: 'still wrong' }), first, 'Ben', later)).toEqual({
      ...{ scope: 'bot', id: 'demo', workspaceId: 'acme', reason: 'still wrong' },
      ...{ since: NOW.toISOString(), by: 'Ben' },
    });
    const afterwards = new Date('2026-03-01T11:00:00.000Z');
    expect(hasEnded(first, afterwards)).toBe(true);
    expect(switched(wanted({}), first, 'Ben', afterwards).since).toBe(afterwards.toISOString());
  });
});
