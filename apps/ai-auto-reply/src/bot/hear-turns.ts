import type { BotSettings, ReceivedEvent, botTurns } from '@baton/contracts';
import type { Inbox } from '@baton/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import type { Quota } from '../quota/quota.js';
import type { Receipts } from '../receipts/receipts.js';
import type { Talk } from './talk.js';
import { afterMute, afterRejection, afterTurn, afterUnmute } from './talk-rules.js';
import type { TalkStore } from './talk-store.js';

type Event = ReceivedEvent<typeof botTurns>;

export interface HearTurnsParts {
  readonly dataSource: DataSource;
  readonly inbox: Pick<Inbox, 'admit'>;
  readonly store: TalkStore;
  readonly receipts: Pick<Receipts, 'end'>;
  readonly quota: Pick<Quota, 'refund'>;
  readonly bot: (botId: string) => BotSettings | undefined;
  readonly now: () => Date;
  /** An answer of ours was not shown. */
  readonly rejected: () => void;
  /** After the commit: each talk that changed, as it was and as it is. */
  readonly heard: (changes: readonly { readonly before: Talk; readonly after: Talk }[]) => void;
}

/** What the orchestrator tells the bot in front, for the bots that the assistant is: each event once, each batch in one transaction. */
export class HearTurns {
  constructor(private readonly parts: HearTurnsParts) {}

  async hear(events: readonly Event[]): Promise<void> {
    const { dataSource, bot, heard } = this.parts;
    const ours = events.filter(({ data }) => bot(data.bot_id)?.assistant.channels === true);
    if (ours.length === 0) return;
    heard(await dataSource.transaction((manager) => this.hearWithin(manager, ours)));
  }

  private async hearWithin(manager: EntityManager, events: readonly Event[]): Promise<{ before: Talk; after: Talk }[]> {
    const { inbox, store, now } = this.parts;
    const at = now();
    const before = await store.lock(
      manager,
      events.map(({ data }) => ({ conversationId: data.conversation_id, botId: data.bot_id, channel: data.channel })),
    );
    const admitted = await inbox.admit(
      manager,
      events.map(({ id }) => id),
    );
    const after = new Map(before);
    for (const event of events) {
      const talk = after.get(event.data.conversation_id);
      // A conversation is one bot's for good; a repetition inside the batch is one outside of it.
      if (!talk || talk.botId !== event.data.bot_id || !admitted.delete(event.id)) continue;
      const changed = await this.applied(manager, talk, event, at);
      const { traceparent } = event;
      after.set(talk.conversationId, changed === talk || traceparent === undefined ? changed : { ...changed, traceparent });
    }
    const changes = [...before.values()].flatMap((talk) => {
      const changed = after.get(talk.conversationId)!;
      return changed === talk ? [] : [{ before: talk, after: changed }];
    });
    for (const change of changes) await store.save(manager, change.before, change.after, at);
    return changes;
  }

  private async applied(manager: EntityManager, talk: Talk, event: Event, at: Date): Promise<Talk> {
    const now = at.getTime();
    switch (event.type) {
      case 'bot.turn': {
        const burst = this.parts.bot(talk.botId)!.assistant.burst;
        return afterTurn(talk, event.data, burst, now);
      }
      case 'bot.muted':
        return afterMute(talk, event.data);
      case 'bot.unmuted':
        return afterUnmute(talk, event.data, now);
      case 'bot.answer-rejected': {
        const { answer_id: answerId, reason } = event.data;
        if (!talk.lines.some((line) => line.answerId === answerId)) return talk;
        const { receipts, quota, rejected } = this.parts;
        rejected();
        // An answer's id is its quota entry's.
        if (await receipts.end(manager, answerId, 'dropped', `rejected:${reason}`)) await quota.refund(manager, answerId, 'rejected');
        return afterRejection(talk, answerId);
      }
    }
  }
}
