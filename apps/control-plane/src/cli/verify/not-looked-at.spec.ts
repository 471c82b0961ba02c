import { describe, expect, it } from '@jest/globals';
import { notLookedAt } from './not-looked-at.js';
import type { Installed, Seen } from './not-looked-at.js';

const ALL = ['orchestrator', 'dispatcher', 'ai_auto_reply', 'control_plane', 'knowledge'];
const INSTALLED: Installed = { without: [], knowledgeSchema: 'knowledge' };
const seen = (schemas: readonly string[], unreadable: readonly string[] = [], place = 'pg/baton'): Seen => ({ place, schemas, unreadable });

describe('what a search did not look at', () => {
  it.each<[string, Seen[], Installed]>([
    ['all in one database', [seen(ALL)], INSTALLED],
    ['each in its own', ALL.map((schema) => seen([schema], [], schema)), INSTALLED],
    ['others’ tables are others’ matter', [seen(ALL, ['billing.invoices'])], INSTALLED],
    ['no AI', [seen(ALL.slice(0, 2).concat('control_plane'))], { ...INSTALLED, without: ['ai_auto_reply'] }],
    ['knowledge under another name', [seen([...ALL.slice(0, 4), 'known'])], { ...INSTALLED, knowledgeSchema: 'known' }],
  ])('is nothing: %s', (_what, databases, installed) => {
    expect(notLookedAt(databases, [], installed)).toEqual([]);
  });

  it.each<[string, Seen[], string[], Installed, RegExp[]]>([
    ['a closed table', [seen(ALL, ['dispatcher.lines'])], [], INSTALLED, [/^pg\/baton dispatcher\.lines: this user may not read it/]],
    [
      'a schema of which every table is closed, told once',
      [seen(ALL.slice(1), ['orchestrator.effects'])],
      [],
      INSTALLED,
      [/^pg\/baton orchestrator\.effects/],
    ],
    [
      'a database that was not named',
      [seen(ALL.slice(0, 4), [], 'a/b'), seen([], [], 'c/d')],
      [],
      INSTALLED,
      [/^the schema knowledge of ai-auto-reply has no table in a\/b, c\/d; name its database/],
    ],
    ['the AI, half of it', [seen(ALL.slice(0, 2).concat('control_plane'))], [], INSTALLED, [/schema ai_auto_reply/, /schema knowledge/]],
    ['a topic', [seen(ALL)], ['baton.dead-letters.v1'], INSTALLED, [/^topic baton\.dead-letters\.v1: it is not there/]],
  ])('is named: %s', (_what, databases, topics, installed, told) => {
    expect(notLookedAt(databases, topics, installed)).toEqual(told.map((one) => expect.stringMatching(one)));
  });
});
