import { z } from 'zod';

/** A passage that was found for a question, and why. */
export const FoundPassageSchema = z.object({
  chunkId: z.string(),
  sourceId: z.string(),
  sourceVersion: z.int(),
  sourceTitle: z.string(),
  url: z.string().optional(),
  /** Headings above it, outermost first. */
  titlePath: z.array(z.string()),
  text: z.string(),
  /** Of a pair of question and answer. */
  question: z.string().optional(),
  language: z.string().optional(),
  /** Of its words (BM25) and of its meaning (cosine of the vectors), absent where that leg did not find it; `fused` is both together, 0 to 1. */
  scores: z.object({ lexical: z.number().optional(), dense: z.number().optional(), fused: z.number() }),
});
export type FoundPassage = z.output<typeof FoundPassageSchema>;

/** What a rule said about an answer before it may be sent. */
export const VerdictSchema = z.object({
  rule: z.string(),
  passed: z.boolean(),
  /** Whose words were judged, where a model's answer was judged before the words of a source took its place. */
  of: z.enum(['extract', 'model']).optional(),
  detail: z.string().optional(),
});
export type Verdict = z.output<typeof VerdictSchema>;

const Ms = z.object({ retrieve: z.number(), model: z.number(), total: z.number() });

/** How an answer came to be. */
export const TraceSchema = z.object({
  /** As it was looked up, after a follow-up was made whole; without personal data. */
  question: z.string(),
  language: z.string(),
  passages: z.array(FoundPassageSchema),
  /** How well the best passage supports an answer, 0 to 1. */
  support: z.number(),
  /** Support that an answer needs. */
  threshold: z.number(),
  verdicts: z.array(VerdictSchema),
  /** `extract`: word for word; `model`: written by the model. */
  by: z.enum(['extract', 'model', 'none']),
  model: z.string().optional(),
  tokens: z.object({ read: z.int(), written: z.int() }).optional(),
  ms: Ms,
});
export type Trace = z.output<typeof TraceSchema>;

export const CitationSchema = z.object({
  chunkId: z.string(),
  sourceId: z.string(),
  sourceVersion: z.int(),
  title: z.string(),
  url: z.string().optional(),
});
export type Citation = z.output<typeof CitationSchema>;

/** What the assistant does: `human` calls one, `unknown` says that it does not know, `courtesy` answers a greeting in kind. */
export const ANSWER_KINDS = ['answer', 'unknown', 'human', 'courtesy', 'trouble', 'quota-end'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

/** An answer that was tried out. */
export const TriedAnswerSchema = z.object({
  kind: z.enum(ANSWER_KINDS),
  text: z.string(),
  citations: z.array(CitationSchema).default([]),
  /** Why a human is called. */
  reason: z.enum(['asked', 'unsupported', 'misses']).optional(),
  /** What the human reads. */
  note: z.string().optional(),
  error: z.string().optional(),
  trace: TraceSchema,
});
export type TriedAnswer = z.output<typeof TriedAnswerSchema>;

/** An answer that a visitor got, or would have got. */
export const GivenAnswerSchema = z.object({
  answerId: z.string(),
  place: z.enum(['inbox', 'webchat', 'messenger']),
  /** In Crisp's inbox: Crisp's session. */
  sessionId: z.string().optional(),
  /** In a channel of ours: the conversation. */
  conversationId: z.string().optional(),
  kind: z.enum(ANSWER_KINDS),
  text: z.string(),
  citations: z.array(CitationSchema),
  /** `dropped`: overtaken or not allowed any more; `suggested`: told to agents only; `shadow`: recorded only; `failed`: not delivered. */
  state: z.enum(['planned', 'posted', 'dropped', 'suggested', 'shadow', 'failed']),
  /** Why it is in that state, a code such as `superseded` or `human`. */
  why: z.string().optional(),
  /** Whether it counts against the plan. */
  counted: z.boolean(),
  at: z.iso.datetime(),
  /** As it was looked up; null where nothing was. */
  question: z.string().nullable(),
  support: z.number().nullable(),
  threshold: z.number().nullable(),
  by: z.enum(['extract', 'model', 'none']).nullable(),
  model: z.string().optional(),
});
export type GivenAnswer = z.output<typeof GivenAnswerSchema>;
