import { z } from 'zod';
import { NOTHING, OfBot, pageOf, PageQuery } from '../common.js';
import { defineOperation } from '../operation.js';
import {
  FILE_BYTES,
  FILE_TYPES,
  NewSourceSchema,
  SourceChangeSchema,
  SourcePageSchema,
  SourcePassageSchema,
  SourceSchema,
} from './source.js';

const SOURCES = '/v1/workspaces/{workspaceId}/bots/{botId}/knowledge/sources';
const TAG = 'Knowledge';
const READS = { to: 'workspace', role: 'viewer', scope: 'knowledge' } as const;
const WRITES = { to: 'workspace', role: 'editor', scope: 'knowledge' } as const;
const OfSource = OfBot.extend({ sourceId: z.string().max(64) });
const PROBLEMS = ['conflict', 'too-large', 'service-away', 'not-configured'] as const;
const AWAY = ['service-away', 'not-configured'] as const;

/** Places in a source's own order: `next` leads on. */
const PlaceQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  /** The `next` of the page before. */
  after: z.coerce.number().int().min(0).optional(),
});
const placesOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.int().nullable() });
const OneSource = z.object({ source: SourceSchema });

export const listSources = defineOperation({
  id: 'listSources',
  method: 'GET',
  path: SOURCES,
  tag: TAG,
  summary: 'What a bot knows from where, newest first, and how far each source was read.',
  access: READS,
  params: OfBot,
  query: PageQuery,
  body: NOTHING,
  answer: pageOf(SourceSchema),
  problems: AWAY,
});

export const getSource = defineOperation({
  id: 'getSource',
  method: 'GET',
  path: `${SOURCES}/{sourceId}`,
  tag: TAG,
  summary: 'One source with its problems.',
  access: READS,
  params: OfSource,
  query: NOTHING,
  body: NOTHING,
  answer: OneSource,
  problems: AWAY,
});

export const listSourcePages = defineOperation({
  id: 'listSourcePages',
  method: 'GET',
  path: `${SOURCES}/{sourceId}/pages`,
  tag: TAG,
  summary: 'The pages of a source, each with what it gave and what went wrong.',
  access: READS,
  params: OfSource,
  query: PlaceQuery,
  body: NOTHING,
  answer: placesOf(SourcePageSchema),
  problems: AWAY,
});

export const listSourcePassages = defineOperation({
  id: 'listSourcePassages',
  method: 'GET',
  path: `${SOURCES}/{sourceId}/passages`,
  tag: TAG,
  summary: 'What was made of a source: the passages that are searched, in their order.',
  access: READS,
  params: OfSource,
  query: PlaceQuery,
  body: NOTHING,
  answer: placesOf(SourcePassageSchema),
  problems: AWAY,
});

export const getSourceContent = defineOperation({
  id: 'getSourceContent',
  method: 'GET',
  path: `${SOURCES}/{sourceId}/content`,
  tag: TAG,
  summary: 'What a source of text or pairs was given, to be edited; null for files and pages.',
  access: READS,
  params: OfSource,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({
    content: z
      .union([
        z.object({ text: z.string() }),
        z.object({
          pairs: z.array(
            z.object({ question: z.string(), answer: z.string(), url: z.string().optional(), titlePath: z.array(z.string()).optional() }),
          ),
        }),
      ])
      .nullable(),
  }),
  problems: AWAY,
});

export const addSource = defineOperation({
  id: 'addSource',
  method: 'POST',
  path: SOURCES,
  tag: TAG,
  summary: 'Adds a text, question and answer pairs, pages or a sitemap; it is read within moments.',
  access: WRITES,
  params: OfBot,
  query: NOTHING,
  body: NewSourceSchema,
  answer: OneSource,
  status: 201,
  problems: PROBLEMS,
});

const FileQuery = z.object({
  /** As the file is called; its ending tells tables and Markdown from other texts. */
  name: z.string().trim().min(1, 'needs the name of the file').max(200),
  title: z.string().trim().min(1).max(200).optional(),
  /** Where readers find it. */
  url: z.string().max(2_048).optional(),
});

export const addSourceFile = defineOperation({
  id: 'addSourceFile',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}/knowledge/files',
  tag: TAG,
  summary: 'Adds a file by its bytes: PDF, DOCX, HTML, Markdown, text or CSV of 20 MB at most.',
  access: WRITES,
  params: OfBot,
  query: FileQuery,
  body: NOTHING,
  bytes: { types: FILE_TYPES, limit: FILE_BYTES },
  answer: OneSource,
  status: 201,
  problems: [...PROBLEMS, 'unsupported-media-type'],
});

export const replaceSourceFile = defineOperation({
  id: 'replaceSourceFile',
  method: 'PUT',
  path: `${SOURCES}/{sourceId}/file`,
  tag: TAG,
  summary: 'Gives a source that is a file other bytes; what it gave before holds until they are read.',
  access: WRITES,
  params: OfSource,
  query: FileQuery,
  body: NOTHING,
  bytes: { types: FILE_TYPES, limit: FILE_BYTES },
  answer: OneSource,
  problems: [...PROBLEMS, 'unsupported-media-type'],
});

export const changeSource = defineOperation({
  id: 'changeSource',
  method: 'PATCH',
  path: `${SOURCES}/{sourceId}`,
  tag: TAG,
  summary: 'Changes a source, or switches it on and off; the very next answer obeys.',
  access: WRITES,
  params: OfSource,
  query: NOTHING,
  body: SourceChangeSchema,
  answer: OneSource,
  problems: PROBLEMS,
});

export const refreshSource = defineOperation({
  id: 'refreshSource',
  method: 'POST',
  path: `${SOURCES}/{sourceId}/refresh`,
  tag: TAG,
  summary: 'Has a source read anew; what did not change costs nothing.',
  access: WRITES,
  params: OfSource,
  query: NOTHING,
  body: NOTHING,
  answer: OneSource,
  status: 202,
  problems: AWAY,
});

export const deleteSource = defineOperation({
  id: 'deleteSource',
  method: 'DELETE',
  path: `${SOURCES}/{sourceId}`,
  tag: TAG,
  summary: 'Deletes a source: from this moment on it cannot be cited any more.',
  access: WRITES,
  params: OfSource,
  query: NOTHING,
  body: NOTHING,
  answer: NOTHING,
  problems: AWAY,
});
