import type { Job } from '@baton/telemetry';
import type { Services } from '../services/services.js';
import type { LettersStore } from './letters.store.js';

const EVERY_MS = 15_000;
const AT_ONCE = 50;

/** What a service says of conversations and of sessions in Crisp that are a workspace's. */
interface OwnedHere {
  readonly conversations: readonly { readonly conversationId: string; readonly botId: string; readonly sessionIds: readonly string[] }[];
}

/** Finds out whose those letters are that name nothing but a conversation: the orchestrator knows them. */
export class FindOwners {
  constructor(
    private readonly o: {
      readonly store: LettersStore;
      readonly services: Pick<Services, 'json'>;
      readonly workspaces: () => Promise<readonly string[]>;
    },
  ) {}

  /** For the service's jobs. */
  get job(): Job {
    return { what: 'find out whose dead letters are', everyMs: EVERY_MS, run: () => this.run() };
  }

  async run(): Promise<void> {
    const { store, services } = this.o;
    const unowned = await store.unowned(AT_ONCE);
    if (unowned.length === 0) return;
    const body = {
      conversationIds: [...new Set(unowned.flatMap(({ conversationId }) => conversationId ?? []))],
      sessionIds: [...new Set(unowned.flatMap(({ sessionId }) => sessionId ?? []))],
    };
    for (const workspaceId of await this.o.workspaces()) {
      const pass = { workspaceId, errand: 'operations', may: 'read', by: 'baton' } as const;
      const { conversations } = await services.json<OwnedHere>('orchestrator', pass, { method: 'POST', path: '/signals/owners', body });
      for (const { conversationId, botId, sessionIds } of conversations)
        for (const letter of unowned)
          if (letter.conversationId === conversationId || (letter.sessionId !== null && sessionIds.includes(letter.sessionId)))
            await store.own(letter.id, { workspaceId, botId, conversationId });
    }
    await store.asked(unowned.map(({ id }) => id));
  }
}
