import { derivedId, encodeEvent, sourceOf, visitorMessages } from '@baton/contracts';
import type { Floor, MessageBody, OutgoingRecord } from '@baton/contracts';
import type { Effects } from '@baton/effects';
import type { Outbox } from '@baton/messaging';
import type { InBody } from '@baton/messenger';
import type { DataSource, EntityManager } from 'typeorm';
import type { HostedFiles } from '../../files/hosted-files.js';
import type { Address } from '../../log/log-line.js';
import type { LogStore } from '../../log/log.store.js';
import { countDeliveries } from '../../receipts/count-deliveries.js';
import { receiptRecords } from '../../receipts/receipt-records.js';
import type { PostMessages, VisitorSend } from '../../visitor/post-messages.js';
import type { SendsStore } from '../out/sends.store.js';
import { cameByOf } from './hints.js';
import { profilePlans } from './profile-kind.js';
import { isProfileDue } from './profile-rules.js';
import { readReplies } from './replies.store.js';
import type { KnownPerson, ThreadsStore } from './threads.store.js';
import { whatHappened, whoHears } from './what-happened.js';
import type { Elsewhere, Happening, Heard, Progress, WhatHappened } from './what-happened.js';

export interface HearParts {
  readonly dataSource: DataSource;
  readonly log: LogStore;
  readonly threads: ThreadsStore;
  readonly sends: SendsStore;
  readonly posts: PostMessages;
  readonly files: Pick<HostedFiles, 'adopt'>;
  readonly outbox: Outbox;
  readonly effects: Pick<Effects, 'plan' | 'wake'>;
}

/** Whose words came while the bot has the floor. */
export interface HeardByBot {
  readonly of: Address;
  /** When somebody else last wrote to him as the page: the bot may be silent since then. */
  readonly elsewhereAt: Date | null;
}

export interface WasHeard {
  readonly toBot: readonly HeardByBot[];
  /** Parts of ours that turned out to have been sent twice. */
  readonly sentTwice: number;
}

/** Writes down what happened in Messenger: words, receipts, echoes and who else spoke, in one transaction for a batch. */
export class Hear {
  constructor(private readonly parts: HearParts) {}

  /** What happened before an erasure, and is told only now, is passed over. */
  async hear(happenings: readonly Happening[], now: Date): Promise<WasHeard> {
    const { dataSource, outbox, effects } = this.parts;
    const { happened, ticket, posted, asked, outcomes, ...was } = await dataSource.transaction(async (manager) => {
      const happened = whatHappened(await this.parts.threads.notOfBefore(manager, happenings), now.getTime());
      return { happened, ...(await this.write(manager, happened, now)) };
    });
    if (ticket) outbox.send(ticket);
    countDeliveries('messenger', outcomes);
    posted?.();
    if (happened.heard.some(({ body }) => body.type === 'media')) effects.wake();
    if (asked.length > 0) effects.wake(asked);
    return was;
  }

  private async write(manager: EntityManager, happened: WhatHappened, now: Date) {
    const { log, threads, sends, posts, outbox } = this.parts;
    const { heard, echoes, elsewhere, progress, begin } = happened;
    if (begin.length > 0) await log.create(manager, begin);
    const locked = await threads.lock(manager, idsOf(happened));
    const floorOf = ({ id }: Address): Floor => (locked.get(id)?.floor ?? 'bot') as Floor;

    const listened = heard.map((one) => ({ one, who: whoHears(one, floorOf(one.of)) })).filter(({ who }) => who !== 'nobody');
    const fresh = await this.unknown(manager, listened);
    const told = fresh.flatMap(({ one, who }) => (who === 'told' ? [one] : []));
    const replies = await readReplies(manager, told);
    const { cameBy, used } = cameByOf(told, locked);
    const toWrite = [];
    for (const { one, who } of fresh) {
      const hints = { replyTo: replies.get(one.clientId), cameBy: cameBy.get(one.clientId) };
      toWrite.push({ ...(await this.sendOf(manager, one, now)), ...hints, untold: who === 'noted' });
    }
    if (used.length > 0) await threads.toldOfComing(manager, used);
    const written = toWrite.length > 0 ? await posts.postIn(manager, toWrite, now) : undefined;

    const people = progress.length > 0 ? await threads.move(manager, progress) : [];
    const asked = await this.askWho(manager, progress, people, now);
    const sentTwice = echoes.length > 0 ? await threads.confirm(manager, echoes) : 0;
    const moved = [...new Set([...echoes.map(({ conversationId }) => conversationId), ...progress.map(({ of }) => of.id)])];
    const outcomes = moved.length > 0 ? await sends.advance(manager, moved) : [];

    const records = [...receiptRecords(outcomes, now), ...(await this.tellElsewhere(manager, elsewhere, now))];
    const ticket = records.length > 0 ? await outbox.add(manager, records) : undefined;
    const justNow = new Set(elsewhere.map(({ of }) => of.id));
    const toBot = toWrite
      .filter(({ untold, from }) => !untold && floorOf(from) === 'bot')
      .map(({ from: of }) => ({ of, elsewhereAt: justNow.has(of.id) ? now : (locked.get(of.id)?.elsewhereAt ?? null) }));
    return { ticket, outcomes, posted: written, asked, sentTwice, toBot };
  }

  /** Whoever did something and is not known is asked for, whatever comes of it; returns the lanes of the questions. */
  private async askWho(
    manager: EntityManager,
    progress: readonly Progress[],
    people: readonly KnownPerson[],
    now: Date,
  ): Promise<string[]> {
    const { threads, effects } = this.parts;
    const unknown = new Set(people.filter((person) => isProfileDue(person, now)).map(({ id }) => id));
    const of = progress.filter(({ lastUserActionAt, of: { id } }) => lastUserActionAt > 0 && unknown.has(id)).map((one) => one.of);
    if (of.length === 0) return [];
    await threads.asked(
      manager,
      of.map(({ id }) => id),
      now,
    );
    const plans = profilePlans(of, now);
    await effects.plan(manager, plans);
    return plans.map(({ lane }) => lane);
  }

  /** Without what is in the log already: its files are not to be fetched again. */
  private async unknown<T extends { one: Heard }>(manager: EntityManager, listened: readonly T[]): Promise<T[]> {
    if (listened.length === 0) return [];
    const known = await this.parts.log.known(
      manager,
      listened.map(({ one: { of, clientId } }) => ({ conversationId: of.id, clientId })),
    );
    const keys = new Set(known.map(({ conversationId, clientId }) => `${conversationId} ${clientId}`));
    return listened.filter(({ one: { of, clientId } }) => {
      const key = `${of.id} ${clientId}`;
      return !keys.has(key) && keys.add(key);
    });
  }

  private async sendOf(manager: EntityManager, { of, clientId, body, at, traceparent }: Heard, now: Date): Promise<VisitorSend> {
    return { from: of, clientId, body: await this.bodyOf(manager, of, body, now), at: new Date(at), traceparent };
  }

  /** Files of Messenger lie at addresses that expire: they get one of ours. */
  private async bodyOf(manager: EntityManager, { id, botId }: Address, body: InBody, now: Date): Promise<MessageBody> {
    if (body.type === 'text') return body;
    const { url: sourceUrl, media, name } = body;
    const file = await this.parts.files.adopt(manager, { conversationId: id, botId, sourceUrl, media, name }, now);
    return { type: 'file', ...file };
  }

  private async tellElsewhere(manager: EntityManager, elsewhere: readonly Elsewhere[], now: Date): Promise<OutgoingRecord[]> {
    if (elsewhere.length === 0) return [];
    const said = elsewhere.map(({ of, mid }) => ({ conversationId: of.id, mid }));
    const fresh = await this.parts.threads.noteElsewhere(manager, said, now);
    const records: OutgoingRecord[] = [];
    for (const { of, mid, appId, bodies, at } of elsewhere) {
      if (!fresh.delete(`${of.id} ${mid}`)) continue;
      for (const [nth, body] of bodies.entries()) {
        const messageId = derivedId('messenger-elsewhere', of.address, mid, nth);
        const { id: conversationId, botId, address } = of;
        const data = {
          conversationId,
          botId,
          channel: 'messenger' as const,
          address,
          messageId,
          at: new Date(at).toISOString(),
          body: await this.bodyOf(manager, of, body, now),
          by: appId.slice(0, 64),
        };
        const attributes = { id: messageId, source: sourceOf('dispatcher'), time: now };
        records.push(encodeEvent(visitorMessages, 'visitor.answered-elsewhere', data, attributes));
      }
    }
    return records;
  }
}

function idsOf({ heard, echoes, elsewhere, progress }: WhatHappened): string[] {
  const ids = [
    ...heard.map(({ of }) => of.id),
    ...elsewhere.map(({ of }) => of.id),
    ...progress.map(({ of }) => of.id),
    ...echoes.map(({ conversationId }) => conversationId),
  ];
  return [...new Set(ids)];
}
