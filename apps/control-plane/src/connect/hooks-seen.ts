import type { SeenHooks } from '@baton/control-api';
import { ApiRefusal } from '../api/problem.js';
import type { Services } from '../services/services.js';

interface Entry extends SeenHooks {
  readonly botId: string;
  readonly websiteId: string;
}

/** Which web hooks came, as the AI knows it: it reads them all. */
export class HooksSeen {
  constructor(private readonly services: Pick<Services, 'json'>) {}

  /** By bot and website; null while the AI cannot be asked. */
  async of(workspaceId: string, by: string): Promise<((botId: string, websiteId: string) => SeenHooks) | null> {
    try {
      const pass = { workspaceId, errand: 'operations', may: 'read', by } as const;
      const { items } = await this.services.json<{ items: Entry[] }>('ai', pass, { path: '/hooks-seen' });
      return (botId, websiteId) => {
        const found = items.find((one) => one.botId === botId && one.websiteId === websiteId);
        return found ? { since: found.since, last: found.last, count: found.count } : { since: null, last: null, count: 0 };
      };
    } catch (error) {
      if (error instanceof ApiRefusal) return null;
      throw error;
    }
  }
}
