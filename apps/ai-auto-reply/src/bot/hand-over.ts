import { botEvents, encodeEvent, sourceOf } from '@baton/contracts';
import type { BotSettings } from '@baton/contracts';
import type { Outbox, OutboxTicket } from '@baton/messaging';
import { activeTraceparent } from '@baton/telemetry';
import type { DataSource, EntityManager } from 'typeorm';
import type { MaySpeak } from '../connection/may-speak.js';
import type { Quota } from '../quota/quota.js';
import type { Receipts } from '../receipts/receipts.js';
import type { Receipt } from '../receipts/receipt.js';
import type { Ended } from './observations.js';
import { afterSaid } from './talk-rules.js';
import { isCurrent } from './talk.js';
import type { Claim, Talk } from './talk.js';
import type { TalkStore } from './talk-store.js';
import { eventOf } from './wording.js';
import type { Reply } from './wording.js';

export interface HandOverParts {
  readonly dataSource: DataSource;
  readonly store: Pick<TalkStore, 'lockOne' | 'save'>;
  readonly outbox: Pick<Outbox, 'add' | 'send'>;
  readonly receipts: Pick<Receipts, 'write'>;
  readonly quota: Pick<Quota, 'refund'>;
  readonly maySpeak: Pick<MaySpeak, 'inChannels'>;
  readonly now: () => Date;
}

/** Its id names the answer everywhere: as the bot's event, as its receipt and as its quota entry. */
export interface Ready {
  readonly answerId: string;
  readonly claim: Claim;
  readonly bot: BotSettings;
  readonly reply: Reply;
}

/** Whether it was handed over; `overtaken`: the visitor wrote on, or the floor is not ours any more. */
export type HandedOver = Exclude<Ended, { as: 'later' }>;

/**
 * The fence: under the lock of the talk's row it is looked once more whether the answer may be given, and only then it goes into the
 * outbox, with its receipt, in one transaction. What it costs stays reserved until it is known that the orchestrator took it.
 */
export class HandOver {
  constructor(private readonly parts: HandOverParts) {}

  async give(ready: Ready): Promise<HandedOver> {
    const { dataSource, outbox } = this.parts;
    const { ended, ticket } = await dataSource.transaction((manager) => this.giveWithin(manager, ready));
    if (ticket) outbox.send(ticket);
    return ended;
  }

  private async giveWithin(manager: EntityManager, ready: Ready): Promise<{ ended: HandedOver; ticket?: OutboxTicket }> {
    const { store, outbox, quota, maySpeak, now } = this.parts;
    const { claim, bot, reply, answerId } = ready;
    const at = now();
    const talk = await store.lockOne(manager, claim.conversationId);
    if (!talk || !isCurrent(talk, claim)) {
      await quota.refund(manager, answerId, 'overtaken');
      if (talk) await this.keep(manager, ready, talk, at, { state: 'dropped', why: 'overtaken' });
      return { ended: { as: 'dropped', why: 'overtaken' } };
    }
    const speech = maySpeak.inChannels(bot.botId, claim.conversationId);
    if (!speech.speak) {
      await quota.refund(manager, answerId, speech.why);
      await this.keep(manager, ready, talk, at, { state: 'dropped', why: speech.why });
      await store.save(manager, talk, afterSaid(talk, claim, { ...NOTHING, answerId }, at.getTime()), at);
      return { ended: { as: 'dropped', why: speech.why } };
    }
    if (!reply.counts) await quota.refund(manager, answerId, 'not-counted');
    const isSaid = reply.text !== '' || reply.human !== undefined;
    await this.keep(manager, ready, talk, at, isSaid ? { state: 'planned' } : { state: 'dropped', why: reply.why ?? 'silence' });
    await store.save(manager, talk, afterSaid(talk, claim, { ...reply.said, answerId }, at.getTime()), at);
    if (!isSaid || reply.kind === null) return { ended: { as: 'dropped', why: reply.why ?? 'silence' } };
    const { turn, epoch } = claim;
    const data = { conversation_id: claim.conversationId, bot_id: bot.botId, turn, epoch, ...eventOf(reply, bot) };
    const record = encodeEvent(botEvents, 'bot.answered', data, {
      id: answerId,
      source: sourceOf('ai-auto-reply'),
      time: at,
      traceparent: activeTraceparent() ?? talk.traceparent,
    });
    return { ended: { as: 'said', kind: reply.kind }, ticket: await outbox.add(manager, [record]) };
  }

  private async keep(
    manager: EntityManager,
    { claim, bot, reply, answerId }: Ready,
    talk: Talk,
    at: Date,
    end: Pick<Receipt, 'state' | 'why'>,
  ): Promise<void> {
    if (reply.kind === null) return;
    const { answered } = reply;
    await this.parts.receipts.write(manager, {
      answerId,
      workspaceId: bot.workspaceId,
      botId: bot.botId,
      place: talk.channel,
      conversationId: claim.conversationId,
      epoch: claim.epoch,
      kind: reply.kind,
      text: reply.text,
      citations: answered?.kind === 'answer' ? answered.citations : [],
      trace: answered?.trace ?? null,
      quotaEntryId: reply.counts ? answerId : null,
      at,
      ...end,
    });
  }
}

const NOTHING = { text: '', as: 'nothing', tells: false, asksHuman: false } as const;
