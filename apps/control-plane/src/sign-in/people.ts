import { newId } from '@baton/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import { hashOf, newToken } from './tokens.js';

export interface Person {
  readonly personId: string;
  readonly email: string;
  readonly name: string;
  readonly administrator: boolean;
}

export const PERSON = 'person_id AS "personId", email, name, administrator';
const LINK_LASTS_MS = 3_600_000;

/** The people whom Baton knows, and the links that sign them in. */
export class People {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * A link's token that signs an administrator in once, within an hour; he is made where there is none of this address. Where somebody
   * becomes one by it, whoever was signed in as him so far is no longer: he may have been let in by somebody who may less.
   */
  administratorLink(o: { readonly email: string; readonly name: string; readonly now: Date }): Promise<{ token: string; endsAt: Date }> {
    return this.dataSource.transaction(async (manager) => {
      const before = await this.ofEmail(o.email, manager);
      const [person]: Person[] = before
        ? [before]
        : await manager.query(
            `INSERT INTO people (person_id, email, name, administrator) VALUES ($1, $2, $3, true)
             ON CONFLICT (lower(email)) DO UPDATE SET administrator = true RETURNING ${PERSON}`,
            [newId(), o.email, o.name],
          );
      if (before && !before.administrator) {
        await this.shutOut(before.personId, manager);
        await manager.query('UPDATE people SET administrator = true WHERE person_id = $1', [before.personId]);
      }
      return this.link(person!.personId, o.now, manager);
    });
  }

  /** A token that signs this person in once, within an hour. */
  async link(personId: string, now: Date, manager: EntityManager = this.dataSource.manager): Promise<{ token: string; endsAt: Date }> {
    const token = newToken();
    const endsAt = new Date(now.getTime() + LINK_LASTS_MS);
    await manager.query('INSERT INTO sign_in_links (token_hash, person_id, ends_at) VALUES ($1, $2, $3)', [
      hashOf(token),
      personId,
      endsAt,
    ]);
    return { token, endsAt };
  }

  /** Whom a link would sign in; it stays good. */
  async ofLink(token: string, now: Date): Promise<Person | undefined> {
    const [person]: Person[] = await this.dataSource.query(
      `SELECT p.person_id AS "personId", p.email, p.name, p.administrator FROM sign_in_links l JOIN people p USING (person_id)
       WHERE l.token_hash = $1 AND l.used_at IS NULL AND l.ends_at > $2`,
      [hashOf(token), now],
    );
    return person;
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

  async ofEmail(email: string, manager: EntityManager = this.dataSource.manager): Promise<Person | undefined> {
    const [person]: Person[] = await manager.query(`SELECT ${PERSON} FROM people WHERE lower(email) = lower($1)`, [email]);
    return person;
  }

  /** @throws when there is one of this address already */
  async add(o: { readonly email: string; readonly name: string }, manager: EntityManager): Promise<Person> {
    const [person]: Person[] = await manager.query(`INSERT INTO people (person_id, email, name) VALUES ($1, $2, $3) RETURNING ${PERSON}`, [
      newId(),
      o.email,
      o.name,
    ]);
    return person!;
  }

  async rename(personId: string, name: string): Promise<void> {
    await this.dataSource.query('UPDATE people SET name = $2 WHERE person_id = $1', [personId, name]);
  }

  /** Ends a person's sessions and links, but perhaps one session. */
  async shutOut(personId: string, manager: EntityManager, but?: string): Promise<void> {
    await manager.query('DELETE FROM sign_in_links WHERE person_id = $1', [personId]);
    await manager.query('DELETE FROM sessions WHERE person_id = $1 AND session_id IS DISTINCT FROM $2::uuid', [personId, but ?? null]);
  }

  /** Forgets links that open nothing any more. */
  async prune(now: Date): Promise<void> {
    await this.dataSource.query('DELETE FROM sign_in_links WHERE ends_at <= $1 OR used_at IS NOT NULL', [now]);
  }
}
