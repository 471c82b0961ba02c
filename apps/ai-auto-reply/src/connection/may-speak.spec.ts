import { describe, expect, it } from '@jest/globals';
import { BotSettingsSchema } from '@baton/contracts';
import type { BotSettings } from '@baton/contracts';
import { MaySpeak } from './may-speak.js';

const WEBSITE = '11111111-2222-4333-8444-555555555555';
const OTHER_WEBSITE = '11111111-2222-4333-8444-666666666666';

const aBot = (change: object = {}): BotSettings =>
  BotSettingsSchema.parse({
    botId: 'demo',
    workspaceId: 'acme',
    name: 'Demo',
    crisp: { websiteId: WEBSITE, tokenId: 'token', tokenKey: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn' },
    assistant: { inbox: 'reply', channels: true },
    ...change,
  });

interface World {
  readonly bot?: BotSettings | undefined;
  readonly fresh?: boolean;
  readonly doubtful?: boolean;
  readonly stopped?: boolean;
  /** The conversation, bot or website that a kill switch names. */
  readonly killed?: string;
}
const maySpeak = ({ bot, fresh = true, doubtful = false, stopped = false, killed }: World) =>
  new MaySpeak({
    settings: {
      bot: () => bot,
      isFresh: () => fresh,
      isDoubtful: (settingId) => doubtful && settingId === 'bot:demo',
      isStopped: ({ workspaceId, botId, websiteId, conversationId }) =>
        killed !== undefined && [workspaceId, botId, websiteId, conversationId].includes(killed),
    },
    isStopped: () => stopped,
  });

describe('the AI in the inbox', () => {
  it.each(['shadow', 'note', 'reply'] as const)('may speak in mode %s', (inbox) => {
    expect(maySpeak({ bot: aBot({ assistant: { inbox } }) }).of('demo', WEBSITE, 'session_1')).toEqual({ speak: true, mode: inbox });
  });

  it.each<[string, World, string]>([
    ['of whom nobody knows', {}, 'unknown-bot'],
    ['that was switched off', { bot: aBot({ enabled: false }) }, 'disabled'],
    ['whose inbox is off', { bot: aBot({ assistant: { channels: true } }) }, 'mode-off'],
    ['whose connection was deleted', { bot: aBot({ crisp: undefined }) }, 'disconnected'],
    ['that moved to another website', { bot: aBot({ crisp: { ...aBot().crisp!, websiteId: OTHER_WEBSITE } }) }, 'disconnected'],
    ['while nobody says that settings are current', { bot: aBot(), fresh: false }, 'settings-stale'],
    ['whose newest settings cannot be read', { bot: aBot(), doubtful: true }, 'settings-stale'],
    ['that somebody stopped', { bot: aBot(), stopped: true }, 'killed'],
    ['that a kill switch names', { bot: aBot(), killed: 'demo' }, 'killed'],
    ['whose workspace is switched off', { bot: aBot(), killed: 'acme' }, 'killed'],
    ['whose website is switched off', { bot: aBot(), killed: WEBSITE }, 'killed'],
    ['whose conversation is switched off', { bot: aBot(), killed: 'session_1' }, 'killed'],
    ['that is doubtful and unknown', { fresh: false }, 'settings-stale'],
    ['that was stopped and is disconnected', { bot: aBot({ crisp: undefined }), stopped: true }, 'killed'],
  ])('%s is silent', (_, world, why) => {
    expect(maySpeak(world).of('demo', WEBSITE, 'session_1')).toEqual({ speak: false, why });
  });
});

describe('the AI in front of the channels', () => {
  it.each<[string, World, object]>([
    ['answers without any Crisp', { bot: aBot({ crisp: undefined }) }, { speak: true }],
    [
      'leaves its turns alone where another program is the bot',
      { bot: aBot({ assistant: { inbox: 'reply' } }) },
      { speak: false, why: 'mode-off' },
    ],
    ['is silent when it was stopped', { bot: aBot(), stopped: true }, { speak: false, why: 'killed' }],
    ['is silent in a conversation that is switched off', { bot: aBot(), killed: 'conversation-1' }, { speak: false, why: 'killed' }],
    ['is silent when it is switched off', { bot: aBot({ enabled: false }) }, { speak: false, why: 'disabled' }],
  ])('%s', (_, world, expected) => {
    expect(maySpeak(world).inChannels('demo', 'conversation-1')).toEqual(expected);
  });
});
