import { UuidSchema } from '@baton/contracts';
import { z } from 'zod';

/** By what one person is known. */
export const PERSON_KINDS = ['email', 'user-id', 'conversation', 'messenger', 'crisp-session'] as const;
export const PersonSchema = z.object({ by: z.enum(PERSON_KINDS), value: z.string().trim().min(1).max(254) });
export type PersonKnownBy = z.output<typeof PersonSchema>;

/** How far the numbering of a conversation had come when it was erased: what has a lower number is of the time before. */
const NumberingSchema = z.object({ conversationId: UuidSchema, deliverySequence: z.int(), turn: z.int(), epoch: z.int() });
export type Numbering = z.output<typeof NumberingSchema>;

/** So many conversations, or sessions, of one person are on a page of what is found, and in one request. */
export const MOST_OF_ONE = 200;

/** What belongs to one person: conversations of channels, and sessions of Crisp's own chat box. */
export const SubjectsSchema = z.object({
  conversationIds: z.array(UuidSchema).max(MOST_OF_ONE),
  sessionIds: z.array(z.string().min(1).max(100)).max(10 * MOST_OF_ONE),
});
export type Subjects = z.output<typeof SubjectsSchema>;

export const FindSchema = z.object({
  person: PersonSchema,
  /** The `next` of the page before. */
  after: z.string().min(1).max(100).optional(),
});
export const EraseSchema = SubjectsSchema.extend({
  /** Whatever was said until then never comes back. */
  at: z.iso.datetime(),
  /** Their conversations in Crisp are deleted there, too. */
  atCrisp: z.boolean().default(false),
  numbering: z.array(NumberingSchema).max(MOST_OF_ONE).default([]),
});
export type Erase = z.output<typeof EraseSchema>;

const CrispSessionSchema = z.object({ websiteId: UuidSchema, sessionId: z.string() });
export type CrispSession = z.output<typeof CrispSessionSchema>;

/** A page of the conversations of one person, as a service knows them. */
export const FoundSchema = z.object({
  conversations: z.array(
    z.object({
      conversationId: UuidSchema,
      botId: z.string(),
      channel: z.string(),
      from: z.iso.datetime(),
      until: z.iso.datetime(),
      lines: z.int(),
      crispSessions: z.array(CrispSessionSchema),
    }),
  ),
  sessions: z.array(CrispSessionSchema.extend({ botId: z.string(), until: z.iso.datetime() })),
  /** Where the next page begins; absent on the last one. */
  next: z.string().optional(),
});
export type Found = z.output<typeof FoundSchema>;

/** What was erased, in rows; and what became of conversations in Crisp. */
export const ErasedSchema = z.object({
  rows: z.int(),
  crisp: z.array(CrispSessionSchema.extend({ deleted: z.boolean() })),
  numbering: z.array(NumberingSchema),
});
export type Erased = z.output<typeof ErasedSchema>;
