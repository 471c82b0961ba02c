import type { DataSource } from 'typeorm';

export interface SessionOwner {
  readonly conversationId: string;
  readonly websiteId: string;
  readonly botId: string;
}

/** Sessions remembered at most, the least recently asked ones forgotten first; about 300 bytes each. */
const REMEMBERED = 20_000;

/**
 * Which conversation a Crisp session belongs to. A session belongs to one for good, so that what was found once is never
 * asked again; one that is not ours costs a look-up and no lock.
 */
export class Sessions {
  private readonly owners = new Map<string, SessionOwner>();

  constructor(private readonly dataSource: DataSource) {}

  async ownersOf(sessionIds: Iterable<string>): Promise<Map<string, SessionOwner>> {
    const found = new Map<string, SessionOwner>();
    const unknown: string[] = [];
    for (const id of new Set(sessionIds)) {
      const owner = this.owners.get(id);
      if (owner) {
        found.set(id, owner);
        this.remember(id, owner);
      } else unknown.push(id);
    }
    if (unknown.length === 0) return found;
    const rows: { session_id: string; conversation_id: string; website_id: string; bot_id: string }[] = await this.dataSource.query(
      'SELECT session_id, conversation_id, website_id, bot_id FROM crisp_sessions WHERE session_id = ANY($1::text[])',
      [unknown],
    );
    for (const { session_id, conversation_id: conversationId, website_id: websiteId, bot_id: botId } of rows) {
      const owner = { conversationId, websiteId, botId };
      found.set(session_id, owner);
      this.remember(session_id, owner);
    }
    return found;
  }

  private remember(id: string, owner: SessionOwner): void {
    this.owners.delete(id);
    this.owners.set(id, owner);
    if (this.owners.size <= REMEMBERED) return;
    const oldest = this.owners.keys().next().value;
    if (oldest !== undefined) this.owners.delete(oldest);
  }
}
