import { newId } from '@baton/contracts';
import type { OwnSession, Role } from '@baton/control-api';
import type { DataSource } from 'typeorm';
import type { Person } from './people.js';
import { IDLE_MS, isOpen, isToBeSeen, LONGEST_MS } from './session-rules.js';
import { hashOf, newToken } from './tokens.js';

export interface OpenSession {
  readonly sessionId: string;
  readonly csrfToken: string;
  readonly person: Person;
  readonly roles: ReadonlyMap<string, Role>;
}

interface Row extends Person {
  readonly sessionId: string;
  readonly csrfToken: string;
  readonly seenAt: Date;
  readonly endsAt: Date;
  readonly roles: Record<string, Role> | null;
}

/** The browsers in which people are signed in. Of a cookie only a hash is kept. */
export class Sessions {
  constructor(private readonly dataSource: DataSource) {}

  /** Begins one. @returns the cookie's token, and when it ends at the latest */
  async begin(
    person: Person,
    o: { readonly browser: string; readonly address: string; readonly now: Date },
  ): Promise<{ token: string; endsAt: Date }> {
    const token = newToken();
    const endsAt = new Date(o.now.getTime() + LONGEST_MS);
    await this.dataSource.query(
      `INSERT INTO sessions (token_hash, session_id, person_id, csrf_token, browser, address, began_at, seen_at, ends_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)`,
      [hashOf(token), newId(), person.personId, newToken(), o.browser.slice(0, 300), o.address, o.now, endsAt],
    );
    return { token, endsAt };
  }

  /** The session of a cookie, with what its person may where; it has been seen then. */
  async of(token: string, o: { readonly address: string; readonly now: Date }): Promise<OpenSession | undefined> {
    const [row]: Row[] = await this.dataSource.query(
      `SELECT s.session_id AS "sessionId", s.csrf_token AS "csrfToken", s.seen_at AS "seenAt", s.ends_at AS "endsAt",
         p.person_id AS "personId", p.email, p.name, p.administrator,
         (SELECT jsonb_object_agg(m.workspace_id, m.role) FROM members m WHERE m.person_id = p.person_id) AS roles
       FROM sessions s JOIN people p USING (person_id) WHERE s.token_hash = $1`,
      [hashOf(token)],
    );
    if (!row || !isOpen(row, o.now)) return undefined;
    const { sessionId, csrfToken, personId, email, name, administrator } = row;
    if (isToBeSeen(row.seenAt, o.now))
      await this.dataSource.query('UPDATE sessions SET seen_at = $2, address = $3 WHERE session_id = $1', [sessionId, o.now, o.address]);
    return { sessionId, csrfToken, person: { personId, email, name, administrator }, roles: new Map(Object.entries(row.roles ?? {})) };
  }

  /** Those of a person that are open, `current` first, then the one used last. */
  async list(personId: string, current: string, now: Date): Promise<OwnSession[]> {
    const rows: (Omit<OwnSession, 'beganAt' | 'seenAt' | 'endsAt'> & Record<'beganAt' | 'seenAt' | 'endsAt', Date>)[] =
      await this.dataSource.query(
        `SELECT session_id AS "sessionId", browser, address, began_at AS "beganAt", seen_at AS "seenAt", ends_at AS "endsAt",
           session_id = $2 AS current
         FROM sessions WHERE person_id = $1 AND ends_at > $3 AND seen_at > $4 ORDER BY current DESC, seen_at DESC LIMIT 200`,
        [personId, current, now, new Date(now.getTime() - IDLE_MS)],
      );
    return rows.map((row) => ({
      ...row,
      beganAt: row.beganAt.toISOString(),
      seenAt: row.seenAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
    }));
  }

  /** @returns whether the person had such a session */
  async end(personId: string, sessionId: string): Promise<boolean> {
    const [, count]: [unknown[], number] = await this.dataSource.query('DELETE FROM sessions WHERE person_id = $1 AND session_id = $2', [
      personId,
      sessionId,
    ]);
    return count > 0;
  }

  /** Ends all of a person, but perhaps one. */
  async endAll(personId: string, but?: string): Promise<void> {
    await this.dataSource.query('DELETE FROM sessions WHERE person_id = $1 AND session_id IS DISTINCT FROM $2::uuid', [
      personId,
      but ?? null,
    ]);
  }

  /** Forgets those that have ended. */
  async prune(now: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM sessions WHERE ends_at <= $1 OR seen_at <= $2', [now, new Date(now.getTime() - IDLE_MS)]);
  }
}
