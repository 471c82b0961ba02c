import { z } from 'zod';
import { SlugSchema, TimeSchema, UuidSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';
import { AssistantSettingsSchema, WorkspaceSettingsSchema } from './assistant.js';
import { HandoverSettingsSchema } from './handover.js';
import { KillSwitchSchema } from './kill-switch.js';
import { SealedSchema } from './sealed.js';

const OriginSchema = z.string().regex(/^https?:\/\/[a-z0-9.-]+(?::\d{1,5})?$/, 'must be an origin such as https://shop.example');

export const WebchatSettingsSchema = z.object({
  /** Pages that may show the widget; empty means none. */
  allowedOrigins: z.array(OriginSchema).max(100),
  title: z.string().max(60).default('Chat with us'),
  /** CSS hex colour of the launcher and the visitor's bubbles. */
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #2f6fed')
    .default('#2f6fed'),
  greeting: z.string().max(500).optional(),
});

export const CrispConnectionSchema = z.object({
  websiteId: UuidSchema,
  tier: z.enum(['plugin', 'website']).default('plugin'),
  /** Without `/v1`; only tests and the sandbox change it. */
  apiUrl: z.url({ protocol: /^https?$/ }).default('https://api.crisp.chat'),
  tokenId: z.string().min(1).max(128),
  tokenKey: SealedSchema,
  /** Secrets of the website hook's URL: one, or two while rotating. */
  hookSecrets: z.array(SealedSchema).max(2).default([]),
  /** Whole name of who speaks for us in the inbox. */
  operatorName: z.string().max(64).default('Assistant'),
  /** Calls a second to Crisp for this website, shared by all replicas. */
  callsPerSecond: z.number().positive().max(1_000).default(10),
  /** Calls that Crisp allows this token in a day (UTC). As its end comes near, signs are left out first, then notes, never words. */
  callsPerDay: z.int().positive().max(100_000_000).optional(),
});

const MetaIdSchema = z.string().regex(/^\d{1,32}$/, 'must be an id of digits');

export const MessengerConnectionSchema = z.object({
  pageId: MetaIdSchema,
  /** Our app at Meta: an echo of another one means that somebody else spoke. */
  appId: MetaIdSchema,
  pageToken: SealedSchema,
  /** The app's secrets, with which Meta signs web hooks: one, or two while rotating. */
  appSecrets: z.array(SealedSchema).min(1).max(2),
  /** The app's secret once more, for those who call: signs calls where the app requires it (`appsecret_proof`). */
  proofSecret: SealedSchema.optional(),
  /** What Meta says when somebody saves the web hook's address. */
  verifyToken: SealedSchema,
  /** Only tests and the sandbox change it. */
  graphUrl: z.url({ protocol: /^https?$/ }).default('https://graph.facebook.com'),
  graphVersion: z
    .string()
    .regex(/^v\d{1,3}\.\d{1,2}$/, 'must be a version such as v25.0')
    .default('v25.0'),
  /** Meta approved the app for answers of humans up to 7 days after the visitor's last word. */
  humanAgent: z.boolean().default(false),
  /** Agents speak with their own name and picture; else their name stands before their words. */
  personas: z.boolean().default(true),
  /** Sends a second for this page, shared by all replicas; Meta allows 300. */
  callsPerSecond: z.number().positive().max(300).default(20),
  /** Said before the new words when an agent changed what had arrived already. */
  correctionPrefix: z.string().max(60).default('Correction:'),
});
export type MessengerConnection = z.output<typeof MessengerConnectionSchema>;

export const BotSettingsSchema = z.object({
  botId: SlugSchema,
  workspaceId: SlugSchema,
  /** As visitors see it. */
  name: z.string().min(1).max(64),
  avatar: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
  locale: z.string().max(35).default('en'),
  enabled: z.boolean().default(true),
  /** SHA-256, hex, of the keys with which this bot calls our HTTP interface. */
  apiKeyHashes: z
    .array(z.string().regex(/^[0-9a-f]{64}$/))
    .max(5)
    .default([]),
  webchat: WebchatSettingsSchema.optional(),
  handover: HandoverSettingsSchema.prefault({}),
  crisp: CrispConnectionSchema.optional(),
  messenger: MessengerConnectionSchema.optional(),
  assistant: AssistantSettingsSchema.prefault({}),
  /** Web hooks a second that the ingress takes for this bot. */
  hooksPerSecond: z.int().positive().max(100_000).default(200),
});
export type BotSettings = z.output<typeof BotSettingsSchema>;

export const CrispPluginSettingsSchema = z.object({
  pluginId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  /** The plugin's signing secrets: one, or two while rotating. */
  signingSecrets: z.array(SealedSchema).min(1).max(2),
  /** A signed request older or newer than this is refused; a retry may keep its first timestamp. */
  freshnessSeconds: z.int().positive().max(604_800).default(86_400),
  hooksPerSecond: z.int().positive().max(1_000_000).default(2_000),
});
export type CrispPluginSettings = z.output<typeof CrispPluginSettingsSchema>;

/** Bots that were taken away of which a workspace still says so, the last ones: one record of Kafka carries them all. */
export const FORMER_BOTS_AT_MOST = 5_000;

const Published = {
  /** Rises with every change of this one. */
  revision: z.int().positive(),
  publishedAt: TimeSchema,
};

export const settings = defineTopic({
  name: 'settings',
  summary: 'What holds for each bot and connection; a record without a value takes one away.',
  compacted: true,
  key: (data) => data.settingId,
  events: {
    'settings.bot': defineEvent({
      version: 1,
      summary: 'The settings of a bot.',
      data: z.object({ settingId: z.string().startsWith('bot:'), ...Published, bot: BotSettingsSchema }),
      sample: {
        settingId: 'bot:demo',
        revision: 1,
        publishedAt: '2026-01-05T10:00:00.000Z',
        bot: { botId: 'demo', workspaceId: 'acme', name: 'Demo assistant', webchat: { allowedOrigins: ['https://shop.example'] } },
      },
    }),
    'settings.crisp-plugin': defineEvent({
      version: 1,
      summary: 'The settings of a Crisp plugin whose hooks we take.',
      data: z.object({ settingId: z.string().startsWith('crisp-plugin:'), ...Published, plugin: CrispPluginSettingsSchema }),
      sample: {
        settingId: 'crisp-plugin:0b0b0b0b-0000-4000-8000-000000000001',
        revision: 1,
        publishedAt: '2026-01-05T10:00:00.000Z',
        plugin: { pluginId: '0b0b0b0b-0000-4000-8000-000000000001', signingSecrets: ['sealed:v1:webhooks:aXY.Y2lwaGVy.dGFn'] },
      },
    }),
    'settings.workspace': defineEvent({
      version: 1,
      summary: 'What a workspace may use.',
      data: z.object({
        settingId: z.string().startsWith('workspace:'),
        ...Published,
        workspaceId: SlugSchema,
        workspace: WorkspaceSettingsSchema,
        /** Bots of the workspace that were taken away: what they and visitors said is still seen, erased and forgotten with the workspace's. */
        formerBots: z.array(SlugSchema).max(FORMER_BOTS_AT_MOST).optional(),
      }),
      sample: {
        settingId: 'workspace:acme',
        revision: 1,
        publishedAt: '2026-01-05T10:00:00.000Z',
        workspaceId: 'acme',
        workspace: { answers: { perMonth: 5_000 } },
        formerBots: ['demo-of-last-year'],
      },
    }),
    'settings.kill-switch': defineEvent({
      version: 1,
      summary: 'Nothing automatic is said where this is on.',
      data: z.object({ settingId: z.string().startsWith('kill-switch:'), ...Published, killSwitch: KillSwitchSchema }),
      sample: {
        settingId: 'kill-switch:bot:acme:demo',
        revision: 1,
        publishedAt: '2026-01-05T10:00:00.000Z',
        killSwitch: {
          scope: 'bot',
          id: 'demo',
          workspaceId: 'acme',
          since: '2026-01-05T10:00:00.000Z',
          by: 'Ada Park',
          reason: 'It quotes last year’s prices.',
        },
      },
    }),
    'settings.heartbeat': defineEvent({
      version: 1,
      summary: 'The publisher lives: settings are current as of this time.',
      data: z.object({ settingId: z.literal('heartbeat'), publishedAt: TimeSchema }),
      sample: { settingId: 'heartbeat', publishedAt: '2026-01-05T10:00:00.000Z' },
    }),
  },
});
