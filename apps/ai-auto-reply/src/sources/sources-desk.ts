import { IncomingMessage } from 'node:http';
import { UuidSchema } from '@baton/contracts';
import type { KnowledgeScope, KnowledgeStore, StoredChunk } from '@baton/knowledge';
import { collectAtMost } from '@baton/outside';
import { readPlace } from '../http/place.js';
import { Refusal } from '../http/refusal.js';
import type { PagesStore, ShownPage } from './ingestion/pages.store.js';
import type { ManageSources } from './manage-sources.js';
import { SOURCE_LIMITS } from './source.js';
import type { Source } from './source.js';
import { readFileChange, readNewFile, readNewSource, readPatch } from './source-request.js';
import type { SourcesStore } from './sources.store.js';

/** Uploads that are held in memory at once. */
const MAX_UPLOADS = 4;
/** For the largest file over a slow line. */
const UPLOAD_MS = 180_000;
const PROBLEMS_IN_LIST = 5;

/** A source as callers see it. */
export type ShownSource = Omit<Source, 'workspaceId' | 'botId'>;

/** What a caller brings to make or change a source: JSON, or the bytes of a file with a query that says the rest. */
export interface Brought {
  readonly query: unknown;
  readonly body: unknown;
  /** The header `Content-Length`. */
  readonly length: string | undefined;
}

/** What every door of sources does, once it is known for which bot. */
export class SourcesDesk {
  private uploads = 0;

  constructor(
    private readonly sources: SourcesStore,
    private readonly manage: ManageSources,
    private readonly pages: PagesStore,
    private readonly knowledge: { readonly store: Pick<KnowledgeStore, 'listChunks'> },
  ) {}

  /** All of a bot, each with its first problems only. */
  async list(scope: KnowledgeScope): Promise<ShownSource[]> {
    return (await this.sources.list(scope)).map(inList);
  }

  /** A page of them, newest first. @throws Refusal 400 for a place that is none */
  async page(scope: KnowledgeScope, o: { readonly limit: number; readonly before?: string }): Promise<ShownSource[]> {
    try {
      const before = o.before === undefined ? undefined : readPlace(o.before);
      return (await this.sources.page(scope, { limit: o.limit, ...(before && { before }) })).map(inList);
    } catch (error) {
      if (error instanceof RangeError) throw new Refusal('invalid-request', error.message, 'before');
      throw error;
    }
  }

  /** @throws Refusal 404 */
  async one(scope: KnowledgeScope, id: string): Promise<ShownSource> {
    return shown(await this.found(scope, id));
  }

  /** The pages of a source in their order, from a place on; of a source without pages none. @throws Refusal 404 */
  async pagesOf(scope: KnowledgeScope, id: string, o: { readonly after: number; readonly limit: number }): Promise<ShownPage[]> {
    return this.pages.list((await this.found(scope, id)).id, o);
  }

  /** What was made of a source: the passages that are searched, in their order, behind a place. @throws Refusal 404 */
  async passagesOf(scope: KnowledgeScope, id: string, o: { readonly after: number; readonly limit: number }): Promise<StoredChunk[]> {
    return this.knowledge.store.listChunks(scope, (await this.found(scope, id)).id, o);
  }

  /** What a source of text or pairs was given, to be edited; null for what comes from files and pages. @throws Refusal 404 */
  async contentOf(scope: KnowledgeScope, id: string): Promise<{ readonly text: string } | { readonly pairs: unknown } | null> {
    const { kind } = await this.found(scope, id);
    if (kind !== 'text' && kind !== 'markdown' && kind !== 'pairs') return null;
    const content = ((await this.sources.contentOf(scope, id)) ?? Buffer.alloc(0)).toString('utf8');
    return kind === 'pairs' ? { pairs: JSON.parse(content) as unknown } : { text: content };
  }

  /** `isNew` is false where the same request was made before. @throws Refusal */
  async create(
    scope: KnowledgeScope,
    { query, body, length }: Brought,
  ): Promise<{ readonly source: ShownSource; readonly isNew: boolean }> {
    const wanted = body instanceof IncomingMessage ? readNewFile(query, await this.uploaded(body, length)) : readNewSource(body);
    const { source, isNew } = await this.manage.create(scope, wanted);
    return { source: shown(source), isNew };
  }

  /** @throws Refusal */
  async change(scope: KnowledgeScope, id: string, { query, body, length }: Brought): Promise<ShownSource> {
    const sourceId = checkedId(id);
    return shown(
      body instanceof IncomingMessage
        ? await this.manage.replaceFile(scope, sourceId, readFileChange(query, await this.uploaded(body, length)))
        : await this.manage.patch(scope, sourceId, readPatch(body)),
    );
  }

  /** @throws Refusal 404 */
  async refresh(scope: KnowledgeScope, id: string): Promise<ShownSource> {
    return shown(await this.manage.refresh(scope, checkedId(id)));
  }

  /** @throws Refusal 404 */
  async remove(scope: KnowledgeScope, id: string): Promise<void> {
    await this.manage.remove(scope, checkedId(id));
  }

  private async found(scope: KnowledgeScope, id: string): Promise<Source> {
    const source = await this.sources.find(scope, checkedId(id));
    if (!source) throw new Refusal('not-found', 'this bot has no such source');
    return source;
  }

  private async uploaded(body: IncomingMessage, length: string | undefined): Promise<Buffer> {
    const tooLarge = new Refusal('too-large', `a file has ${SOURCE_LIMITS.fileBytes / 1_048_576} MB at most`);
    if (Number(length ?? 0) > SOURCE_LIMITS.fileBytes) throw tooLarge;
    if (this.uploads >= MAX_UPLOADS) throw new Refusal('too-many-requests', 'too many files come at once; try again in a moment');
    this.uploads += 1;
    const tooSlow = setTimeout(() => body.destroy(new Error('the upload took too long')), UPLOAD_MS);
    try {
      const bytes = await collectAtMost(body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>, SOURCE_LIMITS.fileBytes);
      if (!bytes) throw tooLarge;
      if (bytes.length === 0) throw new Refusal('invalid-request', 'the file is empty');
      return bytes;
    } finally {
      clearTimeout(tooSlow);
      this.uploads -= 1;
    }
  }
}

/** Ids of another form are nobody's. */
function checkedId(id: string): string {
  if (!UuidSchema.safeParse(id).success) throw new Refusal('not-found', 'this bot has no such source');
  return id;
}

function shown({ workspaceId: _workspace, botId: _bot, ...source }: Source): ShownSource {
  return source;
}

function inList(source: Source): ShownSource {
  return shown({ ...source, problems: source.problems.slice(0, PROBLEMS_IN_LIST) });
}
