import { newId } from '@baton/contracts';
import type { Invitation, Role } from '@baton/control-api';
import { LIMITS, pastMoment } from '@baton/persistence/retention';
import type { DataSource, EntityManager } from 'typeorm';
import type { Deed } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import type { Audit } from '../audit/audit.js';
import type { People, Person } from '../sign-in/people.js';
import type { OpenSession } from '../sign-in/sessions.js';
import { hashOf, newToken } from '../sign-in/tokens.js';
import { mayLetIn } from './member-rules.js';
import type { Members } from './members.js';

const LASTS_MS = 7 * 86_400_000;

type Row = Omit<Invitation, 'invitedAt' | 'endsAt'> & { readonly invitedAt: Date; readonly endsAt: Date };
interface Open {
  readonly invitationId: string;
  readonly workspaceId: string;
  readonly email: string;
  readonly role: Role;
}

const COLUMNS = `invitation_id AS "invitationId", email, role, invited_by AS "invitedBy", invited_at AS "invitedAt", ends_at AS "endsAt"`;
const OPEN = `invitation_id AS "invitationId", workspace_id AS "workspaceId", email, role`;

/** Who was asked into which workspace, until he comes. */
export class Invitations {
  constructor(
    private readonly dataSource: DataSource,
    private readonly people: People,
    private readonly members: Members,
    private readonly audit: Audit,
  ) {}

  async list(workspaceId: string): Promise<Invitation[]> {
    const rows: Row[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM invitations WHERE workspace_id = $1 ORDER BY invited_at DESC LIMIT 500`,
      [workspaceId],
    );
    return rows.map(shown);
  }

  /** Invites an address, anew if it was before. @throws ApiRefusal when it is a member's */
  async invite(
    o: { readonly workspaceId: string; readonly email: string; readonly role: Role },
    { by, address, now }: Deed,
  ): Promise<{ invitation: Invitation; token: string }> {
    const known: unknown[] = await this.dataSource.query(
      'SELECT 1 FROM members m JOIN people p USING (person_id) WHERE m.workspace_id = $1 AND lower(p.email) = lower($2)',
      [o.workspaceId, o.email],
    );
    if (known.length > 0) throw new ApiRefusal('conflict', 'This address is a member’s already.', fieldOf('email'));
    const token = newToken();
    const row = await this.dataSource.transaction(async (manager) => {
      const [written]: Row[] = await manager.query(
        `INSERT INTO invitations (invitation_id, workspace_id, email, role, token_hash, invited_by, invited_at, ends_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (lower(email), workspace_id) DO UPDATE SET role = excluded.role, token_hash = excluded.token_hash,
         invited_by = excluded.invited_by, invited_at = excluded.invited_at, ends_at = excluded.ends_at
       RETURNING ${COLUMNS}`,
        [newId(), o.workspaceId, o.email, o.role, hashOf(token), JSON.stringify(by), now, new Date(now.getTime() + LASTS_MS)],
      );
      const target = { kind: 'invitation', id: written!.invitationId, name: o.email.slice(0, 200) };
      await this.audit.note(
        { workspaceId: o.workspaceId, by, action: 'member.invited', target, details: { role: o.role }, address, at: now },
        manager,
      );
      return written!;
    });
    return { invitation: shown(row), token };
  }

  /** @returns whether the workspace had such an invitation */
  revoke(workspaceId: string, invitationId: string, { by, address, now }: Deed): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [[gone]]: [{ email: string }[], number] = await manager.query(
        'DELETE FROM invitations WHERE workspace_id = $1 AND invitation_id = $2 RETURNING email',
        [workspaceId, invitationId],
      );
      if (!gone) return false;
      const target = { kind: 'invitation', id: invitationId, name: gone.email.slice(0, 200) };
      await this.audit.note({ workspaceId, by, action: 'member.uninvited', target, address, at: now }, manager);
      return true;
    });
  }

  /** What a link asks in to, and whether whom it asks is known. */
  async ofToken(token: string, now: Date): Promise<(Open & { readonly known: boolean }) | undefined> {
    const [found]: (Open & { known: boolean })[] = await this.dataSource.query(
      `SELECT ${OPEN}, EXISTS (SELECT FROM people p WHERE lower(p.email) = lower(i.email)) AS known
       FROM invitations i WHERE token_hash = $1 AND ends_at > $2`,
      [hashOf(token), now],
    );
    return found;
  }

  /**
   * Takes an invitation up by its link. Whoever is known already must be signed in as himself, unless the link opens nothing that the
   * owners of this workspace have not anyway.
   * @param o.name of who is not known yet
   * @returns undefined when there is none such
   * @throws ApiRefusal
   */
  accept(
    token: string,
    o: {
      readonly name: string | undefined;
      readonly signedIn: OpenSession | undefined;
      readonly address: string;
      readonly now: Date;
    },
  ): Promise<Person | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const [found]: Open[] = await manager.query(`SELECT ${OPEN} FROM invitations WHERE token_hash = $1 AND ends_at > $2 FOR UPDATE`, [
        hashOf(token),
        o.now,
      ]);
      if (!found) return undefined;
      const known = await this.people.ofEmail(found.email, manager);
      if (
        known &&
        known.personId !== o.signedIn?.person.personId &&
        !mayLetIn(await this.members.letIn(known.personId, manager), new Set([found.workspaceId]))
      )
        throw new ApiRefusal(
          'conflict',
          `${found.email} is known to Baton already. Sign in as you always do, then open this link again; or ask who runs Baton for a link to sign in with.`,
        );
      if (!known && o.name === undefined)
        throw new ApiRefusal('invalid-request', 'Say your name.', { errors: [{ pointer: '/name', message: 'Say your name.' }] });
      const person = known ?? (await this.people.add({ email: found.email, name: o.name! }, manager));
      await this.join(person, [found], { address: o.address, now: o.now }, manager, o.signedIn);
      return person;
    });
  }

  /** Takes up every open invitation of a person whose address was proven elsewhere. @returns how many */
  async acceptProven(person: Person, at: { readonly address: string; readonly now: Date }, manager: EntityManager): Promise<number> {
    const open: Open[] = await manager.query(`SELECT ${OPEN} FROM invitations WHERE lower(email) = lower($1) AND ends_at > $2 FOR UPDATE`, [
      person.email,
      at.now,
    ]);
    if (open.length > 0) await this.join(person, open, at, manager);
    return open.length;
  }

  /** Whether somebody with this address was asked in. */
  async isInvited(email: string, manager: EntityManager, now: Date): Promise<boolean> {
    const found: unknown[] = await manager.query('SELECT 1 FROM invitations WHERE lower(email) = lower($1) AND ends_at > $2 LIMIT 1', [
      email,
      now,
    ]);
    return found.length > 0;
  }

  /** Forgets those that ended long ago: till then they are shown, to be renewed. */
  async prune(now: Date): Promise<void> {
    const { past } = LIMITS.control_plane.invitations;
    await this.dataSource.query(`DELETE FROM invitations WHERE ${past}`, [pastMoment(LIMITS.control_plane.invitations, now)]);
  }

  /** Other browsers of the person are signed out: somebody who may less than he may now could have let himself in there. */
  private async join(
    person: Person,
    open: readonly Open[],
    at: { readonly address: string; readonly now: Date },
    manager: EntityManager,
    signedIn?: OpenSession,
  ): Promise<void> {
    const own = signedIn?.person.personId === person.personId ? signedIn.sessionId : undefined;
    await this.people.shutOut(person.personId, manager, own);
    const deed = { by: { kind: 'person' as const, id: person.personId, name: person.name }, ...at };
    for (const { invitationId, workspaceId, role } of open) {
      await this.members.add({ workspaceId, personId: person.personId, role }, deed, manager);
      await manager.query('DELETE FROM invitations WHERE invitation_id = $1', [invitationId]);
    }
  }
}

const fieldOf = (name: string) => ({ errors: [{ pointer: `/${name}`, message: 'This address is a member’s already.' }] });

function shown({ invitedAt, endsAt, ...rest }: Row): Invitation {
  return { ...rest, invitedAt: invitedAt.toISOString(), endsAt: endsAt.toISOString() };
}
