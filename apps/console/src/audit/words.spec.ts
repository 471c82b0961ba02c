import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '@baton/control-api';
import { deedWords, detailWords, historyOf } from './words.js';

const entry = (of: Partial<AuditEntry>): AuditEntry => ({
  entryId: 'e',
  at: '2026-01-05T10:00:00.000Z',
  workspaceId: 'acme',
  author: { kind: 'person', id: 'p', name: 'Anna' },
  action: 'bot.changed',
  target: { kind: 'bot', id: 'demo', name: 'Demo' },
  details: {},
  address: null,
  ...of,
});

describe('an entry of the audit log in words', () => {
  it.each([
    [entry({}), 'Anna changed the bot Demo'],
    [entry({ action: 'bot.rolled-back' }), 'Anna went back with the bot Demo'],
    [entry({ action: 'api-key.revoked', target: { kind: 'api-key', id: 'k', name: 'CI' } }), 'Anna revoked the api key CI'],
    [entry({ action: 'thing.done-somehow', target: { kind: 'thing', id: '7' } }), 'Anna done somehow the thing 7'],
  ])('says who did what to what', (of, words) => {
    expect(deedWords(of)).toBe(words);
  });

  it.each([
    [{ version: 3, paths: ['name', 'handover.hours'] }, 'Name, Handover › Hours'],
    [{ version: 4, restored: 1, paths: [] }, 'to version 1'],
    [{ role: 'editor', reason: '', endsAt: null }, 'Role: editor'],
    [{}, ''],
  ])('says more where there is more', (details, words) => {
    expect(detailWords(entry({ details }))).toBe(words);
  });

  it('leads to the version that it made', () => {
    expect(historyOf(entry({ details: { version: 3 } }))).toBe('/acme/bots/demo/history?version=3');
    expect(historyOf(entry({ action: 'member.invited', target: { kind: 'member', id: 'p' } }))).toBeUndefined();
  });
});
