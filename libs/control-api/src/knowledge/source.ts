import { UuidSchema } from '@baton/contracts';
import { z } from 'zod';
import { WhenSchema } from '../common.js';

export const SOURCE_KINDS = ['text', 'markdown', 'pairs', 'file', 'page', 'sitemap'] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Bytes of a file at most. */
export const FILE_BYTES = 20 * 1_048_576;

/** What files may be; what a file really is, is told from its bytes and the ending of its name. */
export const FILE_TYPES = [
  'application/octet-stream',
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'text/html',
  'text/markdown',
  'text/plain',
  'text/csv',
] as const;

/** What went wrong at one place: an address, or a part of a file. The codes are listed in the documentation of knowledge. */
export const SourceProblemSchema = z.object({ where: z.string(), code: z.string() });
export type SourceProblem = z.output<typeof SourceProblemSchema>;

export const SourceSchema = z.object({
  id: z.string(),
  kind: z.enum(SOURCE_KINDS),
  title: z.string(),
  /** Where readers find it; of pages, where it begins. */
  url: z.string().nullable(),
  fileName: z.string().nullable(),
  /** Bytes of its content; 0 for pages. */
  bytes: z.int(),
  /** Of pages: where from, and how. */
  web: z
    .object({
      urls: z.array(z.string()),
      hosts: z.array(z.string()).optional(),
      pathPrefixes: z.array(z.string()).optional(),
      maxPages: z.int().optional(),
    })
    .nullable(),
  /** Switched off, nothing of it is found. */
  enabled: z.boolean(),
  /**
   * `queued` waits for its turn; `ready` was taken in whole; `partial` with parts left out that are told; `failed` gave nothing new: what it
   * gave before, if anything, is still what the bot knows.
   */
  state: z.enum(['queued', 'running', 'ready', 'partial', 'failed']),
  /** `pagesTotal` is 0 until it is known; `chunks` are the passages that can be found. */
  progress: z.object({ pagesDone: z.int(), pagesTotal: z.int(), chunks: z.int() }),
  /** The first of them: 5 in lists, 100 otherwise. */
  problems: z.array(SourceProblemSchema),
  problemCount: z.int(),
  /** Rises when what was read is not what it was; 0 until something was read. */
  version: z.int(),
  /** Hours between two visits of its pages; null for never. */
  everyHours: z.int().nullable(),
  /** When it is read next. */
  dueAt: WhenSchema.nullable(),
  createdAt: WhenSchema,
  updatedAt: WhenSchema,
  /** When it was last read. */
  takenInAt: WhenSchema.nullable(),
});
export type Source = z.output<typeof SourceSchema>;

const title = z.string().trim().min(1, 'needs a title').max(200);
const url = z.string().trim().min(1, 'needs an address').max(2_048);
const urls = z.array(url).min(1).max(100);
const everyHours = z.int().min(24, 'must be at least 24').max(8_760).nullable();
const text = z.string().min(1, 'needs a text').max(300_000, 'has 300,000 letters at most; give longer texts as a file');
const pairs = z
  .array(
    z.object({
      question: z.string().trim().min(1, 'needs a question').max(1_000),
      answer: z.string().trim().min(1, 'needs an answer').max(20_000),
      url: url.optional(),
      /** Where it belongs, as a heading. */
      topic: z.string().trim().min(1).max(200).optional(),
    }),
  )
  .min(1, 'needs a pair')
  .max(2_000, 'has 2,000 pairs at most; give more of them as a CSV file');
const web = {
  hosts: z.array(z.string().max(253)).max(20).optional(),
  pathPrefixes: z.array(z.string().max(500).startsWith('/', 'must begin with /')).max(20).optional(),
  maxPages: z.int().min(1).max(1_000).optional(),
};
/** Chosen by the caller, so that a repeated request makes no second source. */
const key = z.string().max(128).optional();
const enabled = z.boolean().optional();

/** A new source but a file: text, question and answer pairs, single pages, or all pages of a sitemap. */
export const NewSourceSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['text', 'markdown']), key, enabled, title, url: url.optional(), text }),
  z.object({ kind: z.literal('pairs'), key, enabled, title, pairs }),
  z.object({ kind: z.literal('page'), key, enabled, title: title.optional(), urls, everyHours: everyHours.optional() }),
  z.object({ kind: z.literal('sitemap'), key, enabled, title: title.optional(), url, everyHours: everyHours.optional(), ...web }),
]);
export type NewSource = z.input<typeof NewSourceSchema>;

/** Only what is to change; another kind of source has other fields. */
export const SourceChangeSchema = z.object({
  title: title.optional(),
  enabled,
  text: text.optional(),
  pairs: pairs.optional(),
  url: url.optional(),
  urls: urls.optional(),
  everyHours: everyHours.optional(),
  ...web,
});
export type SourceChange = z.input<typeof SourceChangeSchema>;

export const SourcePageSchema = z.object({
  /** Where it stands among the pages of its source, from 1 on. */
  place: z.int(),
  url: z.string(),
  /** It was read, or cannot be. */
  done: z.boolean(),
  /** Passages that it gave when it could last be read. */
  chunks: z.int(),
  problems: z.array(SourceProblemSchema),
});
export type SourcePage = z.output<typeof SourcePageSchema>;

/** A passage as it is searched. */
export const SourcePassageSchema = z.object({
  chunkId: UuidSchema,
  position: z.int(),
  titlePath: z.array(z.string()),
  text: z.string(),
  question: z.string().optional(),
  url: z.string().optional(),
});
export type SourcePassage = z.output<typeof SourcePassageSchema>;
