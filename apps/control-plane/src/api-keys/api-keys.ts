import { randomBytes } from 'node:crypto';
import { newId } from '@baton/contracts';
import type { ApiKey, NewApiKeySchema, Role, Scope } from '@baton/control-api';
import type { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { Deed } from '../api/caller.js';
import type { Audit } from '../audit/audit.js';
import { isToBeSeen } from '../sign-in/session-rules.js';
import { hashOf } from '../sign-in/tokens.js';

/** `baton_`, then 256 bits: leaked ones are found by this beginning. */
const FORM = /^baton_[A-Za-z0-9_-]{43}$/;
const SHOWN_CHARACTERS = 12;
const REVOKED_STAY_MS = 90 * 86_400_000;
const DAY_MS = 86_400_000;

/** A key that holds, as a caller is made of it. */
export interface HeldKey {
  readonly keyId: string;
  readonly workspaceId: string;
  readonly name: string;
  readonly role: Role;
  readonly scopes: readonly Scope[];
}

type Row = Omit<ApiKey, 'createdAt' | 'lastUsedAt' | 'endsAt' | 'revokedAt'> & {
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly endsAt: Date | null;
  readonly revokedAt: Date | null;
};

const COLUMNS = `key_id AS "keyId", name, prefix, role, scopes, created_at AS "createdAt", created_by AS "createdBy",
  last_used_at AS "lastUsedAt", ends_at AS "endsAt", revoked_at AS "revokedAt"`;

/** The bearer keys of workspaces. Only a hash of each is kept. */
export class ApiKeys {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
  ) {}

  async list(workspaceId: string, now: Date): Promise<ApiKey[]> {
    const rows: Row[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM api_keys WHERE workspace_id = $1 AND (revoked_at IS NULL OR revoked_at > $2)
       ORDER BY revoked_at IS NOT NULL, created_at DESC LIMIT 500`,
      [workspaceId, new Date(now.getTime() - REVOKED_STAY_MS)],
    );
    return rows.map(shown);
  }

  /** @returns the key itself, which nobody can read again */
  async create(
    workspaceId: string,
    given: z.output<typeof NewApiKeySchema>,
    { by, address, now }: Deed,
  ): Promise<{ apiKey: ApiKey; key: string }> {
    const key = `baton_${randomBytes(32).toString('base64url')}`;
    const endsAt = given.lastsDays === null ? null : new Date(now.getTime() + given.lastsDays * DAY_MS);
    const row = await this.dataSource.transaction(async (manager) => {
      const [written]: Row[] = await manager.query(
        `INSERT INTO api_keys (key_id, workspace_id, key_hash, prefix, name, role, scopes, created_at, created_by, ends_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING ${COLUMNS}`,
        [
          newId(),
          workspaceId,
          hashOf(key),
          key.slice(0, SHOWN_CHARACTERS),
          given.name,
          given.role,
          given.scopes,
          now,
          JSON.stringify(by),
          endsAt,
        ],
      );
      const { keyId, name, role, scopes } = written!;
      const target = { kind: 'api-key', id: keyId, name };
      await this.audit.note({ workspaceId, by, action: 'api-key.created', target, details: { role, scopes }, address, at: now }, manager);
      return written!;
    });
    return { apiKey: shown(row), key };
  }

  /** @returns whether the workspace had such a key; one that was revoked stays so */
  revoke(workspaceId: string, keyId: string, { by, address, now }: Deed): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [found]: { name: string; revokedAt: Date | null }[] = await manager.query(
        'SELECT name, revoked_at AS "revokedAt" FROM api_keys WHERE workspace_id = $1 AND key_id = $2 FOR UPDATE',
        [workspaceId, keyId],
      );
      if (!found) return false;
      if (found.revokedAt) return true;
      await manager.query('UPDATE api_keys SET revoked_at = $2 WHERE key_id = $1', [keyId, now]);
      const target = { kind: 'api-key', id: keyId, name: found.name };
      await this.audit.note({ workspaceId, by, action: 'api-key.revoked', target, address, at: now }, manager);
      return true;
    });
  }

  /** The key that was shown, if it is one and holds; it has been used then. */
  async use(given: string, now: Date): Promise<HeldKey | undefined> {
    if (!FORM.test(given)) return undefined;
    const [found]: (HeldKey & { lastUsedAt: Date | null })[] = await this.dataSource.query(
      `SELECT key_id AS "keyId", workspace_id AS "workspaceId", name, role, scopes, last_used_at AS "lastUsedAt" FROM api_keys
       WHERE key_hash = $1 AND revoked_at IS NULL AND (ends_at IS NULL OR ends_at > $2)`,
      [hashOf(given), now],
    );
    if (found && isToBeSeen(found.lastUsedAt, now))
      await this.dataSource.query('UPDATE api_keys SET last_used_at = $2 WHERE key_id = $1', [found.keyId, now]);
    return found;
  }
}

function shown({ createdAt, lastUsedAt, endsAt, revokedAt, ...rest }: Row): ApiKey {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    endsAt: endsAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
  };
}
