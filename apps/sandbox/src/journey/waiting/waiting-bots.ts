import { readFile, writeFile } from 'node:fs/promises';
import { parse, stringify } from 'yaml';
import type { SetupInput as CrispSetup } from '../../crisp-simulator/setup.js';
import type { SetupInput as MessengerSetup } from '../../messenger-simulator/setup.js';
import { DEFAULT_PORTS } from '../../platform/ports.js';
import { HOOK_SECRET, sandboxCrisp } from '../../platform/sandbox-crisp.js';
import { APP_SECRET, MESSENGER_APP, VERIFY_TOKEN } from '../../platform/sandbox-messenger.js';

/** Bots that are played by a script, for what a journey with other clocks looks at. */

export const MINUTE = 60_000;
const TOKEN = 'sandbox-waiting-token';
const KEY = 'sandbox-waiting-key';
const at = (port: number): string => `http://127.0.0.1:${port}`;

export interface WaitingBot {
  readonly botId: string;
  readonly websiteId: string;
  readonly apiKey: string;
  /** Online at the beginning. */
  readonly agent: string;
  /** Away at the beginning, and the only one for billing. */
  readonly expert: string;
  readonly pageId?: string;
  readonly handover: Readonly<Record<string, unknown>>;
}

const idOf = (nth: number, what: number): string => `33333333-2222-4333-8444-9999999999${nth}${what}`;
const made = (nth: number, botId: string): Pick<WaitingBot, 'botId' | 'websiteId' | 'apiKey' | 'agent' | 'expert'> => ({
  botId,
  websiteId: idOf(nth, 0),
  apiKey: `sandbox-${botId}-key`,
  agent: idOf(nth, 1),
  expert: idOf(nth, 2),
});

/** Minutes of this house: nobody takes it 10, no answer 20, silence 30; a word every 2. */
export const CARE: WaitingBot = {
  ...made(1, 'care'),
  pageId: '4400110055',
  handover: {
    timers: { noAcceptSeconds: 600, noFirstAnswerSeconds: 1_200, silenceSeconds: 1_800 },
    waiting: { keepAliveSeconds: 120, place: true },
    categories: { billing: { operatorIds: [idOf(1, 2)] } },
    followUp: { answerWithinHours: 2 },
    promises: { ofBot: 'record', keptWithinSeconds: 900 },
    ratings: { human: true, bot: true, botSilenceSeconds: 300 },
    rules: { fallbacksInARow: 3, words: ['lawyer'], frustration: true, category: 'general' },
    budget: { handoversPerHour: 20 },
    continueWith: { resolved: 'after-human', byCategory: { billing: 'billing-menu' } },
    commandSegments: { bot: 'baton-bot' },
  },
};

/** Open from Monday to Friday, 9 to 17 in Berlin, but for one holiday. German is spoken, and said its own way. */
export const OFFICE: WaitingBot = {
  ...made(2, 'office'),
  handover: {
    hours: {
      timeZone: 'Europe/Berlin',
      weekly: Object.fromEntries(
        ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((day) => [day, [{ from: '09:00', to: '17:00' }]]),
      ),
      exceptions: [{ date: '01-06', name: 'Epiphany' }],
    },
    languages: { de: { noAgentMessages: { closed: 'Wir haben zu und sind {time} wieder da.' } } },
    followUp: { answerWithinHours: 2 },
  },
};

/** May promise nothing, and may not turn in a circle. */
export const STRICT: WaitingBot = {
  ...made(3, 'strict'),
  handover: { promises: { ofBot: 'refuse' }, followUp: { enabled: false }, budget: { handoversPerHour: 2, botLinesInARow: 5 } },
};

export const WAITING_BOTS: readonly WaitingBot[] = [CARE, OFFICE, STRICT];

/** Adds these bots to a settings file. */
export async function withWaitingBots(file: string): Promise<void> {
  const settings = parse(await readFile(file, 'utf8')) as { bots: unknown[] };
  // In the workspace of the app's first page, at whose address the hooks of all its pages come in.
  const bots = WAITING_BOTS.map(({ botId, websiteId, apiKey, handover, pageId }) => ({
    botId,
    workspaceId: 'sandbox',
    name: 'Robin',
    locale: 'en',
    apiKeys: [{ value: apiKey }],
    webchat: { title: botId, allowedOrigins: [at(DEFAULT_PORTS.SITE_PORT)] },
    handover,
    crisp: {
      websiteId,
      apiUrl: at(DEFAULT_PORTS.CRISP_PORT),
      tier: 'plugin',
      tokenId: TOKEN,
      tokenKey: { value: KEY },
      hookSecrets: [{ value: HOOK_SECRET }],
      operatorName: 'Robin',
      callsPerSecond: 100,
    },
    ...(pageId === undefined
      ? {}
      : {
          messenger: {
            pageId,
            appId: MESSENGER_APP,
            graphUrl: at(DEFAULT_PORTS.MESSENGER_PORT),
            pageToken: { value: `sandbox-${botId}-page-token` },
            appSecrets: [{ value: APP_SECRET }],
            proofSecret: { value: APP_SECRET },
            verifyToken: { value: VERIFY_TOKEN },
            humanAgent: true,
            callsPerSecond: 50,
          },
        }),
  }));
  await writeFile(file, stringify({ ...settings, bots: [...settings.bots, ...bots] }));
}

/** What the simulated Crisp has to know of them. @param ingress where hooks go */
export function waitingWebsites(ingress: string): CrispSetup {
  // Who types is told by hooks of a plugin only.
  const plugins = sandboxCrisp(ingress, '').plugins?.map((plugin) => ({ ...plugin, websites: [...plugin.websites, CARE.websiteId] }));
  return {
    plugins,
    websites: WAITING_BOTS.map(({ botId, websiteId, agent, expert }) => ({
      website_id: websiteId,
      name: `Waiting: ${botId}`,
      domain: `${botId}.example.test`,
      ...(botId === CARE.botId ? {} : { hook_url: `${ingress}/api/integrations/livechat/crisp/webhook/${botId}?key=${HOOK_SECRET}` }),
      operators: [
        { user_id: agent, first_name: 'Ines', last_name: 'Farkas' },
        { user_id: expert, first_name: 'Bo', last_name: 'Lind', availability: 'away' as const },
      ],
    })),
    tokens: [
      { identifier: TOKEN, key: KEY, tier: 'plugin', websites: WAITING_BOTS.map(({ websiteId }) => websiteId), daily_quota: 1_000_000 },
    ],
  };
}

export function waitingPages(): MessengerSetup {
  return {
    pages: WAITING_BOTS.flatMap(({ botId, pageId }) =>
      pageId === undefined ? [] : [{ page_id: pageId, name: botId, app_id: MESSENGER_APP, token: `sandbox-${botId}-page-token` }],
    ),
  };
}
