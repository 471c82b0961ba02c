import type { DataSource } from 'typeorm';
import { derivedId } from '@baton/contracts';
import type { Effects } from '@baton/effects';
import type { Inbox } from '@baton/messaging';
import { lockConversations } from '../judge/conversation-store.js';
import { deskPlan } from '../judge/desk-plan.js';
import { writeAll } from '../judge/write.js';
import { Writings } from '../judge/writings.js';

const TEXT = 'Something in this conversation could not be understood and was left out. What was left out is kept for our technicians.';

/** Says in the inbox, once per record, that something is missing. */
export class TellGap {
  constructor(
    private readonly parts: {
      readonly dataSource: DataSource;
      readonly inbox: Pick<Inbox, 'admit'>;
      readonly effects: Pick<Effects, 'plan' | 'wake'>;
      /** ms */
      readonly now: () => number;
    },
  ) {}

  /** @param cause the record's id */
  async tellDesk(conversationId: string, cause: string): Promise<void> {
    const { dataSource, inbox, effects, now } = this.parts;
    const id = derivedId('gap', conversationId, cause);
    const isPlanned = await dataSource.transaction(async (manager) => {
      const isNew = (await inbox.admit(manager, [id])).has(id);
      const conversation = isNew ? (await lockConversations(manager, [{ conversationId }])).get(conversationId) : undefined;
      if (!conversation?.handover?.sessionId) return false;
      const { id: handoverId, websiteId } = conversation.handover;
      const fingerprint = Math.max(now() * 100, conversation.lastFingerprint + 1);
      const { plan } = deskPlan({ kind: 'post-note', handoverId, websiteId, text: TEXT, fingerprint }, conversation, id, now());
      const writings = new Writings();
      writings.conversations.set(conversationId, { ...conversation, lastFingerprint: fingerprint });
      writings.know({
        conversationId,
        fingerprint: String(fingerprint),
        ours: true,
        messageId: null,
        pending: null,
        contentAt: 0,
        removed: false,
      });
      await writeAll(manager, writings);
      await effects.plan(manager, [plan]);
      return true;
    });
    if (isPlanned) effects.wake([conversationId]);
  }
}
