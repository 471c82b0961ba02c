import type { Role } from '@baton/control-api';
import type { DataSource, EntityManager } from 'typeorm';
import type { Invitations } from '../../members/invitations.js';
import type { Members } from '../../members/members.js';
import { PERSON } from '../people.js';
import type { People, Person } from '../people.js';
import { OidcTrouble } from './oidc.js';
import { whoMayEnter } from './who-may-enter.js';
import type { Claims, Known } from './who-may-enter.js';

export interface EnterOptions {
  readonly dataSource: DataSource;
  readonly people: People;
  readonly members: Members;
  readonly invitations: Invitations;
  /** What strangers get. */
  readonly strangers: { readonly workspaceId: string; readonly role: Role } | undefined;
}

interface At {
  readonly address: string;
  readonly now: Date;
}

/** Lets people in whom the sign-in service names. */
export class Enter {
  constructor(private readonly o: EnterOptions) {}

  /**
   * The person, who is bound to his identity from now on, with all invitations of his address taken up.
   * @throws OidcTrouble when he may not come in
   */
  by(claims: Claims, at: At): Promise<Person> {
    return this.o.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `entering:${claims.email?.toLowerCase() ?? claims.subject}`,
      ]);
      const bound = await this.ofIdentity(claims, manager);
      const person = claims.email === undefined ? undefined : await this.o.people.ofEmail(claims.email, manager);
      const entrance = whoMayEnter(claims, await this.known(claims, bound, person, manager, at.now));
      if (typeof entrance === 'object') throw new OidcTrouble(entrance.trouble);
      const entered = bound ?? person ?? (await this.add(claims, manager, at));
      if (entrance !== 'come') await this.bind(claims, entered, manager, at.now);
      const isProven = claims.emailVerified && claims.email?.toLowerCase() === entered.email.toLowerCase();
      if (isProven) await this.o.invitations.acceptProven(entered, at, manager);
      return entered;
    });
  }

  private async known(
    claims: Claims,
    bound: Person | undefined,
    person: Person | undefined,
    manager: EntityManager,
    now: Date,
  ): Promise<Known> {
    const others: unknown[] = person
      ? await manager.query('SELECT 1 FROM identities WHERE person_id = $1 AND issuer = $2', [person.personId, claims.issuer])
      : [];
    return {
      bound: bound !== undefined,
      person: person && { hasOtherIdentity: others.length > 0 },
      invited: claims.email !== undefined && (await this.o.invitations.isInvited(claims.email, manager, now)),
      open: this.o.strangers !== undefined,
    };
  }

  private async ofIdentity({ issuer, subject }: Claims, manager: EntityManager): Promise<Person | undefined> {
    const [found]: Person[] = await manager.query(
      `SELECT ${PERSON} FROM people WHERE person_id = (SELECT person_id FROM identities WHERE issuer = $1 AND subject = $2)`,
      [issuer, subject],
    );
    return found;
  }

  /** Whoever was signed in as this person so far had a link, and no proof of being him. */
  private async bind({ issuer, subject }: Claims, { personId }: Person, manager: EntityManager, now: Date): Promise<void> {
    await this.o.people.shutOut(personId, manager);
    await manager.query('INSERT INTO identities (issuer, subject, person_id, bound_at) VALUES ($1, $2, $3, $4)', [
      issuer,
      subject,
      personId,
      now,
    ]);
  }

  private async add(claims: Claims, manager: EntityManager, at: At): Promise<Person> {
    const email = claims.email!;
    const person = await this.o.people.add({ email, name: claims.name ?? email.split('@')[0]! }, manager);
    const by = { kind: 'person' as const, id: person.personId, name: person.name };
    const invited = await this.o.invitations.isInvited(email, manager, at.now);
    if (this.o.strangers && !invited) await this.o.members.add({ ...this.o.strangers, personId: person.personId }, { by, ...at }, manager);
    return person;
  }
}
