import type { DocumentVersion, VersionChanges } from '@baton/control-api';
import { open, sealedIn, SecretError } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import type { EntityManager } from 'typeorm';
import type { Caller, Deed } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import { requireMaySetRetention } from '../privacy/may-set-retention.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import { changesBetween, summaryOf } from './changes.js';
import type { Bodies, Document, Documents, Kind, Version } from './documents.js';
import { requireVersion } from './require-version.js';
import { restoredBody } from './restore.js';
import { withMarks } from './secrets.js';

const PUBLISHED_WITHIN_MS = 3_000;

export interface Of<K extends Kind = Kind> {
  readonly kind: K;
  readonly id: string;
  /** Empty for what belongs to none. */
  readonly workspaceId: string;
}

export interface VersionsOptions {
  readonly documents: Documents;
  readonly publishing: PublishDocuments;
  readonly keys: Required<SecretKeys>;
  /** Whether a bot may have these connections, now. @throws ApiRefusal */
  readonly mayBe: (after: Bodies['bot'], before: Bodies['bot'] | undefined, manager: EntityManager) => Promise<void>;
}

/** The versions of documents as the API shows them and goes back to them. */
export class Versions {
  constructor(private readonly o: VersionsOptions) {}

  /** @throws ApiRefusal where this workspace never had such a document */
  async list(of: Of, o: { readonly limit: number; readonly before?: number | undefined }) {
    const { limit, before } = o;
    const found = await this.o.documents.versions(of, { limit: limit + 1, ...(before !== undefined && { before }) });
    if (found.length === 0 && before === undefined) throw nothing();
    const items = found.slice(0, limit).map((version, i) => shown(version, found[i + 1]));
    return { items, next: found.length > limit ? String(items.at(-1)!.version) : null };
  }

  async get(of: Of, version: number) {
    const found = await this.one(of, version);
    const document = found.body && (withMarks(withoutHashes(found.body)) as Record<string, never>);
    return { ...shown(found, await this.before(of, version)), document };
  }

  /** @param since the version that it is compared with; by default the one before, 0 for nothing */
  async changes(of: Of, version: number, since: number | undefined): Promise<VersionChanges> {
    const to = await this.one(of, version);
    const from = since === 0 ? undefined : since === undefined ? await this.before(of, version) : await this.one(of, since);
    return { from: from?.version ?? null, to: version, changes: changesBetween(from?.body, to.body) };
  }

  /** What a rollback would change. */
  async preview(of: Of, version: number): Promise<VersionChanges> {
    const old = await this.one(of, version);
    const now = await this.o.documents.find(of.kind, of.id);
    if (!now || now.workspaceId !== of.workspaceId) throw nothing();
    const body = await this.restored(of, old);
    return { from: now.version, to: version, changes: changesBetween(now.body, body) };
  }

  /** @throws ApiRefusal when it was changed since, belongs to another workspace, he may not, or secrets of then cannot be opened any more */
  async rollBack(of: Of, version: number, o: Deed & { readonly caller: Pick<Caller, 'scopes'>; readonly readVersion: number | 'new' }) {
    const written = await this.o.documents.change({ ...of, by: o.by, at: o.now, ...addressOf(o) }, async (before, manager) => {
      if (!before || before.workspaceId !== of.workspaceId) throw nothing();
      await requireVersion(this.o.documents, before, o.readVersion === 'new' ? 0 : o.readVersion, manager);
      const body = await this.restored(of, await this.one(of, version, manager), manager);
      this.requireReadable(before, body);
      if (of.kind === 'workspace') requireMaySetRetention(o.caller, before.body as Bodies['workspace'] | null, body as Bodies['workspace']);
      if (of.kind === 'bot') await this.o.mayBe(body as Bodies['bot'], (before.body as Bodies['bot'] | null) ?? undefined, manager);
      return { workspaceId: of.workspaceId, body, cause: 'rolled-back', restored: version };
    });
    await this.o.publishing.refresh();
    const published = await this.o.publishing.published(PUBLISHED_WITHIN_MS, of);
    return { version: written!.version, changedAt: written!.changedAt.toISOString(), changedBy: written!.changedBy, published };
  }

  private async restored(of: Of, old: Version, manager?: EntityManager): Promise<Bodies[Kind]> {
    if (!old.body) throw new ApiRefusal('conflict', 'In this version it was taken away. Go back to an earlier one, or take it away.');
    const [newest, second] = await this.o.documents.versions(of, { limit: 2 }, manager);
    const today = newest?.body ?? second?.body ?? null;
    return restoredBody(old.body, today);
  }

  private requireReadable({ kind, id }: Document, body: object): void {
    try {
      for (const sealed of sealedIn(body)) open(`${kind}:${id}`, this.o.keys, sealed);
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      throw new ApiRefusal('conflict', 'Its secrets were sealed with a key that is gone. Set it up anew.');
    }
  }

  private async one(of: Of, version: number, manager?: EntityManager): Promise<Version> {
    const [found] = await this.o.documents.versions(of, { after: version - 1, before: version + 1, limit: 1 }, manager);
    if (!found) throw nothing();
    return found;
  }

  private async before(of: Of, version: number): Promise<Version | undefined> {
    const [found] = await this.o.documents.versions(of, { before: version, limit: 1 });
    return found;
  }
}

const nothing = (): ApiRefusal => new ApiRefusal('not-found', 'There is no such version.');

export const addressOf = ({ address }: Pick<Deed, 'address'>) => (address === undefined ? {} : { address });

function withoutHashes(body: object): object {
  const { apiKeyHashes: _, ...rest } = body as { apiKeyHashes?: unknown };
  return rest;
}

function shown(version: Version, before: Version | undefined): DocumentVersion {
  const { paths, more = 0 } = version.body && before?.body ? summaryOf(changesBetween(before.body, version.body)) : { paths: [] };
  return {
    version: version.version,
    changedAt: version.changedAt.toISOString(),
    changedBy: version.changedBy,
    cause: version.cause,
    restored: version.restored,
    isGone: version.body === null,
    paths,
    more,
  };
}
