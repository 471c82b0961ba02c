import type { Author, Source, SourcePage, SourcePassage } from '@baton/control-api';
import { addSourceFile, SourceSchema } from '@baton/control-api';
import type { Operation } from '@baton/control-api';
import type { IncomingMessage } from 'node:http';
import { bytesOf } from '../api/take-bytes.js';
import type { Audit } from '../audit/audit.js';
import { withQuery } from '../services/address.js';
import type { Services } from '../services/services.js';

/** A bot's knowledge, and who asks for it. */
export interface Asked {
  readonly workspaceId: string;
  readonly botId: string;
  readonly by: Author;
  /** The network address it came from. */
  readonly address?: string;
}

interface FileGiven {
  readonly name: string;
  readonly title?: string | undefined;
  readonly url?: string | undefined;
}

type Told<T> = { readonly [K in keyof T]: unknown };

/** For the largest file over a slow line, and a little more than the service gives itself. */
const UPLOAD_MS = 190_000;

/** What bots know, as the API shows and changes it: the service that holds it is asked each time. */
export class Knowledge {
  constructor(
    private readonly services: Services,
    private readonly audit: Audit,
  ) {}

  async list(asked: Asked, o: { readonly limit: number; readonly before?: string | undefined }) {
    const { sources } = await this.read<{ sources: object[] }>(asked, withQuery('', { limit: o.limit + 1, before: o.before }));
    const items = sources.slice(0, o.limit).map((source) => SourceSchema.parse(source));
    const last = items.at(-1);
    return { items, next: sources.length > o.limit && last ? `${new Date(last.createdAt).getTime()}_${last.id}` : null };
  }

  async one(asked: Asked, sourceId: string): Promise<{ source: Source }> {
    return sourceIn(await this.read(asked, `/${encodeURIComponent(sourceId)}`));
  }

  async pages(asked: Asked, sourceId: string, o: { readonly limit: number; readonly after?: number | undefined }) {
    const { pages } = await this.read<{ pages: SourcePage[] }>(asked, part(sourceId, 'pages', o));
    return places(pages, o.limit, ({ place }) => place);
  }

  async passages(asked: Asked, sourceId: string, o: { readonly limit: number; readonly after?: number | undefined }) {
    const { passages } = await this.read<{ passages: SourcePassage[] }>(asked, part(sourceId, 'passages', o));
    return places(passages, o.limit, ({ position }) => position);
  }

  content<T extends object>(asked: Asked, sourceId: string): Promise<T> {
    return this.read(asked, `/${encodeURIComponent(sourceId)}/content`);
  }

  async add(asked: Asked, body: unknown): Promise<{ source: Source }> {
    const made = sourceIn(await this.write(asked, { method: 'POST', path: '', body }));
    await this.note(asked, 'knowledge.added', made.source);
    return made;
  }

  async addFile(asked: Asked, file: FileGiven, request: IncomingMessage): Promise<{ source: Source }> {
    const made = sourceIn(
      await this.write(asked, { method: 'POST', path: withQuery('', { ...file }), ...uploaded(addSourceFile, request) }),
    );
    await this.note(asked, 'knowledge.added', made.source);
    return made;
  }

  async replaceFile(asked: Asked, sourceId: string, file: FileGiven, request: IncomingMessage): Promise<{ source: Source }> {
    const path = withQuery(`/${encodeURIComponent(sourceId)}`, { ...file });
    const changed = sourceIn(await this.write(asked, { method: 'PATCH', path, ...uploaded(addSourceFile, request) }));
    await this.note(asked, 'knowledge.replaced', changed.source);
    return changed;
  }

  async change(asked: Asked, sourceId: string, body: { readonly enabled?: boolean | undefined }): Promise<{ source: Source }> {
    const changed = sourceIn(await this.write(asked, { method: 'PATCH', path: `/${encodeURIComponent(sourceId)}`, body }));
    const isSwitch = body.enabled !== undefined && Object.keys(body).length === 1;
    await this.note(
      asked,
      !isSwitch ? 'knowledge.changed' : body.enabled ? 'knowledge.switched-on' : 'knowledge.switched-off',
      changed.source,
    );
    return changed;
  }

  async refresh(asked: Asked, sourceId: string): Promise<{ source: Source }> {
    const read = sourceIn(await this.write(asked, { method: 'POST', path: `/${encodeURIComponent(sourceId)}/refresh` }));
    await this.note(asked, 'knowledge.refreshed', read.source);
    return read;
  }

  async delete(asked: Asked, sourceId: string): Promise<void> {
    const { source } = await this.one(asked, sourceId);
    await this.write(asked, { method: 'DELETE', path: `/${encodeURIComponent(sourceId)}` });
    await this.note(asked, 'knowledge.deleted', source);
  }

  private read<T>(asked: Asked, path: string): Promise<T> {
    return this.services.json<T>('ai', passOf(asked, 'read'), { path: `/bots/${asked.botId}/sources${path}` });
  }

  private write(asked: Asked, { path, ...request }: Parameters<Services['json']>[2]): Promise<Told<{ source: Source }>> {
    return this.services.json('ai', passOf(asked, 'write'), { ...request, path: `/bots/${asked.botId}/sources${path}` });
  }

  private note({ workspaceId, botId, by, address }: Asked, action: `knowledge.${string}`, { id, title, kind }: Source): Promise<void> {
    const target = { kind: 'knowledge-source', id, name: title };
    return this.audit.note({ workspaceId, by, action, target, details: { botId, source: kind }, address });
  }
}

function passOf({ workspaceId, by }: Asked, may: 'read' | 'write') {
  return { workspaceId, errand: 'knowledge' as const, may, by: by.id ?? by.kind };
}

function sourceIn({ source }: Told<{ source: Source }>): { source: Source } {
  return { source: SourceSchema.parse(source) };
}

function part(sourceId: string, what: string, { limit, after }: { readonly limit: number; readonly after?: number | undefined }): string {
  return withQuery(`/${encodeURIComponent(sourceId)}/${what}`, { limit: limit + 1, after });
}

/** One more than was asked for tells whether there are more. */
function places<T>(found: readonly T[], limit: number, placeOf: (one: T) => number): { items: T[]; next: number | null } {
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? placeOf(items.at(-1)!) : null };
}

function uploaded(operation: Operation, request: IncomingMessage) {
  return { bytes: { content: bytesOf(operation, request), type: 'application/octet-stream' }, withinMs: UPLOAD_MS };
}
