import { createHash } from 'node:crypto';
import { newId } from '@baton/contracts';
import type { Author, PersonFound, PrivacyRequest } from '@baton/control-api';
import { FoundSchema } from '@baton/passes';
import type { PersonKnownBy } from '@baton/passes';
import { ApiRefusal } from '../api/problem.js';
import type { Audit } from '../audit/audit.js';
import type { Services } from '../services/services.js';
import { everyPage } from './every-page.js';
import { shownOf, stepsOf } from './privacy-request.js';
import type { KeptRequest } from './privacy-request.js';
import type { PrivacyStore } from './privacy-store.js';
import type { WorkOff } from './work-off.js';

export interface PrivacyOptions {
  readonly store: PrivacyStore;
  readonly services: Pick<Services, 'json'>;
  readonly audit: Pick<Audit, 'note'>;
  readonly work: Pick<WorkOff, 'wake'>;
  readonly now?: () => Date;
}

interface Asked {
  readonly workspaceId: string;
  readonly kind: 'export' | 'erase';
  readonly person: PersonKnownBy;
  readonly confirmation?: string | undefined;
  readonly deleteAtCrisp: boolean;
  readonly author: Author;
  readonly address: string | undefined;
}

/** Exports and erasures of one person. */
export class Privacy {
  constructor(private readonly o: PrivacyOptions) {}

  /** @throws ApiRefusal while a service is away: a person is found everywhere or not at all */
  async find(workspaceId: string, person: PersonKnownBy, author: Author): Promise<PersonFound> {
    const pass = { workspaceId, errand: 'privacy', may: 'read', by: author.id ?? author.kind } as const;
    const ask = (service: 'orchestrator' | 'ai') =>
      everyPage(async (after) => {
        const body = { person, ...(after !== undefined && { after }) };
        return FoundSchema.parse(await this.o.services.json(service, pass, { method: 'POST', path: '/privacy/find', body }));
      });
    const [{ conversations }, { sessions }] = await Promise.all([ask('orchestrator'), ask('ai')]);
    return { conversations, sessions };
  }

  async begin(asked: Asked): Promise<PrivacyRequest> {
    const { workspaceId, kind, person, author, address } = asked;
    if (kind === 'erase' && asked.confirmation?.trim() !== person.value)
      throw new ApiRefusal('invalid-request', 'Type once more by what the person is known, to confirm.', {
        errors: [{ pointer: '/confirmation', message: 'must be the same as above' }],
      });
    const { conversations, sessions } = await this.find(workspaceId, person, author);
    const subjects = {
      conversationIds: conversations.map(({ conversationId }) => conversationId),
      // What agents and visitor said in Crisp after a handover the AI may remember, too.
      sessionIds: [
        ...new Set([...conversations.flatMap(({ crispSessions }) => crispSessions), ...sessions].map(({ sessionId }) => sessionId)),
      ],
    };
    if (subjects.conversationIds.length + subjects.sessionIds.length === 0)
      throw new ApiRefusal('conflict', 'Nothing is held of this person in this workspace.');
    const now = this.o.now?.() ?? new Date();
    const request: KeptRequest = {
      ...{ requestId: newId(), workspaceId, kind, author, subjects, atCrisp: asked.deleteAtCrisp, steps: stepsOf(kind) },
      ...{ crisp: [], createdAt: now, endedAt: null, resultUntil: null },
    };
    await this.o.store.dataSource.transaction(async (manager) => {
      await this.o.store.add(request, manager);
      const details = { by: person.by, person: hashOf(workspaceId, person), conversations: subjects.conversationIds.length };
      const target = { kind: 'person', id: request.requestId };
      await this.o.audit.note({ workspaceId, by: author, action: `person.${kind}`, target, details, address, at: now }, manager);
    });
    this.o.work.wake();
    return shownOf(request);
  }

  async list(workspaceId: string): Promise<{ items: PrivacyRequest[] }> {
    return { items: (await this.o.store.list(workspaceId)).map(shownOf) };
  }

  async get(workspaceId: string, requestId: string): Promise<PrivacyRequest> {
    const found = await this.o.store.find(workspaceId, requestId);
    if (!found) throw new ApiRefusal('not-found', 'There is no such request in this workspace.');
    return shownOf(found);
  }

  async result(workspaceId: string, requestId: string) {
    const found = await this.o.store.result(workspaceId, requestId, this.o.now?.() ?? new Date());
    if (!found) throw new ApiRefusal('not-found', 'The export is not finished yet, or was removed after its time.');
    return found as Record<string, never>;
  }
}

/** The same for the same person, and nothing that leads to him. */
function hashOf(workspaceId: string, { by, value }: PersonKnownBy): string {
  return createHash('sha256').update(`${workspaceId}\n${by}\n${value.toLowerCase()}`).digest('hex').slice(0, 32);
}
