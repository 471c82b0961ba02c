import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AssistantSettingsSchema,
  BotSettingsSchema,
  CrispConnectionSchema,
  CrispPluginSettingsSchema,
  HandoverSettingsSchema,
  MessengerConnectionSchema,
  ModelConnectionSchema,
  WebchatSettingsSchema,
  WorkspaceSettingsSchema,
} from '@baton/contracts';
import { open } from '@baton/settings';
import { sentence } from './problem.js';
import { readSettings } from './read-settings.js';
import { toSettings } from './to-settings.js';

const directory = mkdtempSync(join(tmpdir(), 'settings-'));
const sources = { env: { CRISP_KEY: 'from-env' }, directory };

const wrong = (text: string) => {
  const read = readSettings(text, sources);
  return 'problems' in read ? read.problems.map((problem) => sentence('bots.yaml', problem)) : [];
};
const right = (text: string) => {
  const read = readSettings(text, sources);
  if ('problems' in read) throw new Error(JSON.stringify(read.problems));
  return read.settings;
};

const bot = (more: string) => `bots:\n  - botId: demo\n    workspaceId: acme\n    name: Demo\n${more}`;

const EXAMPLE = readFileSync(new URL('../../settings.example.yaml', import.meta.url), 'utf8');

describe('a settings file', () => {
  it('as it is shown in the example is right', () => {
    const example = right(EXAMPLE);
    expect([example.bots.length, example.crispPlugins.length]).toEqual([1, 1]);
  });

  it('has every setting there is in its example', () => {
    const { apiKeyHashes: _hashes, ...ofBot } = BotSettingsSchema.shape;
    const schemas: object[] = [ofBot, CrispConnectionSchema.shape, MessengerConnectionSchema.shape, CrispPluginSettingsSchema.shape];
    const ofAssistant: object[] = [AssistantSettingsSchema.shape, ModelConnectionSchema.shape, WorkspaceSettingsSchema.shape];
    const names = [...schemas, ...ofAssistant, WebchatSettingsSchema.shape, HandoverSettingsSchema.shape].flatMap((shape) =>
      Object.keys(shape),
    );
    expect(names.filter((name) => !new RegExp(`^[ #-]*${name}:`, 'm').test(EXAMPLE))).toEqual([]);
  });

  it('is refused with the line, the column and the field of everything that is wrong, from the top down', () => {
    const text = bot(
      [
        '    handover:',
        '      firstMessage: no link',
        '      timers: { silenceSeconds: soon }',
        '    crisp:',
        '      websiteId: 11111111-2222-4333-8444-555555555555',
        '      tokenKey: { value: k }',
        '  - botId: demo',
        '    workspaceId: Acme',
        'crispPlugins: none',
      ].join('\n'),
    );
    expect(wrong(text)).toEqual([
      'bots.yaml:6:21 bots[0].handover.firstMessage must contain {link}',
      'bots.yaml:7:33 bots[0].handover.timers.silenceSeconds must be of type number',
      'bots.yaml:9:7 bots[0].crisp.tokenId is missing',
      'bots.yaml:11:5 bots[1].name is missing',
      'bots.yaml:11:12 bots[1].botId is there already',
      'bots.yaml:12:18 bots[1].workspaceId must be 1 to 64 of a-z, 0-9, - and _',
      'bots.yaml:13:15 crispPlugins must be of type array',
    ]);
  });

  it('is refused when two bots speak on one page, of whatever workspaces', () => {
    const messenger = (pageId: string) =>
      `    messenger: { pageId: '${pageId}', appId: '1', pageToken: { value: t }, appSecrets: [{ value: s }], verifyToken: { value: v } }`;
    const second = (pageId: string) => `  - botId: other\n    workspaceId: else\n    name: Other\n${messenger(pageId)}`;
    expect(wrong(`${bot(messenger('4400'))}\n${second('4400')}`)).toEqual(['bots.yaml:9:26 bots[1].messenger.pageId is there already']);
    expect(right(`${bot(messenger('4400'))}\n${second('5500')}`).bots).toHaveLength(2);
  });

  it.each([
    [
      'a mistyped field',
      bot('    webchat: { allowedOrigins: [], greting: hi }'),
      'bots.yaml:5:36 bots[0].webchat.greting is not known here',
    ],
    ['a list that is not closed', 'bots: [', 'bots.yaml:1:8 is no YAML:'],
    ['nothing in it', '', 'bots.yaml:1:1 must be of type object'],
    [
      'a rich message without its text',
      bot('    handover:\n      noAgentMessage: { quick_replies: [] }'),
      'bots.yaml:6:23 bots[0].handover.noAgentMessage.text is missing',
    ],
    [
      'a message that is a number',
      bot('    handover:\n      noAgentMessage: 7'),
      'bots.yaml:6:23 bots[0].handover.noAgentMessage has none of the forms',
    ],
    [
      'an unset variable',
      bot('    apiKeys: [{ env: NOPE }]'),
      'bots.yaml:5:15 bots[0].apiKeys[0] must name a variable that is set; NOPE is not',
    ],
    [
      'a file that is not there',
      bot('    apiKeys: [{ file: nope }]'),
      'bots.yaml:5:15 bots[0].apiKeys[0] must name a file that can be read (ENOENT)',
    ],
    [
      'a secret said twice',
      bot('    apiKeys: [{ env: A, value: b }]'),
      'bots.yaml:5:15 bots[0].apiKeys[0] must be one of { env }, { file } and { value }',
    ],
    ['an empty secret', bot('    apiKeys: [{ value: "" }]'), 'bots.yaml:5:15 bots[0].apiKeys[0] must not be empty'],
    ['a secret without a reference', bot('    apiKeys: [geheim]'), 'bots.yaml:5:15 bots[0].apiKeys[0] must be of type object'],
  ])('with %s is refused', (_, text, expected) => {
    const [problem, ...others] = wrong(text);
    expect(problem).toContain(expected);
    expect(others).toEqual([]);
  });

  it('never shows a secret when it is refused', () => {
    const text = bot('    apiKeys: [{ value: geheim, env: CRISP_KEY }]\n    crisp: { tokenKey: { value: geheim }, hookSecrets: geheim }');
    expect(wrong(text).join('\n')).not.toMatch(/geheim|from-env/);
  });

  it('becomes settings that the contract takes, with secrets sealed and API keys as hashes', () => {
    writeFileSync(join(directory, 'hook-secret'), 'from-file\n');
    const key = Buffer.alloc(32, 7).toString('base64');
    const keys = { webhooks: key, crisp: key, messenger: key, models: key };
    const file = right(
      `${bot(
        '    apiKeys: [{ value: abc }]\n    crisp:\n      websiteId: 11111111-2222-4333-8444-555555555555\n      tokenId: t\n' +
          '      tokenKey: { env: CRISP_KEY }\n      hookSecrets: [{ file: hook-secret }]',
      )}\ncrispPlugins: [{ pluginId: p-1, signingSecrets: [{ value: sign }] }]`,
    );
    const [first, second] = toSettings(file, keys);
    if (first?.type !== 'settings.bot' || second?.type !== 'settings.crisp-plugin') throw new Error('a bot and a plugin were expected');
    expect(BotSettingsSchema.parse(first.bot)).toEqual(first.bot);
    expect(CrispPluginSettingsSchema.parse(second.plugin)).toEqual(second.plugin);
    expect(open('bot:demo', keys, first.bot.crisp!.tokenKey)).toBe('from-env');
    expect(open('bot:demo', keys, first.bot.crisp!.hookSecrets[0]!)).toBe('from-file');
    expect(open('crisp-plugin:p-1', keys, second.plugin.signingSecrets[0]!)).toBe('sign');
    expect(first.bot.apiKeyHashes).toEqual(['ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad']);
  });
});
