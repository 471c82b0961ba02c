import { safeParse } from '@baton/contracts';
import { createHash } from 'node:crypto';
import { canonicalUrl } from '@baton/knowledge';
import { z } from 'zod';
import { Refusal } from '../http/refusal.js';
import { SOURCE_LIMITS } from './source.js';
import { titleOfFile, titleOfUrl } from './source-title.js';
import type { NewSource, SourceChange } from './sources.store.js';

const plain = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'must be text without control characters');

const UrlSchema = z
  .string()
  .max(2_048)
  .transform((url, context) => {
    const known = canonicalUrl(url);
    if (known !== undefined) return known;
    context.addIssue({ code: 'custom', message: 'must be an http(s):// address' });
    return z.NEVER;
  });
const HostSchema = z
  .string()
  .max(253)
  .regex(/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?$/, 'must be a host in lower case, such as help.shop.example');
const EveryHoursSchema = z
  .int()
  .min(24, 'must be at least 24')
  .max(8_760)
  .nullable()
  .meta({ description: 'hours between two visits; null for never' });
const WebSchema = {
  urls: z.array(UrlSchema).min(1).max(SOURCE_LIMITS.urls),
  hosts: z.array(HostSchema).max(20),
  pathPrefixes: z.array(z.string().max(500).startsWith('/')).max(20),
  maxPages: z.int().min(1).max(SOURCE_LIMITS.pages),
};
const PairsSchema = z
  .array(
    z.strictObject({
      question: z.string().trim().min(1).max(1_000),
      answer: z.string().trim().min(1).max(20_000),
      url: UrlSchema.optional(),
      /** Where it belongs, as a heading. */
      topic: z.string().trim().min(1).max(200).optional(),
    }),
  )
  .min(1)
  .max(SOURCE_LIMITS.pairs);
const TextSchema = z.string().trim().min(1).max(SOURCE_LIMITS.textLetters);

const KeySchema = z.string().regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 printable characters without spaces');
const Common = { key: KeySchema.optional(), enabled: z.boolean().default(true) };
const Web = { everyHours: EveryHoursSchema.default(null), title: plain(200).optional() };

const CreateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['text', 'markdown']), ...Common, title: plain(200), url: UrlSchema.optional(), text: TextSchema }),
  z.strictObject({ kind: z.literal('pairs'), ...Common, title: plain(200), pairs: PairsSchema }),
  z.strictObject({ kind: z.literal('page'), ...Common, ...Web, url: UrlSchema.optional(), urls: WebSchema.urls.optional() }),
  z.strictObject({
    kind: z.literal('sitemap'),
    ...Common,
    ...Web,
    url: UrlSchema,
    hosts: WebSchema.hosts.optional(),
    pathPrefixes: WebSchema.pathPrefixes.optional(),
    maxPages: WebSchema.maxPages.optional(),
  }),
]);

const FileSchema = z.strictObject({
  /** As the file is called; its ending tells tables and Markdown from other texts. */
  name: plain(200),
  title: plain(200).optional(),
  url: UrlSchema.optional(),
  key: KeySchema.optional(),
  enabled: z.enum(['true', 'false']).default('true'),
});

const PatchSchema = z.strictObject({
  title: plain(200).optional(),
  enabled: z.boolean().optional(),
  text: TextSchema.optional(),
  pairs: PairsSchema.optional(),
  url: UrlSchema.optional(),
  urls: WebSchema.urls.optional(),
  hosts: WebSchema.hosts.optional(),
  pathPrefixes: WebSchema.pathPrefixes.optional(),
  maxPages: WebSchema.maxPages.optional(),
  everyHours: EveryHoursSchema.optional(),
});
export type SourcePatch = z.output<typeof PatchSchema>;

type Wanted = Omit<NewSource, 'id'>;

/** Reads a body that makes a source. @throws Refusal 400, naming the field */
export function readNewSource(body: unknown): Wanted {
  const asked = checked(CreateSchema, body);
  const nothing = { url: null, fileName: null, content: null, web: null, everyHours: null };
  const common = { key: asked.key ?? null, enabled: asked.enabled, requestHash: hashOf(JSON.stringify(asked)) };
  switch (asked.kind) {
    case 'text':
    case 'markdown':
      return { ...nothing, ...common, kind: asked.kind, title: asked.title, url: asked.url ?? null, content: Buffer.from(asked.text) };
    case 'pairs':
      return { ...nothing, ...common, kind: 'pairs', title: asked.title, content: contentOfPairs(asked.pairs) };
    case 'page': {
      const urls = [...(asked.url === undefined ? [] : [asked.url]), ...(asked.urls ?? [])];
      if (urls.length === 0) throw new Refusal('invalid-request', 'url: is needed', 'url');
      const place = { title: asked.title ?? titleOfUrl(urls[0]!), url: urls[0]!, everyHours: asked.everyHours };
      return { ...nothing, ...common, ...place, kind: 'page', web: { urls } };
    }
    case 'sitemap': {
      const { url, hosts, pathPrefixes, maxPages } = asked;
      const place = { title: asked.title ?? titleOfUrl(url), url, everyHours: asked.everyHours };
      return { ...nothing, ...common, ...place, kind: 'sitemap', web: { urls: [url], ...given({ hosts, pathPrefixes, maxPages }) } };
    }
  }
}

/** Reads the address of an upload that makes a source. @throws Refusal 400, naming the field */
export function readNewFile(query: unknown, content: Buffer): Wanted {
  const { name, title, url, key, enabled } = checked(FileSchema, query, 'query');
  const requestHash = hashOf(JSON.stringify([name, title, url, enabled]), content);
  const told = { title: title ?? titleOfFile(name), url: url ?? null, fileName: name, enabled: enabled === 'true' };
  return { ...told, kind: 'file', content, web: null, everyHours: null, key: key ?? null, requestHash };
}

/** Reads the address of an upload that replaces a file. */
export function readFileChange(query: unknown, content: Buffer): SourceChange {
  const { name, title, url } = checked(FileSchema.partial(), query, 'query');
  return { content, ...given({ fileName: name, title, url }) };
}

/** @throws Refusal 400, naming the field */
export function readPatch(body: unknown): SourcePatch {
  return checked(PatchSchema, body);
}

export function contentOfPairs(pairs: z.output<typeof PairsSchema>): Buffer {
  return Buffer.from(JSON.stringify(pairs.map(({ topic, ...pair }) => ({ ...pair, ...(topic !== undefined && { titlePath: [topic] }) }))));
}

/** Only what is there. */
export function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}

function checked<T>(schema: z.ZodType<T>, value: unknown, fallback = 'body'): T {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Refusal('invalid-request', 'the body must be a JSON object');
  const parsed = safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].join('.') || fallback;
  throw new Refusal(
    'invalid-request',
    `${field}: ${unknown === undefined ? (issue?.message ?? 'is wrong') : 'is not known'}`.slice(0, 500),
    field.slice(0, 200),
  );
}

const hashOf = (...parts: (string | Buffer)[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
