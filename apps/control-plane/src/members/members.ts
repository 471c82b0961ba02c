import type { Member, Role } from '@baton/control-api';
import type { DataSource, EntityManager } from 'typeorm';
import type { Deed } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import type { Audit } from '../audit/audit.js';
import type { People } from '../sign-in/people.js';
import { keepsAnOwner, mayLetIn } from './member-rules.js';
import type { Holder, LetIn } from './member-rules.js';

type Named = Holder & { readonly name: string };
type Row = Omit<Member, 'since' | 'seenAt'> & { readonly since: Date; readonly seenAt: Date | null };

const LAST_OWNER = 'The workspace would have no owner any more. Make somebody else an owner first.';
const NOT_BY_OWNERS =
  'This person signs in with the sign-in service of your team, or may elsewhere what you may not. Who runs Baton can make a link for him.';

/** Who may do what in which workspace. */
export class Members {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit: Audit,
  ) {}

  async list(workspaceId: string): Promise<Member[]> {
    const rows: Row[] = await this.dataSource.query(`${SELECT} WHERE m.workspace_id = $1 ORDER BY lower(p.name), m.since LIMIT 1000`, [
      workspaceId,
    ]);
    return rows.map(shown);
  }

  /** @throws ApiRefusal where there is no such member, or no owner would be left */
  async change(workspaceId: string, personId: string, role: Role, deed: Deed): Promise<Member> {
    await this.keepingAnOwner(workspaceId, personId, role, async (member, manager) => {
      if (member.role === role) return;
      await manager.query('UPDATE members SET role = $3 WHERE workspace_id = $1 AND person_id = $2', [workspaceId, personId, role]);
      await this.note('member.changed', workspaceId, member, deed, manager, { from: member.role, to: role });
    });
    const [row]: Row[] = await this.dataSource.query(`${SELECT} WHERE m.workspace_id = $1 AND m.person_id = $2`, [workspaceId, personId]);
    if (!row) throw noMember();
    return shown(row);
  }

  /** @throws ApiRefusal where there is no such member, or no owner would be left */
  async remove(workspaceId: string, personId: string, deed: Deed): Promise<void> {
    await this.keepingAnOwner(workspaceId, personId, undefined, async (member, manager) => {
      await manager.query('DELETE FROM members WHERE workspace_id = $1 AND person_id = $2', [workspaceId, personId]);
      await this.note(deed.by.id === personId ? 'member.left' : 'member.removed', workspaceId, member, deed, manager);
    });
  }

  /** Makes a person a member, who does it himself; who is one already stays as he is. */
  async add(
    o: { readonly workspaceId: string; readonly personId: string; readonly role: Role },
    deed: Deed,
    manager: EntityManager,
  ): Promise<void> {
    const added: unknown[] = await manager.query(
      'INSERT INTO members (workspace_id, person_id, role) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING person_id',
      [o.workspaceId, o.personId, o.role],
    );
    if (added.length === 0) return;
    await this.note('member.joined', o.workspaceId, { ...o, name: deed.by.name }, deed, manager, { role: o.role });
  }

  /** What is to be known of a person before a link may sign him in. */
  async letIn(personId: string, manager: EntityManager = this.dataSource.manager): Promise<LetIn> {
    const [row]: (Omit<LetIn, 'workspaces'> & { readonly workspaces: string[] | null })[] = await manager.query(
      `SELECT p.administrator, EXISTS (SELECT FROM identities i WHERE i.person_id = p.person_id) AS "hasIdentity",
         (SELECT array_agg(m.workspace_id) FROM members m WHERE m.person_id = p.person_id) AS workspaces
       FROM people p WHERE p.person_id = $1`,
      [personId],
    );
    if (!row) throw noMember();
    return { ...row, workspaces: row.workspaces ?? [] };
  }

  /**
   * A token that signs a member in once, within an hour, for whoever is an owner of these workspaces.
   * @throws ApiRefusal where there is no such member, or the link would open more than its maker has
   */
  link(
    workspaceId: string,
    personId: string,
    o: { readonly owned: 'all' | ReadonlySet<string>; readonly people: People; readonly deed: Deed },
  ): Promise<{ token: string; endsAt: Date }> {
    return this.dataSource.transaction(async (manager) => {
      const member = (await this.named(workspaceId, manager)).find((one) => one.personId === personId);
      if (!member) throw noMember();
      if (!mayLetIn(await this.letIn(personId, manager), o.owned)) throw new ApiRefusal('conflict', NOT_BY_OWNERS);
      await this.note('member.link-made', workspaceId, member, o.deed, manager);
      return o.people.link(personId, o.deed.now, manager);
    });
  }

  private named(workspaceId: string, manager: EntityManager): Promise<Named[]> {
    return manager.query('SELECT person_id AS "personId", role, name FROM members JOIN people USING (person_id) WHERE workspace_id = $1', [
      workspaceId,
    ]);
  }

  private keepingAnOwner(
    workspaceId: string,
    personId: string,
    to: Role | undefined,
    change: (member: Named, manager: EntityManager) => Promise<void>,
  ): Promise<void> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`members:${workspaceId}`]);
      const members = await this.named(workspaceId, manager);
      const member = members.find((one) => one.personId === personId);
      if (!member) throw noMember();
      if (!keepsAnOwner(members, personId, to)) throw new ApiRefusal('conflict', LAST_OWNER);
      await change(member, manager);
    });
  }

  private note(
    action: `member.${string}`,
    workspaceId: string,
    { personId, name }: Named,
    { by, address, now }: Deed,
    manager: EntityManager,
    details: Record<string, string> = {},
  ): Promise<void> {
    return this.audit.note(
      { workspaceId, by, action, target: { kind: 'member', id: personId, name: name.slice(0, 200) }, details, address, at: now },
      manager,
    );
  }
}

const SELECT = `
  SELECT p.person_id AS "personId", p.name, p.email, m.role, m.since,
    (SELECT max(s.seen_at) FROM sessions s WHERE s.person_id = p.person_id) AS "seenAt"
  FROM members m JOIN people p USING (person_id)`;

const noMember = () => new ApiRefusal('not-found', 'This workspace has no such member.');

function shown({ since, seenAt, ...rest }: Row): Member {
  return { ...rest, since: since.toISOString(), seenAt: seenAt?.toISOString() ?? null };
}
