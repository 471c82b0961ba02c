import type { CrispConnections } from '@baton/crisp';
import { CrispError } from '@baton/crisp';
import { MOST_OF_ONE } from '@baton/passes';
import type { CrispSession, Erase, Erased, Found, PersonKnownBy, Subjects } from '@baton/passes';
import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import { eraseConversations } from './erase-conversations.js';
import { exportConversations } from './export-conversations.js';
import { findConversations } from './find-conversations.js';

/** What is held of one person of a workspace. */
export class Privacy {
  constructor(
    private readonly o: {
      readonly dataSource: DataSource;
      readonly settings: Pick<SettingsStore, 'botIdsOf'>;
      readonly connections: Pick<CrispConnections, 'of'>;
    },
  ) {}

  async find(workspaceId: string, person: PersonKnownBy, after?: string): Promise<Found> {
    const conversations = await findConversations(this.o.dataSource, this.o.settings.botIdsOf(workspaceId), person, after);
    const last = conversations.length < MOST_OF_ONE ? undefined : conversations.at(-1);
    return { conversations, sessions: [], ...(last && { next: last.conversationId }) };
  }

  async export(workspaceId: string, { conversationIds }: Subjects): Promise<object> {
    return { conversations: await exportConversations(this.o.dataSource, this.o.settings.botIdsOf(workspaceId), conversationIds) };
  }

  /** What stands in Crisp goes first: afterwards nobody would know where it is. */
  async erase(workspaceId: string, { conversationIds, at, atCrisp }: Erase): Promise<Erased> {
    const bots = this.o.settings.botIdsOf(workspaceId);
    const crisp: Erased['crisp'] = [];
    for (const conversationId of conversationIds) {
      const [found] = await findConversations(this.o.dataSource, bots, { by: 'conversation', value: conversationId });
      for (const session of found?.crispSessions ?? [])
        crisp.push({ ...session, deleted: atCrisp && (await this.deleted(session, found!.botId)) });
    }
    return { ...(await eraseConversations(this.o.dataSource, bots, conversationIds, new Date(at))), crisp };
  }

  /** One that is not there any more is deleted, too. */
  private async deleted(session: CrispSession, botId: string): Promise<boolean> {
    try {
      const connection = this.o.connections.of(session.websiteId, botId);
      if (!connection) return false;
      await connection.client.removeConversation(session);
      return true;
    } catch (error) {
      if (error instanceof CrispError) return error.code === 'crisp.not-found';
      throw error;
    }
  }
}
