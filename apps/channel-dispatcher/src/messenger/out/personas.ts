import type { Author } from '@baton/contracts';
import { MessengerError, personaName } from '@baton/messenger';
import type { DataSource } from 'typeorm';
import type { OpenPage } from '../messenger-pages.js';

/** A refused persona is tried again after so long (ms): somebody may have given the permission. */
const AGAIN_MS = 10 * 60_000;
/** An agent's words do not wait longer for his picture (ms). */
const PATIENCE_MS = 5_000;

interface Row {
  readonly personaId: string | null;
  readonly triedAt: Date;
}

/** Under which name and picture an agent speaks on a page: made at Meta when he first does, known to all replicas. */
export class Personas {
  constructor(private readonly dataSource: DataSource) {}

  /** The id of the author's persona; undefined when he has none: then his name is to stand before his words. */
  async idOf(author: Author, pageId: string, { client, settings }: OpenPage, signal: AbortSignal): Promise<string | undefined> {
    if (!settings.personas || !author.name?.trim()) return undefined;
    const key = [pageId, personaName(author.name), author.avatar ?? ''] as const;
    const known = await this.find(key);
    if (known && (known.personaId !== null || Date.now() - known.triedAt.getTime() < AGAIN_MS)) return known.personaId ?? undefined;
    const [, name, pictureUrl] = key;
    try {
      const persona = { pageId, name, ...(pictureUrl === '' ? {} : { pictureUrl }) };
      const { personaId } = await client.createPersona(persona, { signal, timeoutMs: PATIENCE_MS });
      await this.note(key, personaId);
      return personaId;
    } catch (error) {
      if (!(error instanceof MessengerError)) throw error;
      await this.note(key, null);
      return undefined;
    }
  }

  /** Meta does not know it any more. */
  async forget(personaId: string, pageId: string): Promise<void> {
    await this.dataSource.query(`DELETE FROM messenger_personas WHERE page_id = $1 AND persona_id = $2`, [pageId, personaId]);
  }

  private async find(key: readonly [string, string, string]): Promise<Row | undefined> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT persona_id AS "personaId", tried_at AS "triedAt" FROM messenger_personas WHERE page_id = $1 AND name = $2 AND avatar = $3`,
      [...key],
    );
    return rows[0];
  }

  private async note(key: readonly [string, string, string], personaId: string | null): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO messenger_personas (page_id, name, avatar, persona_id, tried_at) VALUES ($1, $2, $3, $4, now())
       ON CONFLICT (page_id, name, avatar) DO UPDATE SET persona_id = excluded.persona_id, tried_at = excluded.tried_at`,
      [...key, personaId],
    );
  }
}
