import { describe, expect, it } from '@jest/globals';
import type { ShownKillSwitch } from '@baton/control-api';
import { bannerOf, endOf, LASTING, whatWillHappen } from './words.js';

const on = (scope: ShownKillSwitch['scope'], id: string): ShownKillSwitch => ({
  ...{ scope, id, since: '2026-03-01T10:00:00.000Z', by: 'Ada', reason: 'wrong prices', endsAt: null },
});
const nameOf = (botId: string) => (botId === 'demo' ? 'Robin' : undefined);

describe('the banner', () => {
  it.each<[string, ShownKillSwitch[], string | undefined]>([
    ['is not there while nothing is off', [], undefined],
    ['names the bot', [on('bot', 'demo')], 'The bot Robin is switched off: it is silent, and people answer.'],
    ['counts several', [on('bot', 'demo'), on('bot', 'b')], '2 kill switches are on: bots and AI are silent there, and people answer.'],
    [
      'says the widest first',
      [on('bot', 'demo'), on('workspace', 'acme')],
      'Everything in this workspace is switched off: bots and AI are silent, and people answer.',
    ],
    [
      'knows of the installation',
      [on('installation', 'all')],
      'Everything, in all workspaces is switched off: bots and AI are silent, and people answer.',
    ],
  ])('%s', (_, switches, said) => expect(bannerOf(switches, nameOf)).toBe(said));
});

it('what is chosen has an end, but for the first choice', () => {
  expect(LASTING.map(({ value }) => endOf(value, 0))).toEqual([
    undefined,
    '1970-01-01T01:00:00.000Z',
    '1970-01-01T04:00:00.000Z',
    '1970-01-02T00:00:00.000Z',
  ]);
});

it('a conversation’s switch is said to end by itself', () => {
  expect(whatWillHappen('conversation').join(' ')).toContain('seven days');
  expect(whatWillHappen('bot').join(' ')).not.toContain('seven days');
});
