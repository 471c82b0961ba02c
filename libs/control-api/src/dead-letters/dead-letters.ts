import { z } from 'zod';
import { AuthorSchema, InWorkspace, NOTHING, PageQuery, WhenSchema, pageOf } from '../common.js';
import { defineOperation } from '../operation.js';

/** `open`: nobody looked after it yet. */
export const DEAD_LETTER_STATES = ['open', 'replayed', 'dismissed'] as const;
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number];

/** At most so many are sent again by one call. */
export const REPLAY_AT_ONCE = 100;

/** One record that could not be handled. */
export const DeadLetterEntrySchema = z.object({
  letterId: z.uuid(),
  at: WhenSchema,
  /** Null where nobody could tell whose it is: only administrators see it. */
  workspaceId: z.string().nullable(),
  /** Without prefix and version: `deliveries`. */
  topic: z.string(),
  /** Which service could not handle it, such as `channel-dispatcher`. */
  service: z.string(),
  /** A code such as `not-json`. */
  reason: z.string(),
  /** One sentence, without what people wrote. */
  error: z.string(),
  /** Such as `delivery.message`; null where that could not be read. */
  eventType: z.string().nullable(),
  botId: z.string().nullable(),
  conversationId: z.string().nullable(),
  /** Of the record, in bytes. */
  size: z.int(),
  state: z.enum(DEAD_LETTER_STATES),
  /** Who replayed or dismissed it, and when; null while it is open, and where it was done on the command line. */
  changedBy: AuthorSchema.nullable(),
  changedAt: WhenSchema.nullable(),
  /** How often it was sent again. */
  replays: z.int(),
  /** It came back: the letter that was sent again and is now this one. */
  cameBackFrom: z.uuid().nullable(),
  /** It was sent again and came back as this one. */
  cameBackAs: z.uuid().nullable(),
});
export type DeadLetterEntry = z.output<typeof DeadLetterEntrySchema>;

/** What the record said. */
export const DeadLetterContentSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('json'), text: z.string() }),
  z.object({ is: z.literal('text'), text: z.string() }),
  /** Hexadecimal, the first of them. */
  z.object({ is: z.literal('bytes'), text: z.string() }),
  z.object({ is: z.literal('nothing'), text: z.literal('') }),
]);

export const DeadLetterSchema = DeadLetterEntrySchema.extend({
  /** As it is called in Kafka. */
  topicOnTheWire: z.string(),
  partition: z.string(),
  offset: z.string(),
  /** The consumer group that refused it. */
  consumer: z.string(),
  /** Its own place in the topic of dead letters, as the command line names it. */
  place: z.string(),
  key: z.string().nullable(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  content: DeadLetterContentSchema,
  /** `content` is only its beginning. */
  isShortened: z.boolean(),
  /** It was too large to be kept whole and cannot be sent again. */
  isIncomplete: z.boolean(),
});
export type DeadLetter = z.output<typeof DeadLetterSchema>;

const TAG = 'Dead letters';
const PATH = '/v1/workspaces/{workspaceId}/dead-letters';
const OneLetter = InWorkspace.extend({ letterId: z.uuid() });

export const listDeadLetters = defineOperation({
  id: 'listDeadLetters',
  method: 'GET',
  path: PATH,
  tag: TAG,
  summary: 'Records that a service could not understand, newest first; administrators also see those of which nobody knows whose they are.',
  access: { to: 'workspace', role: 'viewer', scope: 'operations' },
  params: InWorkspace,
  query: PageQuery.extend({
    state: z.enum(DEAD_LETTER_STATES).optional(),
    topic: z.string().max(100).optional(),
    service: z.string().max(100).optional(),
    reason: z.string().max(100).optional(),
  }),
  body: NOTHING,
  answer: pageOf(DeadLetterEntrySchema).extend({
    /** Of all that the caller may see, whatever the filter. */
    counts: z.object({ open: z.int(), replayed: z.int(), dismissed: z.int() }),
    /** What can be filtered by. */
    topics: z.array(z.string()),
    services: z.array(z.string()),
    reasons: z.array(z.string()),
  }),
});

export const getDeadLetter = defineOperation({
  id: 'getDeadLetter',
  method: 'GET',
  path: `${PATH}/{letterId}`,
  tag: TAG,
  summary: 'One dead letter with its headers and what it said.',
  access: { to: 'workspace', role: 'viewer', scope: 'operations' },
  params: OneLetter,
  query: NOTHING,
  body: NOTHING,
  answer: DeadLetterSchema,
});

/** What became of one that was to be sent again. */
export const ReplayOutcomeSchema = z.object({
  letterId: z.uuid(),
  /**
   * `replayed`: Kafka has it. `already`: it was before, nothing was sent. `gone`: there is none such. `incomplete`: it was not kept whole.
   * `refused`: Kafka will never take it. `unavailable`: Kafka did not answer, try again.
   */
  outcome: z.enum(['replayed', 'already', 'gone', 'incomplete', 'refused', 'unavailable']),
});
export type ReplayOutcome = z.output<typeof ReplayOutcomeSchema>;

export const replayDeadLetter = defineOperation({
  id: 'replayDeadLetter',
  method: 'POST',
  path: `${PATH}/{letterId}/replay`,
  tag: TAG,
  summary: 'Sends one again, to be decided anew. A second call sends nothing, unless it says `again`.',
  access: { to: 'workspace', role: 'editor', scope: 'operations' },
  params: OneLetter,
  query: NOTHING,
  body: z.object({ again: z.boolean().default(false) }),
  answer: ReplayOutcomeSchema,
  problems: ['conflict', 'service-away'],
});

export const replayDeadLetters = defineOperation({
  id: 'replayDeadLetters',
  method: 'POST',
  path: `${PATH}/replays`,
  tag: TAG,
  summary: 'Sends up to 100 again, each unless it was before, in the order in which they came.',
  access: { to: 'workspace', role: 'editor', scope: 'operations' },
  params: InWorkspace,
  query: NOTHING,
  body: z.object({ letterIds: z.array(z.uuid()).min(1).max(REPLAY_AT_ONCE) }),
  answer: z.object({ items: z.array(ReplayOutcomeSchema) }),
});

export const dismissDeadLetter = defineOperation({
  id: 'dismissDeadLetter',
  method: 'POST',
  path: `${PATH}/{letterId}/dismiss`,
  tag: TAG,
  summary: 'Nothing needs to be done about it. A second call changes nothing.',
  access: { to: 'workspace', role: 'editor', scope: 'operations' },
  params: OneLetter,
  query: NOTHING,
  body: NOTHING,
  answer: DeadLetterEntrySchema,
});
