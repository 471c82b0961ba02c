import type { Author } from '@baton/contracts';
import { MessengerError, personaName } from '@baton/messenger';
import { LIMITS, pastMoment } from '@baton/persistence/retention';
import type { DataSource } from 'typeorm';
import type { MessengerPages, OpenPage } from '../messenger-pages.js';

const DAY_MS = 86_400_000;
/** A refused persona is tried again after so long (ms): somebody may have given the permission. */
const AGAIN_MS = 10 * 60_000;
/** After a failure that passes, a page's agents go without for so long (ms), so that not each of their words waits for the next. */
const REST_MS = 15_000;
/** An agent's words do not wait longer for his picture (ms). */
const PATIENCE_MS = 5_000;
/** Personas taken away at once, and how long that may take (ms). */
const AT_ONCE = 20;
const FORGETTING_MS = 3_000;

type Key = readonly [pageId: string, name: string, avatar: string];

interface Row {
  readonly personaId: string | null;
  readonly triedAt: Date;
  /** To the day. */
  readonly usedAt: Date;
}

/** Under which name and picture an agent speaks on a page: made at Meta when he first does, known to all replicas. */
export class Personas {
  private readonly restingUntil = new Map<string, number>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** The id of the author's persona; undefined when he has none: then his name is to stand before his words. */
  async idOf(author: Author, pageId: string, page: OpenPage, signal: AbortSignal): Promise<string | undefined> {
    if (!page.settings.personas || !author.name?.trim()) return undefined;
    const key = [pageId, personaName(author.name), author.avatar ?? ''] as const;
    const now = this.now();
    const known = await this.find(key);
    if (known?.personaId != null) {
      if (now.getTime() - known.usedAt.getTime() > DAY_MS) await this.noteUse(key, now);
      return known.personaId;
    }
    if (known && now.getTime() - known.triedAt.getTime() < AGAIN_MS) return undefined;
    return this.make(key, page, signal, now);
  }

  /** Meta does not know it any more. */
  async forget(personaId: string, pageId: string): Promise<void> {
    await this.dataSource.query(`DELETE FROM messenger_personas WHERE page_id = $1 AND persona_id = $2`, [pageId, personaId]);
  }

  /** Takes away some that nobody spoke with for long; at Meta as far as it lets us: a failure there changes nothing for the page. */
  async forgetUnused(pages: Pick<MessengerPages, 'anyOf' | 'areKnown'>, now: Date): Promise<void> {
    if (!pages.areKnown) return;
    const [rows] = await this.dataSource.query<[{ pageId: string; personaId: string | null }[], number]>(
      `DELETE FROM messenger_personas
       WHERE ctid = ANY (ARRAY(SELECT ctid FROM messenger_personas WHERE used_at < $1 LIMIT $2)) AND used_at < $1
       RETURNING page_id AS "pageId", persona_id AS "personaId"`,
      [pastMoment(LIMITS.dispatcher.personas, now), AT_ONCE],
    );
    const forgetting = rows.map(async ({ pageId, personaId }) => {
      if (personaId !== null) await pages.anyOf(pageId)?.client.deletePersona(personaId, { timeoutMs: FORGETTING_MS });
    });
    await Promise.allSettled(forgetting);
  }

  private async make(key: Key, { client, tokenMark }: OpenPage, signal: AbortSignal, now: Date): Promise<string | undefined> {
    const [pageId, name, pictureUrl] = key;
    const caller = `${pageId} ${tokenMark}`;
    if ((this.restingUntil.get(caller) ?? 0) > now.getTime()) return undefined;
    try {
      const persona = { pageId, name, ...(pictureUrl === '' ? {} : { pictureUrl }) };
      const { personaId } = await client.createPersona(persona, { signal, timeoutMs: PATIENCE_MS });
      this.restingUntil.delete(caller);
      await this.note(key, personaId, now);
      return personaId;
    } catch (error) {
      if (!(error instanceof MessengerError)) throw error;
      if (isRefusal(error)) await this.note(key, null, now);
      else this.restingUntil.set(caller, now.getTime() + Math.max(REST_MS, error.retryAfterMs ?? 0));
      return undefined;
    }
  }

  private async find(key: Key): Promise<Row | undefined> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT persona_id AS "personaId", tried_at AS "triedAt", used_at AS "usedAt"
       FROM messenger_personas WHERE page_id = $1 AND name = $2 AND avatar = $3`,
      [...key],
    );
    return rows[0];
  }

  private async note(key: Key, personaId: string | null, now: Date): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO messenger_personas (page_id, name, avatar, persona_id, tried_at, used_at) VALUES ($1, $2, $3, $4, $5, $5)
       ON CONFLICT (page_id, name, avatar)
       DO UPDATE SET persona_id = excluded.persona_id, tried_at = excluded.tried_at, used_at = excluded.used_at`,
      [...key, personaId, now],
    );
  }

  private async noteUse(key: Key, now: Date): Promise<void> {
    await this.dataSource.query(`UPDATE messenger_personas SET used_at = $4 WHERE page_id = $1 AND name = $2 AND avatar = $3`, [
      ...key,
      now,
    ]);
  }
}

/** Meta does not want this persona, or none of ours; all else passes. */
function isRefusal({ class: { act, reason } }: MessengerError): boolean {
  return act === 'refuse' || act === 'send-as-text' || reason === 'messenger.no-permission';
}
