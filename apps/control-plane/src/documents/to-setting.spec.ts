import { expect, it } from '@jest/globals';
import { BotSettingsSchema, WorkspaceSettingsSchema } from '@baton/contracts';
import { toSettings } from './to-setting.js';

const bot = { kind: 'bot', id: 'help', body: BotSettingsSchema.parse({ botId: 'help', workspaceId: 'acme', name: 'Help' }) } as const;
const gone = { kind: 'bot', id: 'old', body: null } as const;
const body = WorkspaceSettingsSchema.parse({ retention: { conversationDays: 30 } });
const acme = { kind: 'workspace', id: 'acme', body } as const;
const NONE = new Map<string, string[]>();
const FORMER = new Map([['acme', ['old']]]);
const nothing = WorkspaceSettingsSchema.parse({});
const helps = { type: 'settings.bot', bot: bot.body };

it.each<[string, Parameters<typeof toSettings>, unknown[]]>([
  ['what holds', [[bot, acme], NONE], [helps, { type: 'settings.workspace', workspaceId: 'acme', workspace: body }]],
  ['not what was taken away', [[gone], NONE], []],
  [
    'of a workspace also the bots that it had',
    [[bot, gone, acme], FORMER],
    [helps, { type: 'settings.workspace', workspaceId: 'acme', workspace: body, formerBots: ['old'] }],
  ],
  [
    'of one that nobody set anything for, too',
    [[bot], FORMER],
    [helps, { type: 'settings.workspace', workspaceId: 'acme', workspace: nothing, formerBots: ['old'] }],
  ],
])('documents publish %s', (_, given, settings) => {
  expect(toSettings(...given)).toEqual(settings);
});
