import { describe, expect, it } from '@jest/globals';
import { readReplayArguments } from './replay-arguments.js';

const NOW = Date.parse('2026-01-05T10:00:00.000Z');
const ID = '7e2d5a15-4bb0-53c1-8b19-08a0f54c4f0b';
const read = (...args: string[]) => readReplayArguments(args, NOW);

describe('baton replay', () => {
  it.each([
    ['one conversation', ['--conversation', ID], { conversation: ID, from: undefined, limit: 100_000, allowUnsure: 0 }],
    ['a time until now', ['--from', '24h'], { from: NOW - 86_400_000, to: undefined }],
    ['minutes and days', ['--from', '7d', '--to', '90m'], { from: NOW - 7 * 86_400_000, to: NOW - 5_400_000 }],
    ['a day of one bot', ['--from', '2026-01-04T00:00:00Z', '--to', '2026-01-05', '--bot', 'demo'], { bot: 'demo', to: NOW - 36_000_000 }],
    ['what may be left', ['--from', '1h', '--allow-unsure', '7'], { allowUnsure: 7 }],
    [
      'other settings',
      ['--from', '1h', '--set', 'handover.timers.silenceSeconds=60', '--set', 'botName=Rita'],
      { set: { 'handover.timers.silenceSeconds': 60, botName: 'Rita' } },
    ],
  ])('is asked for %s', (_, args, expected) => expect(read(...args)).toMatchObject(expected));

  it.each([
    ['nothing to judge', [], 'Say what to judge again: --conversation ID, or --from TIME.'],
    ['no ID', ['--conversation', 'ada'], '"ada" is no ID of a conversation.'],
    ['no time', ['--from', 'yesterday'], '"yesterday" is no time.'],
    ['an end before its beginning', ['--from', '1h', '--to', '2h'], '--from must be before --to.'],
    ['a value without a path', ['--from', '1h', '--set', '60'], '--set 60: say PATH=JSON.'],
    ['half a fact that may be left', ['--from', '1h', '--allow-unsure', '0.5'], '--allow-unsure must be a whole number from 0.'],
    ['no limit at all', ['--from', '1h', '--limit', '0'], '--limit must be a whole number from 1.'],
  ])('says what is wrong with %s', (_, args, wrong) => expect(read(...args)).toEqual({ wrong }));

  it('has help', () => expect(read('--help')).toBe('help'));
});
