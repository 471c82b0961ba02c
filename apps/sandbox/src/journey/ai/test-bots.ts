import { readFile, writeFile } from 'node:fs/promises';
import type { GivenConnection } from '@baton/control-api';
import { parse, stringify } from 'yaml';
import type { SetupInput } from '../../crisp-simulator/setup.js';
import { DEFAULT_PORTS } from '../../platform/ports.js';
import { HOOK_SECRET } from '../../platform/sandbox-crisp.js';

/** Bots that nobody would set up so, for what a journey through a sandbox of its own looks at. */

const TEST_TOKEN = 'sandbox-journey-token';
const TEST_KEY = 'sandbox-journey-key';
export const testKeyOf = (botId: string): string => `sandbox-${botId}-key`;
export const PLAN_OF_TWO = 2;

interface TestBot {
  readonly botId: string;
  readonly workspaceId: string;
  readonly assistant: Readonly<Record<string, unknown>>;
  /** Not by the settings: somebody connects it. */
  readonly connectedLater?: boolean;
}

const QUICK = { burst: { quietMs: 300, longestMs: 3_000 } };
const at = (port: number): string => `http://127.0.0.1:${port}`;

const BOTS: readonly TestBot[] = [
  { botId: 'noting', workspaceId: 'journey', assistant: { inbox: 'note', ...QUICK } },
  { botId: 'shadowed', workspaceId: 'journey', assistant: { inbox: 'shadow', ...QUICK } },
  {
    botId: 'modelled',
    workspaceId: 'journey',
    assistant: { inbox: 'reply', ...QUICK, model: { baseUrl: `${at(DEFAULT_PORTS.MODEL_PORT)}/v1`, model: 'simulated', timeoutMs: 6_000 } },
  },
  { botId: 'neighbour', workspaceId: 'journey-next-door', assistant: { inbox: 'reply', ...QUICK } },
  { botId: 'joining', workspaceId: 'journey', assistant: { inbox: 'reply', ...QUICK }, connectedLater: true },
  { botId: 'ending-human', workspaceId: 'journey-human', assistant: { inbox: 'reply', ...QUICK, atQuotaEnd: 'human' } },
  { botId: 'ending-message', workspaceId: 'journey-message', assistant: { inbox: 'reply', ...QUICK, atQuotaEnd: 'message' } },
  { botId: 'ending-silence', workspaceId: 'journey-silence', assistant: { inbox: 'reply', ...QUICK, atQuotaEnd: 'silence' } },
];

export function workspaceOf(botId: string): string {
  return BOTS.find((bot) => bot.botId === botId)!.workspaceId;
}

/** Each has a website of its own in Crisp. */
export function websiteOf(botId: string): string {
  return `11111111-2222-4333-8444-9999999999${String(BOTS.findIndex((bot) => bot.botId === botId)).padStart(2, '0')}`;
}

/** Writes a settings file that has these bots beside those of another one. */
export async function writeSettingsWithTestBots(from: string, to: string): Promise<void> {
  const settings = parse(await readFile(from, 'utf8')) as { bots: unknown[]; workspaces?: unknown[] };
  const bots = BOTS.map(({ botId, workspaceId, assistant, connectedLater }) => ({
    botId,
    workspaceId,
    name: 'Juniper',
    apiKeys: [{ value: testKeyOf(botId) }],
    assistant,
    ...(connectedLater ? {} : { crisp: connectionOf(botId) }),
  }));
  const plans = ['human', 'message', 'silence'].map((end) => ({ workspaceId: `journey-${end}`, answers: { perMonth: PLAN_OF_TWO } }));
  await writeFile(
    to,
    stringify({ ...settings, bots: [...settings.bots, ...bots], workspaces: [...(settings.workspaces ?? []), ...plans] }),
  );
}

function connectionOf(botId: string): object {
  return {
    websiteId: websiteOf(botId),
    apiUrl: at(DEFAULT_PORTS.CRISP_PORT),
    tier: 'plugin',
    tokenId: TEST_TOKEN,
    tokenKey: { value: TEST_KEY },
    hookSecrets: [{ value: HOOK_SECRET }],
    operatorName: 'Juniper',
    callsPerSecond: 100,
  };
}

/** What the simulated Crisp has to know of them. @param ingress where hooks go */
export function testWebsites(ingress: string): SetupInput {
  return {
    websites: BOTS.map(({ botId, connectedLater }, index) => ({
      website_id: websiteOf(botId),
      name: `Journey: ${botId}`,
      domain: `${botId}.example.test`,
      ...(connectedLater ? {} : { hook_url: `${ingress}/api/integrations/livechat/crisp/webhook/${botId}?key=${HOOK_SECRET}` }),
      operators: [
        { user_id: `22222222-2222-4333-8444-9999999999${String(index).padStart(2, '0')}`, first_name: 'Ines', last_name: 'Farkas' },
      ],
    })),
    tokens: [
      {
        identifier: TEST_TOKEN,
        key: TEST_KEY,
        tier: 'plugin',
        websites: BOTS.map(({ botId }) => websiteOf(botId)),
        daily_quota: 1_000_000,
      },
    ],
  };
}

/** How somebody connects the bot that the settings leave out. @param crisp where the simulated Crisp is */
export function connectRequest(botId: string, crisp: string): GivenConnection {
  return { websiteId: websiteOf(botId), tokenId: TEST_TOKEN, tokenKey: TEST_KEY, tier: 'plugin', apiUrl: crisp };
}
