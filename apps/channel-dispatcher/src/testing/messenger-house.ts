import { randomInt } from 'node:crypto';
import {
  BotSettingsSchema,
  conversationIdOf,
  deliveries,
  encodeEvent,
  messengerAddress,
  messengerWebhooks,
  newId,
  settings,
  sourceOf,
} from '@baton/contracts';
import type { EventInput } from '@baton/contracts';
import { GatheringProducer } from '@baton/messaging';
import { seal } from '@baton/settings';
import { House, MESSENGER_KEY } from './house.js';
import type { DeliveryType, Replica } from './house.js';
import { Graph } from './graph.js';
import type { Taken } from './graph.js';

export const OUR_APP = '1234567890';
export const INBOX_APP = '263902037430900';

/** A person who writes to a page. */
export interface Person {
  readonly pageId: string;
  readonly userId: string;
  readonly address: string;
  readonly conversationId: string;
}

/** One element of `messaging[]`, without who it is from. */
export type Said = { readonly timestamp?: number } & Readonly<Record<string, unknown>>;

const digits = (): string => String(randomInt(1e11, 1e12));

/** A dispatcher's surroundings with a page of Messenger: Meta's Graph API, and web hooks as the ingress writes them. */
export class MessengerHouse {
  readonly pageId = digits();
  private sequences = new Map<string, number>();
  private revision = 1;

  private constructor(
    readonly house: House,
    readonly graph: Graph,
    private readonly producer: GatheringProducer,
  ) {}

  static async build(): Promise<MessengerHouse> {
    const house = await House.build();
    const built = new MessengerHouse(house, await Graph.open(), new GatheringProducer(house.kafka));
    await built.connect();
    return built;
  }

  replica(instance: string, more: NodeJS.ProcessEnv = {}): Promise<Replica> {
    return this.house.replica(instance, { MESSENGER_ECHO_SECONDS: '1', MESSENGER_PROBE_SECONDS: '1', ...more });
  }

  /** Publishes the bot with its page; each time its token is sealed anew. */
  async connect(more: object = {}, token = this.graph.token): Promise<void> {
    const sealed = (secret: string) => seal({ purpose: 'messenger', settingId: 'bot:shop' }, MESSENGER_KEY, secret);
    await this.publish({
      pageId: this.pageId,
      appId: OUR_APP,
      pageToken: sealed(token),
      appSecrets: [sealed('app-secret')],
      verifyToken: sealed('verify'),
      graphUrl: this.graph.url,
      callsPerSecond: 200,
      ...more,
    });
  }

  /** Publishes the bot without its page. */
  disconnect(): Promise<void> {
    return this.publish(undefined);
  }

  person(userId = digits()): Person {
    const address = messengerAddress(this.pageId, userId);
    return { pageId: this.pageId, userId, address, conversationId: conversationIdOf({ botId: 'shop', channel: 'messenger', address }) };
  }

  /** Web hooks about a person, all written at once, in this order. */
  async hooks(person: Person, said: readonly Said[], { standby = false } = {}): Promise<void> {
    const records = said.map((event) => {
      const isEcho = (event['message'] as { is_echo?: boolean } | undefined)?.is_echo === true;
      const [sender, recipient] = isEcho ? [person.pageId, person.userId] : [person.userId, person.pageId];
      const element = { sender: { id: sender }, recipient: { id: recipient }, timestamp: Date.now(), ...event };
      const data = { botId: 'shop', pageId: person.pageId, userId: person.userId, sentAt: Date.now(), standby, event: element };
      return encodeEvent(messengerWebhooks, 'messenger.webhook', data, this.attributes('webhook-ingress'));
    });
    await this.producer.send(records);
  }

  /** He writes; the mid is made of his words unless given. */
  writes(person: Person, text: string, { mid = `m_in_${newId()}`, timestamp = Date.now() } = {}): Promise<void> {
    return this.hooks(person, [{ timestamp, message: { mid, text } }]);
  }

  /** Deliveries as the orchestrator writes them, their sequence going on by itself. */
  async deliver(person: Person, ...events: { type: DeliveryType; data: object }[]): Promise<string[]> {
    const to = {
      conversationId: person.conversationId,
      botId: 'shop',
      channel: 'messenger',
      address: person.address,
      at: new Date().toISOString(),
    };
    const records = events.map(({ type, data }) => {
      const deliverySequence = (this.sequences.get(person.conversationId) ?? 0) + 1;
      const isSign = type === 'delivery.typing' || type === 'delivery.read';
      if (!isSign) this.sequences.set(person.conversationId, deliverySequence);
      const whole = { ...to, ...data, ...(isSign ? {} : { deliverySequence }) };
      return encodeEvent(deliveries, type, whole as EventInput<typeof deliveries, typeof type>, this.attributes('orchestrator'));
    });
    await this.producer.send(records);
    return events.map(({ data }) => (data as { messageId?: string }).messageId ?? '');
  }

  /** Meta tells everything that it took back to us, as an echo. */
  echoes(): void {
    this.graph.onTaken = (taken) => this.echo(taken);
  }

  echo(taken: Taken, more: object = {}): Promise<void> {
    const person = this.person(taken.body.recipient?.id);
    const { text, metadata } = taken.body.message ?? {};
    const message = { mid: taken.mid, is_echo: true, app_id: OUR_APP, metadata, text, ...more };
    return this.hooks(person, [{ timestamp: taken.at, message }]);
  }

  statusesOf(messageId: string): string[] {
    return this.house.receipts.flatMap(({ data }) => (data.messageIds.includes(messageId) ? [data.status] : []));
  }

  failureOf(messageId: string): { reason?: string | undefined; failure?: string | undefined } | undefined {
    const failed = this.house.receipts.find(({ data }) => data.status === 'failed' && data.messageIds.includes(messageId));
    return failed && { reason: failed.data.reason, failure: failed.data.failure };
  }

  /** What the person wrote, as the orchestrator heard it. */
  heardFrom({ conversationId }: Person) {
    return this.house.heard.flatMap((event) =>
      event.type === 'visitor.message' && event.data.conversationId === conversationId ? [event.data] : [],
    );
  }

  /** Who he is, as the orchestrator heard it. */
  profilesOf({ conversationId }: Person) {
    return this.house.heard.flatMap((event) =>
      event.type === 'visitor.profile' && event.data.conversationId === conversationId ? [event.data] : [],
    );
  }

  elsewhereOf({ conversationId }: Person) {
    return this.house.heard.flatMap((event) =>
      event.type === 'visitor.answered-elsewhere' && event.data.conversationId === conversationId ? [event.data] : [],
    );
  }

  async demolish(): Promise<void> {
    await this.producer.close();
    await this.house.demolish();
    await this.graph.close();
  }

  private async publish(messenger: object | undefined): Promise<void> {
    const bot = BotSettingsSchema.parse({ botId: 'shop', workspaceId: 'acme', name: 'Shop assistant', messenger });
    const published = { settingId: 'bot:shop', revision: ++this.revision, publishedAt: new Date().toISOString() };
    await this.producer.send([encodeEvent(settings, 'settings.bot', { ...published, bot }, this.attributes('control-plane'))]);
  }

  private attributes(service: string) {
    return { id: newId(), source: sourceOf(service), time: new Date() };
  }
}

const words =
  (author: object, withdrawable: boolean) =>
  (text: string, more: object = {}) => ({
    type: 'delivery.message' as const,
    data: { epoch: 0, messageId: newId(), author, body: { type: 'text', text }, withdrawable, ...more },
  });

export const agent = words({ kind: 'agent', name: 'Mia', avatar: 'https://img.example/mia.png' }, false);
export const bot = words({ kind: 'bot', name: 'Shop assistant' }, true);
export const system = words({ kind: 'system' }, false);

export const floor = (to: string, epoch: number) => ({ type: 'delivery.mode' as const, data: { epoch, floor: to } });
