import { newId } from '@baton/contracts';
import type { Role } from '@baton/control-api';
import type { DataSource } from 'typeorm';
import { hashOf, newToken } from './tokens.js';

export interface Person {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly administrator: boolean;
}

export interface OpenSession {
  readonly sessionId: string;
  readonly csrfToken: string;
  readonly person: Person;
  readonly roles: ReadonlyMap<string, Role>;
}

const PERSON = 'person_id AS "personId", email, name, administrator';
const LINK_LASTS_MS = 3_600_000;
const SESSION_LASTS_MS = 7 * 86_400_000;

/** Who may sign in, and who is. */
export class People {
  constructor(private readonly dataSource: DataSource) {}

  /** A link's token that signs an administrator in once, within an hour; he is made where there is none of this address. */
  async administratorLink(o: {
    readonly email: string;
    readonly name: string;
    readonly now: Date;
  }): Promise<{ token: string; endsAt: Date }> {
    const [person]: Person[] = await this.dataSource.query(
      `INSERT INTO people (person_id, email, name, administrator) VALUES ($1, $2, $3, true)
       ON CONFLICT (lower(email)) DO UPDATE SET administrator = true RETURNING ${PERSON}`,
      [newId(), o.email, o.name],
    );
    const token = newToken();
    const endsAt = new Date(o.now.getTime() + LINK_LASTS_MS);
    await this.dataSource.query('INSERT INTO sign_in_links (token_hash, person_id, ends_at) VALUES ($1, $2, $3)', [
      hashOf(token),
      person!.personId,
      endsAt,
    ]);
    return { token, endsAt };
  }

  /** Uses a link up. @returns undefined when there is none such, it was used, or its time is over */
  async useLink(token: string, now: Date): Promise<Person | undefined> {
    const [[person]]: [Person[], number] = await this.dataSource.query(
      `UPDATE sign_in_links l SET used_at = $2 FROM people p
       WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.ends_at > $2 AND p.person_id = l.person_id
       RETURNING p.person_id AS "personId", p.email, p.name, p.administrator`,
      [hashOf(token), now],
    );
    return person;
  }

  /** Begins a session. @returns the cookie's token, of which only a hash is kept */
  async begin(person: Person, o: { readonly browser: string; readonly now: Date }): Promise<{ token: string; endsAt: Date }> {
    const token = newToken();
    const endsAt = new Date(o.now.getTime() + SESSION_LASTS_MS);
    await this.dataSource.query(
      `INSERT INTO sessions (token_hash, session_id, person_id, csrf_token, browser, began_at, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7)`,
      [hashOf(token), newId(), person.personId, newToken(), o.browser.slice(0, 300), o.now, endsAt],
    );
    return { token, endsAt };
  }

  /** The session of a cookie, with what its person may where. */
  async session(token: string, now: Date): Promise<OpenSession | undefined> {
    const [row]: (Person & { sessionId: string; csrfToken: string; roles: Record<string, Role> | null })[] = await this.dataSource.query(
      `SELECT s.session_id AS "sessionId", s.csrf_token AS "csrfToken", p.person_id AS "personId", p.email, p.name, p.administrator,
         (SELECT jsonb_object_agg(m.workspace_id, m.role) FROM members m WHERE m.person_id = p.person_id) AS roles
       FROM sessions s JOIN people p USING (person_id) WHERE s.token_hash = $1 AND s.ends_at > $2`,
      [hashOf(token), now],
    );
    if (!row) return undefined;
    const { sessionId, csrfToken, roles, ...person } = row;
    return { sessionId, csrfToken, person, roles: new Map(Object.entries(roles ?? {})) };
  }

  async end(token: string): Promise<void> {
    await this.dataSource.query('DELETE FROM sessions WHERE token_hash = $1', [hashOf(token)]);
  }
}
