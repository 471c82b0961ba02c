import { describe, expect, it } from '@jest/globals';
import { readRetentionArguments } from './retention-arguments.js';

const URL = 'postgres://baton:secret@db/baton';
const ENV = { DATABASE_URL: URL };

describe('what is asked for', () => {
  it.each<[string, Record<string, string>, unknown]>([
    ['', ENV, { databases: [URL], without: [], json: false }],
    [
      '--json -d postgres://a/b --database postgres://c/d',
      ENV,
      { databases: ['postgres://a/b', 'postgres://c/d'], without: [], json: true },
    ],
    ['-d postgres://a/b -d postgres://a/b', {}, { databases: ['postgres://a/b'], without: [], json: false }],
    ['--without ai-auto-reply', ENV, { databases: [URL], without: ['ai_auto_reply'], json: false }],
    ['--help', {}, 'help'],
    ['', {}, { wrong: 'Say where to look: --database URL, or DATABASE_URL.' }],
    ['', { DATABASE_URL: '' }, { wrong: 'Say where to look: --database URL, or DATABASE_URL.' }],
    ['--without dispatcher', ENV, { wrong: expect.stringContaining('"dispatcher" is no service') }],
    ['now', ENV, { wrong: expect.stringContaining("'now'") }],
  ])('by "%s" with %j', (words, env, expected) => {
    expect(readRetentionArguments(words.split(' ').filter(Boolean), env)).toEqual(expected);
  });

  it('with a wrong address is told without it', () => {
    expect(readRetentionArguments(['-d', 'secret@host'], {})).toEqual({ wrong: expect.not.stringContaining('secret') });
  });
});
