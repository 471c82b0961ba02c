import { z } from 'zod';

/** How the simulated Crisp misbehaves. Shares go from 0 to 1; milliseconds unless said otherwise. */

const Share = z.number().min(0).max(1).default(0);
const Span = z.object({ from: z.number().min(0).max(600_000).default(0), to: z.number().min(0).max(600_000).default(0) });

export const REST_FAULTS = ['420', '429', '423', '500', '502-html', '200-with-error', 'timeout', 'disconnect'] as const;

export const RestFaultSchema = z.object({
  kind: z.enum(REST_FAULTS),
  /** Of the calls it fits; with `count`, at most so many of them. */
  share: z.number().min(0).max(1).default(1),
  count: z.int().positive().optional(),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional(),
  /** A part of the path, for example `/message`. */
  path: z.string().max(200).optional(),
  website_id: z.string().optional(),
  /** `before`: nothing was done; `after`: it was done and the caller is told otherwise; `either`: by chance. */
  when: z.enum(['before', 'after', 'either']).default('before'),
});

export const FaultsSchema = z.object({
  rest: z
    .object({
      latency: Span.prefault({}),
      /** The first that fires is taken. */
      failures: z.array(RestFaultSchema).max(50).default([]),
      /** A read may show what was true up to so long ago. */
      stale_reads_ms: z.number().min(0).max(60_000).default(0),
      /** The answer to a write waits until its hooks were handed over. */
      echo_before_answer: z.boolean().default(false),
      /** A fingerprint that the session has already. */
      repeated_fingerprint: z.enum(['duplicate', 'ignore', 'replace']).default('duplicate'),
      /** Calls in a UTC day for tokens that have no quota of their own; Crisp gives a production plugin 5,000. */
      daily_quota: z.int().nonnegative().default(5_000),
    })
    .prefault({}),
  hooks: z
    .object({
      /** Between the act and its first delivery. */
      delay: Span.prefault({}),
      dropped: Share,
      /** Delivered a second time, up to `repeat_within_ms` later. */
      repeated: Share,
      repeat_within_ms: z.number().min(0).max(600_000).default(3_000),
      /** Held back behind later hooks of its session, up to `reorder_within_ms`. */
      reordered: Share,
      reorder_within_ms: z.number().min(0).max(600_000).default(2_000),
      /** Sent with a signature (or key) that is wrong, instead of the right one. */
      forged: Share,
      /** Sent with a request timestamp of `stale_by_ms` ago, rightly signed. */
      stale: Share,
      stale_by_ms: z.number().min(0).default(90_000_000),
      /** The next so many hooks (of messages only) are dropped, whatever the share says. */
      drop_next_messages: z.int().nonnegative().default(0),
      /** Keeps hooks until `POST /control/hooks/release`. */
      held: z.boolean().default(false),
      attempts: z.int().min(1).max(10).default(3),
      /** Before the second, third, … attempt; the last one repeats. */
      retry_gaps_ms: z.array(z.number().min(0).max(600_000)).min(1).default([1_000, 5_000]),
      answer_within_ms: z.number().positive().max(120_000).default(10_000),
    })
    .prefault({}),
  /** Moves a pending conversation to unresolved when a person of the team writes in it. */
  operator_message_opens: z.boolean().default(false),
});

export type Faults = z.output<typeof FaultsSchema>;
export type FaultsInput = z.input<typeof FaultsSchema>;
export type RestFault = z.output<typeof RestFaultSchema>;
export type RestFaultKind = RestFault['kind'];

export function noFaults(): Faults {
  return FaultsSchema.parse({});
}

/** What the faults need to know of a call. */
export interface CallFacts {
  readonly method: string;
  readonly path: string;
  readonly websiteId: string | undefined;
}

/** Chooses the failure of one call, if any, and uses up its count. */
export function failureOf(
  faults: Faults,
  call: CallFacts,
  chance: (share: number) => boolean,
): { kind: RestFaultKind; after: boolean } | undefined {
  for (const failure of faults.rest.failures) {
    if (failure.method && failure.method !== call.method) continue;
    if (failure.path && !call.path.includes(failure.path)) continue;
    if (failure.website_id && failure.website_id !== call.websiteId) continue;
    if (failure.count === 0) continue;
    if (!chance(failure.share)) continue;
    if (failure.count !== undefined) failure.count -= 1;
    return { kind: failure.kind, after: failure.when === 'after' || (failure.when === 'either' && chance(0.5)) };
  }
  return undefined;
}
