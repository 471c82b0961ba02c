import type { KillSwitch } from '@baton/contracts';
import type { Author, ShownKillSwitch } from '@baton/control-api';
import type { EntityManager } from 'typeorm';
import { ApiRefusal } from '../api/problem.js';
import type { Audit } from '../audit/audit.js';
import { NO_WORKSPACE } from '../documents/documents.js';
import type { Documents } from '../documents/documents.js';
import { killSwitchDocumentId } from '../documents/to-setting.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import { hasEnded, switched, whyNot } from './rules.js';
import type { Wanted } from './rules.js';

/** So many switches a workspace may have on at once. */
export const MOST_SWITCHES = 1_000;
const PUBLISHED_WITHIN_MS = 3_000;
const BATON: Author = { kind: 'baton', name: 'Baton' };

export interface KillSwitchesOptions {
  readonly documents: Documents;
  readonly publishing: PublishDocuments;
  readonly audit: Pick<Audit, 'note'>;
  readonly now?: () => Date;
}

interface Doing {
  readonly by: Author;
  readonly address: string | undefined;
}

/** Who may not speak, as the API shows and changes it. */
export class KillSwitches {
  constructor(private readonly o: KillSwitchesOptions) {}

  /** Those that are on for a workspace, that of the installation first. */
  async list(workspaceId: string): Promise<{ items: ShownKillSwitch[] }> {
    const [everywhere, own] = await Promise.all([
      this.o.documents.ofWorkspace('kill-switch', NO_WORKSPACE),
      this.o.documents.ofWorkspace('kill-switch', workspaceId),
    ]);
    const on = own.map(({ body }) => body).sort((a, b) => (a.since < b.since ? 1 : -1));
    return { items: [...everywhere.map(({ body }) => body), ...on].filter((one) => !hasEnded(one, this.now())).map(shownOf) };
  }

  async ofInstallation(): Promise<{ killSwitch: ShownKillSwitch | null }> {
    const [found] = await this.o.documents.ofWorkspace('kill-switch', NO_WORKSPACE);
    return { killSwitch: found && !hasEnded(found.body, this.now()) ? shownOf(found.body) : null };
  }

  /** @throws ApiRefusal where there is nothing such to silence, or too much is silenced already */
  async put(wanted: Wanted, { by, address }: Doing) {
    const now = this.now();
    const why = whyNot(wanted, await this.whatThereIs(wanted.workspaceId), now);
    if (why !== undefined) throw new ApiRefusal('invalid-request', why, { errors: [{ pointer: 'path/id', message: why }] });
    const workspaceId = wanted.workspaceId ?? NO_WORKSPACE;
    const written = await this.o.documents.change(
      { kind: 'kill-switch', id: killSwitchDocumentId(wanted), by, at: now },
      async (before, manager) => {
        if (!before?.body) await this.requireRoom(manager, workspaceId);
        const body = switched(wanted, before?.body ?? undefined, by.name, now);
        const { reason, endsAt } = body;
        await this.o.audit.note(
          { workspaceId, by, action: 'kill-switch.on', target: targetOf(wanted), details: { reason, endsAt }, address, at: now },
          manager,
        );
        return { workspaceId, body, cause: before?.body ? 'changed' : 'created' };
      },
    );
    return { killSwitch: written?.body ? shownOf(written.body) : null, published: await this.published() };
  }

  /** Ends it; one that is not on stays so. */
  async end(which: Pick<KillSwitch, 'scope' | 'id' | 'workspaceId'>, reason: string, { by, address }: Doing) {
    const at = this.now();
    const workspaceId = which.workspaceId ?? NO_WORKSPACE;
    await this.o.documents.change({ kind: 'kill-switch', id: killSwitchDocumentId(which), by, at }, async (before, manager) => {
      if (!before?.body) return undefined;
      const note = { workspaceId, by, action: 'kill-switch.off', target: targetOf(which), details: { reason }, address, at } as const;
      await this.o.audit.note(note, manager);
      return { workspaceId, body: null, cause: 'deleted' };
    });
    return { killSwitch: null, published: await this.published() };
  }

  /** Takes away what has ended. @returns how many */
  async removeEnded(): Promise<number> {
    const at = this.now();
    let removed = 0;
    for (const id of await this.o.documents.endedKillSwitches(at)) {
      await this.o.documents.change({ kind: 'kill-switch', id, by: BATON, at }, async (before, manager) => {
        if (!before?.body || !hasEnded(before.body, at)) return undefined;
        const { workspaceId } = before;
        await this.o.audit.note({ workspaceId, by: BATON, action: 'kill-switch.ended', target: targetOf(before.body), at }, manager);
        removed += 1;
        return { workspaceId, body: null, cause: 'deleted' };
      });
    }
    if (removed > 0) await this.published();
    return removed;
  }

  private async whatThereIs(workspaceId: string | undefined) {
    const bots = workspaceId === undefined ? [] : await this.o.documents.ofWorkspace('bot', workspaceId);
    return { botIds: bots.map(({ id }) => id), websiteIds: bots.flatMap(({ body }) => body.crisp?.websiteId ?? []) };
  }

  private async requireRoom(manager: EntityManager, workspaceId: string): Promise<void> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`kill-switches:${workspaceId}`]);
    const [{ n }]: [{ n: number }] = await manager.query(
      `SELECT count(*)::integer AS n FROM documents WHERE kind = 'kill-switch' AND workspace_id = $1 AND body IS NOT NULL`,
      [workspaceId],
    );
    if (n >= MOST_SWITCHES)
      throw new ApiRefusal('conflict', `${MOST_SWITCHES} switches are on already. End some, or switch the whole workspace off.`);
  }

  private async published(): Promise<boolean> {
    await this.o.publishing.refresh();
    return this.o.publishing.published(PUBLISHED_WITHIN_MS);
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}

function shownOf({ scope, id, since, by, reason, endsAt }: KillSwitch): ShownKillSwitch {
  return { scope, id, since, by, reason, endsAt: endsAt ?? null };
}

const targetOf = ({ scope, id }: Pick<KillSwitch, 'scope' | 'id'>) => ({ kind: scope, id });
