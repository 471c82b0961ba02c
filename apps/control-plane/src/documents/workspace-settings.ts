import type { WorkspaceSettings } from '@baton/contracts';
import { WorkspaceSettingsSchema } from '@baton/contracts';
import type { Caller, Deed } from '../api/caller.js';
import { requireMaySetRetention } from '../privacy/may-set-retention.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import type { Document, Documents } from './documents.js';
import { requireVersion } from './require-version.js';
import { addressOf } from './versions.js';
import { NOTHING_SET } from './nothing-set.js';

const PUBLISHED_WITHIN_MS = 3_000;

/** What a workspace may use, as the API shows and changes it. */
export class WorkspaceDocuments {
  constructor(private readonly o: { readonly documents: Documents; readonly publishing: PublishDocuments }) {}

  async get(workspaceId: string) {
    const document = await this.o.documents.find('workspace', workspaceId);
    return shown(document, document === undefined || document.publishedVersion === document.version);
  }

  /** @throws ApiRefusal when it was changed since, or he may not change all of it */
  async put(
    workspaceId: string,
    o: Deed & { readonly caller: Pick<Caller, 'scopes'>; readonly settings: WorkspaceSettings; readonly readVersion: number | 'new' },
  ) {
    const of = { kind: 'workspace', id: workspaceId } as const;
    const written = await this.o.documents.change({ ...of, by: o.by, at: o.now, ...addressOf(o) }, async (before, manager) => {
      const version = o.readVersion === 'new' ? 0 : o.readVersion;
      await requireVersion(this.o.documents, before ?? { ...of, workspaceId, version: 0 }, version, manager);
      requireMaySetRetention(o.caller, before?.body, o.settings);
      return { workspaceId, body: o.settings, cause: before?.body ? 'changed' : 'created' };
    });
    await this.o.publishing.refresh();
    return shown(written, await this.o.publishing.published(PUBLISHED_WITHIN_MS, of));
  }
}

function shown(document: Document<'workspace'> | undefined, published: boolean) {
  const { version, changedAt, changedBy } = document ?? NOTHING_SET;
  return {
    version,
    changedAt: changedAt.toISOString(),
    changedBy,
    settings: document?.body ?? WorkspaceSettingsSchema.parse({}),
    published,
  };
}
