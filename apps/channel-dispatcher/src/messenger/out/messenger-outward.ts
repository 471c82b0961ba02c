import type { Author, MessageBody, OutgoingRecord } from '@baton/contracts';
import type { EffectPlan, Effects } from '@baton/effects';
import type { EntityManager } from 'typeorm';
import type { Outward, OutwardPage } from '../../arrivals/outward.js';
import type { Conversation } from '../../log/log-line.js';
import { countDeliveries } from '../../receipts/count-deliveries.js';
import { receiptRecords } from '../../receipts/receipt-records.js';
import type { Outcome } from '../../receipts/receipt-records.js';
import type { MessengerPages } from '../messenger-pages.js';
import { personOf } from '../target.js';
import { plannedParts } from './planned-part.js';
import type { PlannedPart } from './planned-part.js';
import { SEND, sendId, sendPlan } from './send-plan.js';
import type { SendTask } from './send-plan.js';
import type { MessageToSend, PartToSend, SendsStore, UnderWay } from './sends.store.js';
import { whatToSend } from './what-to-send.js';
import type { Change, NewMessage } from './what-to-send.js';

type Person = { readonly pageId: string; readonly userId: string };

/** Plans the sends of new lines: one effect for each part of a message, in the transaction that writes the lines. */
export class MessengerOutward implements Outward {
  constructor(
    private readonly store: SendsStore,
    private readonly effects: Pick<Effects, 'plan' | 'cancel' | 'wake'>,
    private readonly pages: Pick<MessengerPages, 'correctionPrefix'>,
  ) {}

  async plan(
    manager: EntityManager,
    pages: readonly OutwardPage[],
    now: Date,
  ): Promise<{ records: OutgoingRecord[]; committed: () => void }> {
    const added = new Added();
    const outcomes: Outcome[] = [];
    const lanes: string[] = [];
    for (const page of pages) {
      const { conversation } = page;
      const { messages, changes, takenBack } = whatToSend(page);
      const person = personOf(conversation.address);
      if (!person) {
        outcomes.push(...messages.map(({ messageId }) => outcomeOf(conversation, messageId, NOBODY)));
        continue;
      }
      for (const line of [...messages, ...changes].sort((a, b) => a.seq - b.seq)) {
        if (isNew(line)) outcomes.push(...added.message(conversation, person, line, now));
        else outcomes.push(...(await this.change(manager, { conversation, person, change: line, added, now })));
      }
      outcomes.push(...takenBack.map((messageId) => outcomeOf(conversation, messageId, { status: 'superseded' as const })));
      if (messages.length + changes.length > 0) lanes.push(conversation.id);
    }
    if (added.parts.length > 0) await this.store.add(manager, added.messages, added.parts);
    await this.effects.plan(manager, tracedPlans(added.plans, pages));
    const committed = () => {
      if (lanes.length > 0) this.effects.wake(lanes);
      countDeliveries('messenger', outcomes);
    };
    return { records: receiptRecords(outcomes, now), committed };
  }

  /** What was not sent yet is replaced or taken back; what was cannot be changed in Messenger: it is corrected by further words. */
  private async change(manager: EntityManager, { conversation, person, change, added, now }: Changing): Promise<Outcome[]> {
    const { id: conversationId, botId } = conversation;
    const { messageId, seq } = change;
    const before = await this.store.underWay(manager, conversationId, messageId);
    if (!before) return this.changeOfOld(manager, { conversation, person, change, added, now });
    if (before.status === 'failed' || before.status === 'superseded') return [];
    // Changed into nothing that could be sent, it is taken back.
    const body = change.body && plannedParts(change.body, before.author).length > 0 ? change.body : null;
    const open = before.parts.filter(({ state }) => state === 'open').map(({ part }) => part);
    const ids = open.map((part) => sendId({ conversationId, messageId, part }));
    const cancelled = open.length === 0 ? 0 : await this.effects.cancel(manager, conversationId, { ids });
    // They are sent in their order, so the first of them may be under way, and those that were taken back are the last.
    const unsent = open.slice(open.length - cancelled);
    if (unsent.length > 0) await this.store.removeParts(manager, conversationId, messageId, unsent);
    if (cancelled < open.length) await this.store.forgetWords(manager, conversationId, messageId, open.slice(0, -cancelled || undefined));
    const isWhollyUnsent = unsent.length === before.parts.length;

    if (body === null) {
      if (!isWhollyUnsent) return [outcomeOf(conversation, messageId, CANNOT_REMOVE)];
      await this.store.end(manager, { conversationId, messageId }, 'superseded');
      return [outcomeOf(conversation, messageId, { status: 'superseded' })];
    }
    if (isWhollyUnsent) await this.replace(manager, { conversation, person, messageId, body, before });
    else {
      const contents = plannedParts(body, before.author, { before: this.pages.correctionPrefix(botId) });
      const first = Math.max(...before.parts.map(({ part }) => part)) + 1;
      added.words(conversation, person, { messageId, seq, first, contents, authorKind: before.author.kind, now });
    }
    return [];
  }

  /** What was sent so long ago that nothing is kept of it but its line in the log: it is corrected, too, and cannot be taken back either. */
  private async changeOfOld(manager: EntityManager, { conversation, person, change, added, now }: Changing): Promise<Outcome[]> {
    const { messageId, seq, body } = change;
    if (body === null) return [outcomeOf(conversation, messageId, CANNOT_REMOVE)];
    const author = await this.store.authorInLog(manager, conversation.id, messageId);
    if (!author) return [];
    const before = this.pages.correctionPrefix(conversation.botId);
    return added.message(
      conversation,
      person,
      { messageId, seq, author, body, epoch: conversation.epoch, withdrawable: false },
      now,
      before,
    );
  }

  private async replace(manager: EntityManager, { conversation, person, messageId, body, before }: Replacing): Promise<void> {
    const { id: conversationId, botId } = conversation;
    const seq = before.parts[0]!.seq;
    const contents = plannedParts(body, before.author);
    await this.store.add(
      manager,
      [],
      contents.map((content, part) => ({ conversationId, messageId, part, seq, content })),
    );
    // Its place is before all that was planned after it: those are planned once more, behind it.
    await this.effects.cancel(manager, conversationId, { kinds: [SEND] });
    const open = await this.store.open(manager, conversationId);
    await this.effects.plan(
      manager,
      open.map(({ authorKind, plannedAt, ...key }) => sendPlan({ ...key, botId, ...person }, authorKind, plannedAt)),
    );
  }
}

/** Each in the trace of the delivery that brought its message. */
function tracedPlans(plans: readonly EffectPlan[], pages: readonly OutwardPage[]): EffectPlan[] {
  const causes = new Map<string, string>();
  for (const arrival of pages.flatMap(({ arrivals }) => arrivals)) {
    if (!arrival.readable || arrival.traceparent === undefined) continue;
    const { data } = arrival.delivery;
    if ('messageId' in data) causes.set(data.messageId, arrival.traceparent);
  }
  return plans.map((plan) => ({ ...plan, traceparent: causes.get((plan.payload as unknown as SendTask).messageId) }));
}

const isNew = (line: NewMessage | Change): line is NewMessage => 'author' in line;

interface Changing {
  readonly conversation: Conversation;
  readonly person: Person;
  readonly change: Change;
  readonly added: Added;
  readonly now: Date;
}

interface Replacing {
  readonly conversation: Conversation;
  readonly person: Person;
  readonly messageId: string;
  readonly body: MessageBody;
  readonly before: UnderWay;
}

const CANNOT_REMOVE = { status: 'failed', reason: 'messenger.cannot-remove', failure: 'unsupported' } as const;
const NOBODY = { status: 'failed', reason: 'messenger.no-such-user', failure: 'permanent' } as const;
const NOTHING_TO_SEND = { status: 'failed', reason: 'messenger.nothing-to-send', failure: 'unsupported' } as const;

function outcomeOf(
  { id: conversationId, botId }: Conversation,
  messageId: string,
  what: Pick<Outcome, 'status' | 'reason' | 'failure'>,
): Outcome {
  return { conversationId, botId, messageId, ...what };
}

/** What is new in all conversations of a batch, to be written together. */
class Added {
  readonly messages: MessageToSend[] = [];
  readonly parts: PartToSend[] = [];
  readonly plans: EffectPlan[] = [];

  /** @param before said before its words */
  message(conversation: Conversation, person: Person, message: NewMessage, now: Date, before?: string): Outcome[] {
    const { messageId, seq, author, body, epoch, withdrawable, at } = message;
    const contents = plannedParts(body, author, before === undefined ? {} : { before });
    if (contents.length === 0) return [outcomeOf(conversation, messageId, NOTHING_TO_SEND)];
    this.messages.push({ conversationId: conversation.id, messageId, author, epoch, withdrawable, plannedAt: now });
    this.words(conversation, person, {
      messageId,
      seq,
      first: 0,
      contents,
      authorKind: author.kind,
      now,
      saidAt: author.kind === 'agent' ? at : undefined,
    });
    return [];
  }

  words(
    { id: conversationId, botId }: Conversation,
    person: Person,
    { messageId, seq, first, contents, authorKind, now, saidAt }: Words,
  ): void {
    for (const [nth, content] of contents.entries()) {
      const key = { conversationId, messageId, part: first + nth };
      this.parts.push({ ...key, seq, content });
      this.plans.push(sendPlan({ ...key, botId, ...person, ...(saidAt === undefined ? {} : { saidAt }) }, authorKind, now));
    }
  }
}

interface Words {
  readonly messageId: string;
  readonly seq: number;
  /** The number of the first part. */
  readonly first: number;
  readonly contents: readonly PlannedPart[];
  readonly authorKind: Author['kind'];
  readonly now: Date;
  readonly saidAt?: string | undefined;
}
