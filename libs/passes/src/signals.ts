import { z } from 'zod';

/** What a service tells at `inner/v1/signals` of how it stands with what belongs to the workspace of the pass; it leaves out what it does not know. */
export const SignalsSchema = z.object({
  /** When the control plane was last heard on the topic of settings; null while it was not. */
  settingsFreshAt: z.iso.datetime().nullable(),
  /** Work outside that waits, by what it is for: `crisp:<website>`, `messenger:<page>`. */
  targets: z
    .array(
      z.object({
        target: z.string(),
        open: z.int(),
        /** Since it could have been begun, in seconds. */
        oldestSeconds: z.number(),
        /** Nobody knows whether it happened. */
        inDoubt: z.int(),
        /** Calls fail, so that it is left in peace for a while. */
        isSick: z.boolean(),
      }),
    )
    .default([]),
  websites: z
    .array(
      z.object({
        websiteId: z.string(),
        lastHookAt: z.iso.datetime().nullable(),
        /** When something was last found that no web hook had told. */
        lastMissedAt: z.iso.datetime().nullable(),
        missed: z.int(),
      }),
    )
    .default([]),
  /** Calls of Crisp's tokens today (UTC). */
  quotas: z
    .array(
      z.object({
        /** Those that share the token. */
        websiteIds: z.array(z.string()),
        used: z.int(),
        /** Null where nobody said. */
        limit: z.int().nullable(),
        /** Crisp said that it was too much: signs are left out until then. */
        quietUntil: z.iso.datetime().nullable(),
        /** What calls are made for, the most important first, and whether they are left out now. */
        lanes: z.array(
          z.object({ lane: z.string(), isLeftOut: z.boolean(), /** Beyond this part of the limit it is. */ upTo: z.number().nullable() }),
        ),
      }),
    )
    .default([]),
  promises: z.object({ open: z.int(), overdue: z.int() }).optional(),
  /** Knowledge sources that could not be taken in, or not whole. */
  sources: z.array(z.object({ botId: z.string(), title: z.string(), state: z.enum(['failed', 'partial']) })).default([]),
  /** Pages of Messenger whose token or permission does not work. */
  stoppedPages: z.array(z.object({ botId: z.string(), pageId: z.string(), reason: z.string() })).default([]),
});
export type Signals = z.output<typeof SignalsSchema>;
export type GivenSignals = z.input<typeof SignalsSchema>;

/** To whom conversations and sessions in Crisp belong: those of them that are the workspace's. */
export const OwnersRequestSchema = z.object({
  conversationIds: z.array(z.uuid()).max(200),
  sessionIds: z.array(z.string().max(100)).max(200),
});
