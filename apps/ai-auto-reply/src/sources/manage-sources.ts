import { newId } from '@baton/contracts';
import type { KnowledgeScope, KnowledgeStore } from '@baton/knowledge';
import type { EntityManager } from 'typeorm';
import { Refusal } from '../http/refusal.js';
import { SOURCE_LIMITS } from './source.js';
import type { Source } from './source.js';
import { contentOfPairs, given } from './source-request.js';
import type { SourcePatch } from './source-request.js';
import type { NewSource, SourceChange, SourcesStore } from './sources.store.js';

export interface ManageParts {
  readonly sources: SourcesStore;
  readonly knowledge: { readonly store: Pick<KnowledgeStore, 'setEnabled' | 'removeSource'> };
  /** Something waits to be taken in. */
  readonly wake: () => void;
  /** What a bot knows has changed. */
  readonly onChange: (scope: KnowledgeScope) => void;
  readonly now?: () => Date;
}

const NO_SUCH = 'this bot has no such source';
const SWEPT_AT_ONCE = 20;

/** What a support team does with its sources. What is switched off or deleted is gone from the very next search on. */
export class ManageSources {
  private readonly now: () => Date;

  constructor(private readonly parts: ManageParts) {
    this.now = parts.now ?? (() => new Date());
  }

  /** @throws Refusal when the bot has as much as it may, or its key was used for something else */
  async create(scope: KnowledgeScope, wanted: Omit<NewSource, 'id'>): Promise<{ readonly source: Source; readonly isNew: boolean }> {
    const { sources, wake } = this.parts;
    const created = await sources.dataSource.transaction(async (manager) => {
      if (wanted.key !== null && (await sources.findByKey(scope, wanted.key))) return undefined;
      await this.checkRoom(manager, scope, wanted.content?.length ?? 0, 1);
      return sources.create(manager, scope, { ...wanted, id: newId() }, this.now());
    });
    if (created) {
      wake();
      return { source: created, isNew: true };
    }
    const known = await sources.findByKey(scope, wanted.key!);
    if (known?.requestHash !== wanted.requestHash) throw new Refusal('conflict', 'key: was used for another source', 'key');
    const { requestHash: _hash, ...source } = known;
    return { source, isNew: false };
  }

  /** @throws Refusal 404, or 400 for what this kind of source does not have */
  async patch(scope: KnowledgeScope, id: string, patch: SourcePatch): Promise<Source> {
    return this.change(scope, id, (source) => changeOf(source, patch));
  }

  /** Gives a file other bytes. @throws Refusal 404, or 400 for a source that is no file */
  async replaceFile(scope: KnowledgeScope, id: string, change: SourceChange): Promise<Source> {
    return this.change(scope, id, ({ kind }) => {
      if (kind !== 'file') throw new Refusal('invalid-request', 'only a source of kind file takes another file');
      return change;
    });
  }

  /** @throws Refusal 404 */
  async refresh(scope: KnowledgeScope, id: string): Promise<Source> {
    const source = await this.parts.sources.refresh(scope, id, this.now());
    if (!source) throw new Refusal('not-found', NO_SUCH);
    this.parts.wake();
    return source;
  }

  /** @throws Refusal 404 */
  async remove(scope: KnowledgeScope, id: string): Promise<void> {
    if (!(await this.takeAway(scope, id))) throw new Refusal('not-found', NO_SUCH);
  }

  /** False when there is no such source. */
  async takeAway(scope: KnowledgeScope, id: string): Promise<boolean> {
    const { sources, knowledge } = this.parts;
    const isMarked = await sources.dataSource.transaction(async (manager) => {
      if (!(await sources.lock(manager, scope, id))) return false;
      // One small statement there, before anything else: it cannot be cited any more, whatever becomes of the rest.
      await knowledge.store.setEnabled(scope, id, false);
      await sources.markDeleted(manager, id, this.now());
      return true;
    });
    if (!isMarked) return false;
    this.parts.onChange(scope);
    // It is gone for everybody; what is left of it is taken away now or by the next sweep.
    await this.erase({ ...scope, id }).catch(() => undefined);
    return true;
  }

  /** Takes away what was deleted while the knowledge could not be reached. */
  async sweep(): Promise<void> {
    for (const one of await this.parts.sources.deleted(SWEPT_AT_ONCE)) await this.erase(one);
  }

  private async erase({ id, ...scope }: KnowledgeScope & { readonly id: string }): Promise<void> {
    await this.parts.knowledge.store.removeSource(scope, id);
    await this.parts.sources.erase(id);
  }

  private async change(scope: KnowledgeScope, id: string, changeOf: (source: Source) => SourceChange): Promise<Source> {
    const { sources, knowledge, wake, onChange } = this.parts;
    let isSwitched = false;
    const changed = await sources.dataSource.transaction(async (manager) => {
      const source = await sources.lock(manager, scope, id);
      if (!source) throw new Refusal('not-found', NO_SUCH);
      const change = changeOf(source);
      if (change.content) await this.checkRoom(manager, scope, change.content.length - source.bytes, 0);
      const { enabled, everyHours: _every, ...content } = change;
      // Both or neither: a switch that was told here holds there.
      if (enabled !== undefined) isSwitched = await knowledge.store.setEnabled(scope, id, enabled);
      return sources.change(manager, id, change, this.now(), Object.keys(content).length > 0);
    });
    if (isSwitched) onChange(scope);
    wake();
    return changed;
  }

  private async checkRoom(manager: EntityManager, scope: KnowledgeScope, moreBytes: number, moreSources: number): Promise<void> {
    const { sources, bytes } = await this.parts.sources.usage(manager, scope);
    if (sources + moreSources > SOURCE_LIMITS.perBot) throw new Refusal('conflict', `a bot has ${SOURCE_LIMITS.perBot} sources at most`);
    if (moreBytes > 0 && bytes + moreBytes > SOURCE_LIMITS.bytesPerBot) {
      throw new Refusal('too-large', `all sources of a bot together hold ${SOURCE_LIMITS.bytesPerBot / 1_048_576} MB at most`);
    }
  }
}

/** What a source of this kind has and can be given. */
const FIELDS_OF = {
  text: ['title', 'enabled', 'url', 'text'],
  markdown: ['title', 'enabled', 'url', 'text'],
  pairs: ['title', 'enabled', 'pairs'],
  file: ['title', 'enabled', 'url'],
  page: ['title', 'enabled', 'url', 'urls', 'everyHours'],
  sitemap: ['title', 'enabled', 'url', 'hosts', 'pathPrefixes', 'maxPages', 'everyHours'],
} as const satisfies Record<Source['kind'], readonly (keyof SourcePatch)[]>;

function changeOf({ kind, web }: Source, patch: SourcePatch): SourceChange {
  const foreign = (Object.keys(patch) as (keyof SourcePatch)[]).find((field) => !(FIELDS_OF[kind] as readonly string[]).includes(field));
  if (foreign !== undefined) throw new Refusal('invalid-request', `${foreign}: a source of kind ${kind} has none`, foreign);
  const { title, enabled, url, text, pairs, everyHours, urls, hosts, pathPrefixes, maxPages } = patch;
  const pages = urls ?? (url === undefined ? undefined : [url]);
  const isOfPages = pages !== undefined || hosts !== undefined || pathPrefixes !== undefined || maxPages !== undefined;
  return {
    ...given({ title, enabled, everyHours, url: url ?? (web ? urls?.[0] : undefined) }),
    ...(text !== undefined && { content: Buffer.from(text) }),
    ...(pairs && { content: contentOfPairs(pairs) }),
    ...(web && isOfPages && { web: { ...web, ...given({ urls: pages, hosts, pathPrefixes, maxPages }) } }),
  };
}
