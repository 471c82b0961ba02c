import { describe, expect, it } from '@jest/globals';
import { ShownBotSchema } from '@baton/control-api';
import { parse } from 'yaml';
import { exportedFile } from './export-file.js';

const secret = { fingerprint: '0123456789ab' };

describe('the file of a workspace', () => {
  const demo = ShownBotSchema.parse({
    botId: 'demo',
    workspaceId: 'acme',
    name: 'Demo',
    webchat: { allowedOrigins: [], title: 'Chat with us' },
    handover: { timers: { silenceSeconds: 60 }, languages: { de: { noAgentMessage: 'Niemand da.' } } },
    crisp: {
      websiteId: '11111111-2222-4333-8444-555555555555',
      tokenId: 'a-token',
      tokenKey: secret,
      hookSecrets: [secret, secret],
      callsPerSecond: 50,
    },
  });
  const plain = ShownBotSchema.parse({
    botId: 'my-bot_2',
    workspaceId: 'acme',
    name: 'Plain',
    assistant: { model: { baseUrl: 'http://m', model: 'm', apiKey: secret } },
  });
  const file = exportedFile({
    workspaceId: 'acme',
    bots: [demo, plain],
    workspace: { answers: { perMonth: 5, warnAtPercent: 80 } },
    versions: {},
  });

  it('has what differs from the defaults, and variables where secrets stand', () => {
    expect(parse(file.yaml)).toMatchObject({
      workspaces: [{ workspaceId: 'acme', answers: { perMonth: 5 } }],
      bots: [
        {
          botId: 'demo',
          workspaceId: 'acme',
          name: 'Demo',
          webchat: { allowedOrigins: [] },
          handover: { timers: { silenceSeconds: 60 }, languages: { de: { noAgentMessage: 'Niemand da.' } } },
          crisp: {
            websiteId: '11111111-2222-4333-8444-555555555555',
            tokenId: 'a-token',
            tokenKey: { env: 'BOT_DEMO_CRISP_TOKEN_KEY' },
            hookSecrets: [{ env: 'BOT_DEMO_CRISP_HOOK_SECRETS_1' }, { env: 'BOT_DEMO_CRISP_HOOK_SECRETS_2' }],
            callsPerSecond: 50,
          },
        },
        { botId: 'my-bot_2', assistant: { model: { apiKey: { env: 'BOT_MY_BOT_2_ASSISTANT_MODEL_API_KEY' } } } },
      ],
    });
    expect(file.yaml).not.toMatch(/title|keepAlive|hooksPerSecond|0123456789ab|enabled/);
  });

  it('tells which variables are to be set', () => {
    expect(file.variables).toEqual([
      'BOT_DEMO_CRISP_TOKEN_KEY',
      'BOT_DEMO_CRISP_HOOK_SECRETS_1',
      'BOT_DEMO_CRISP_HOOK_SECRETS_2',
      'BOT_MY_BOT_2_ASSISTANT_MODEL_API_KEY',
    ]);
  });
});
