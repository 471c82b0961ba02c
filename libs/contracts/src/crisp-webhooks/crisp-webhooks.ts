import { z } from 'zod';
import { defineEvent, defineTopic } from '../topic.js';

/**
 * The envelope of a Crisp web hook. Its `data` differs by event and is read by `@baton/crisp`; unknown fields are kept.
 * Session ids are bounded and safe in a path; whether they are UUIDs is Crisp's affair.
 */
export const CrispWebhookSchema = z.looseObject({
  website_id: z.string().regex(/^[0-9a-f-]{36}$/, 'must be a UUID'),
  event: z
    .string()
    .regex(/^[a-z_]+(?::[a-z_]+){1,4}$/, 'must be the name of an event')
    .max(64),
  /** Milliseconds, when Crisp sent it out; ten digits (seconds) are met too. */
  timestamp: z.number().int().positive(),
  data: z.looseObject({
    session_id: z
      .string()
      .regex(/^session_[A-Za-z0-9-]{1,64}$/, 'must be a session id')
      .optional(),
  }),
});
export type CrispWebhook = z.output<typeof CrispWebhookSchema>;

/** The CloudEvents extension attributes of a web hook's record: how it came in. */
export interface CrispWebhookExtensions {
  /** The bot of the URL for a website hook; absent for a plugin hook, whose website says which bots it is for. */
  botid?: string;
  /** The plugin of the URL for a plugin hook. */
  pluginid?: string;
}

export const crispWebhooks = defineTopic({
  name: 'crisp-webhooks',
  summary: 'Verified Crisp web hooks, raw, one record each, keyed by session (or website where there is none).',
  key: (data) => data.data.session_id ?? data.website_id,
  events: {
    'crisp.webhook': defineEvent({
      version: 1,
      summary: 'Crisp says that something happened.',
      data: CrispWebhookSchema,
      sample: {
        website_id: '11111111-2222-4333-8444-555555555555',
        event: 'message:received',
        timestamp: 1760000000200,
        data: {
          website_id: '11111111-2222-4333-8444-555555555555',
          session_id: 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
          type: 'text',
          content: 'Hello, I am taking over.',
          from: 'operator',
          origin: 'chat',
          fingerprint: 176000000012342,
          timestamp: 1760000000123,
          user: { user_id: '22222222-2222-4333-8444-555555555555', nickname: 'Mia' },
        },
      },
    }),
  },
});
