import { z } from 'zod';

/** How the simulated Messenger misbehaves. Shares go from 0 to 1; milliseconds unless said otherwise. */

const Share = z.number().min(0).max(1).default(0);
const Span = z.object({ from: z.number().min(0).max(600_000).default(0), to: z.number().min(0).max(600_000).default(0) });
const Within = (usual: number) => z.number().min(0).max(600_000).default(usual);

export const GRAPH_FAULTS = ['error', 'http-500', '502-html', 'timeout', 'disconnect'] as const;

export const GraphFaultSchema = z.object({
  /** `error`: Graph's own error with `code` and `subcode`; the others are failures of the line. */
  kind: z.enum(GRAPH_FAULTS).default('error'),
  code: z.int().default(1200),
  subcode: z.int().optional(),
  /** HTTP status of an `error`; 400 unless said otherwise. */
  status: z.int().min(400).max(599).optional(),
  /** Of the calls it fits; with `count`, at most so many of them. */
  share: z.number().min(0).max(1).default(1),
  count: z.int().positive().optional(),
  method: z.enum(['GET', 'POST', 'DELETE']).optional(),
  /** A part of the path, for example `/messages`. */
  path: z.string().max(200).optional(),
  page_id: z.string().optional(),
  /** Only sends to this person. */
  psid: z.string().optional(),
  /** `before`: nothing was done; `after`: it was done and the caller is told otherwise, or nothing; `either`: by chance. */
  when: z.enum(['before', 'after', 'either']).default('before'),
});

export const FaultsSchema = z.object({
  graph: z
    .object({
      latency: Span.prefault({}),
      /** The first that fires is taken. */
      failures: z.array(GraphFaultSchema).max(50).default([]),
      /** What `X-App-Usage` and `X-Business-Use-Case-Usage` say, in per cent. */
      usage_percent: z.number().min(0).max(1_000).default(3),
      /** `estimated_time_to_regain_access`, in minutes, beside a rate error. */
      regain_access_minutes: z.number().min(0).max(10_000).default(1),
      /** Sends a second to one page; one more is answered with 613. */
      sends_per_second: z.number().positive().max(1_000_000).default(300),
      /** The echo is handed over before the call is answered. */
      echo_before_answer: z.boolean().default(false),
    })
    .prefault({}),
  hooks: z
    .object({
      /** Between the act and its first delivery. */
      delay: Span.prefault({}),
      dropped: Share,
      /** Only of echoes; the other ones come. */
      echoes_dropped: Share,
      /** Only of deliveries and reads. */
      receipts_dropped: Share,
      /** The next so many hooks of a person's messages are dropped, whatever the share says. */
      drop_next_messages: z.int().nonnegative().default(0),
      /** Sent a second time, up to `repeat_within_ms` later. */
      repeated: Share,
      repeat_within_ms: Within(3_000),
      /** Held back behind later hooks of its person, up to `reorder_within_ms`. */
      reordered: Share,
      reorder_within_ms: Within(2_000),
      /** Sent with a wrong signature, and once more rightly, as Meta would after the refusal. */
      forged: Share,
      /** Elements of so long go together in one request, over pages and people. */
      batch_within_ms: Within(0),
      /** Keeps hooks until `POST /control/hooks/release`. */
      held: z.boolean().default(false),
      /** Before the second, third, … attempt. Meta tries again at once a few times, then ever less often. */
      retry_gaps_ms: z.array(z.number().min(0).max(600_000)).max(50).default([20, 20, 20, 2_000, 5_000, 15_000, 60_000]),
      answer_within_ms: z.number().positive().max(120_000).default(5_000),
      /** A page whose hooks fail so long is reported (Meta: 15 minutes) … */
      alert_after_ms: z.number().positive().default(900_000),
      /** … and then loses its subscription (Meta: 1 hour). */
      unsubscribe_after_ms: z.number().positive().default(3_600_000),
    })
    .prefault({}),
  /** How long the address of a picture or file holds. */
  cdn_expires_ms: z.number().min(0).default(3_600_000),
  /** Attachments and pictures of personas are fetched, as Meta does; without it any address will do. */
  fetches_urls: z.boolean().default(true),
});

export type Faults = z.output<typeof FaultsSchema>;
export type FaultsInput = z.input<typeof FaultsSchema>;
export type GraphFault = z.output<typeof GraphFaultSchema>;

export function noFaults(): Faults {
  return FaultsSchema.parse({});
}

/** What the faults need to know of a call. */
export interface CallFacts {
  readonly method: string;
  readonly path: string;
  readonly pageId: string | undefined;
  readonly psid: string | undefined;
}

/** Chooses the failure of one call, if any, and uses up its count. */
export function failureOf(
  faults: Faults,
  call: CallFacts,
  chance: (share: number) => boolean,
): { fault: GraphFault; after: boolean } | undefined {
  for (const fault of faults.graph.failures) {
    if (fault.method && fault.method !== call.method) continue;
    if (fault.path && !call.path.includes(fault.path)) continue;
    if (fault.page_id && fault.page_id !== call.pageId) continue;
    if (fault.psid && fault.psid !== call.psid) continue;
    if (fault.count === 0) continue;
    if (!chance(fault.share)) continue;
    if (fault.count !== undefined) fault.count -= 1;
    return { fault, after: fault.when === 'after' || (fault.when === 'either' && chance(0.5)) };
  }
  return undefined;
}
