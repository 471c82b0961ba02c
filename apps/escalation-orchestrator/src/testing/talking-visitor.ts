import { botEvents, conversationIdOf, deliveryReceipts, encodeEvent, newId, visitorMessages } from '@baton/contracts';
import type { EventInput, MessageBody, OutgoingRecord } from '@baton/contracts';
import { eventually } from '@baton/testing';
import type { DataSource } from 'typeorm';

/** An event of ours that the orchestrator wrote. */
export interface Told {
  readonly topic: string;
  readonly type: string;
  readonly id: string;
  readonly key: string;
  readonly data: Record<string, unknown>;
}

/** Where a visitor talks: what he does goes there, and what is told of him is heard there. */
interface Around {
  readonly told: readonly Told[];
  readonly dataSource: DataSource;
  send(...records: readonly OutgoingRecord[]): Promise<void>;
  crisp<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>;
}

interface CrispTranscript {
  readonly session_id: string;
  readonly inbox_id: string | null;
  readonly state: string;
  readonly segments: readonly string[];
  /** That the visitor writes; null when not. */
  readonly typing: { readonly type: string } | null;
  readonly meta: { readonly nickname: string; readonly email: string; readonly phone: string; readonly data: Record<string, unknown> };
  readonly messages: readonly { type: string; from: string; content: string; fingerprint: number; read: string; delivered: string }[];
}

/** A visitor on the stage, and what he is told. */
export class TalkingVisitor {
  readonly conversationId: string;
  private said = 0;

  constructor(
    private readonly stage: Around,
    private readonly name: string,
  ) {
    this.conversationId = conversationIdOf({ botId: 'demo', channel: 'webchat', address: name });
  }

  async says(text: string, payload?: string): Promise<void> {
    await this.writes({ type: 'text', text, ...(payload === undefined ? {} : { payload }) });
  }

  /** He answers a certain message, or comes by a link. */
  async answers(text: string, more: { replyTo?: { excerpt: string }; cameBy?: string }): Promise<void> {
    await this.writes({ type: 'text', text }, more);
  }

  async sends(file: { name: string; url: string; contentType: string }): Promise<void> {
    await this.writes({ type: 'file', ...file });
  }

  /** Somebody answers him in his channel, past the house. */
  async isAnsweredElsewhere(text: string): Promise<void> {
    const data = { ...this.about, messageId: newId(), at: new Date().toISOString(), body: { type: 'text' as const, text }, by: '1234' };
    await this.stage.send(
      encodeEvent(visitorMessages, 'visitor.answered-elsewhere', data, { id: newId(), source: 'urn:baton:test', time: new Date() }),
    );
  }

  /** He opens the chat, or closes it. */
  async isThere(present: boolean): Promise<void> {
    const data = { ...this.about, at: new Date().toISOString(), present };
    await this.stage.send(
      encodeEvent(visitorMessages, 'visitor.presence', data, { id: newId(), source: 'urn:baton:test', time: new Date() }),
    );
  }

  /** His channel tells who he is. */
  async isKnownAs(name: string): Promise<void> {
    const data = { ...this.about, at: new Date().toISOString(), name };
    await this.stage.send(
      encodeEvent(visitorMessages, 'visitor.profile', data, { id: newId(), source: 'urn:baton:test', time: new Date() }),
    );
  }

  private get about() {
    return { conversationId: this.conversationId, botId: 'demo', channel: 'webchat' as const, address: this.name };
  }

  /** What he said then comes only now. */
  async saidBefore(text: string, at: Date): Promise<void> {
    await this.writes({ type: 'text', text }, { at: at.toISOString() });
  }

  private async writes(body: MessageBody, more: object = {}): Promise<void> {
    const data = { ...this.about, messageId: newId(), seq: ++this.said, at: new Date().toISOString(), body, ...more };
    await this.stage.send(
      encodeEvent(visitorMessages, 'visitor.message', data, { id: newId(), source: 'urn:baton:test', time: new Date() }),
    );
  }

  async botSays(data: Record<string, unknown>, id: string = newId()): Promise<void> {
    const answer = { conversation_id: this.conversationId, bot_id: 'demo', ...data };
    await this.stage.send(encodeEvent(botEvents, 'bot.answered', answer, { id, source: 'urn:baton:test', time: new Date() }));
  }

  async botTypes(data: { turn: number; epoch: number; typing: boolean }, time = new Date()): Promise<void> {
    const sign = { conversation_id: this.conversationId, bot_id: 'demo', ...data };
    await this.stage.send(encodeEvent(botEvents, 'bot.typing', sign, { id: newId(), source: 'urn:baton:test', time }));
  }

  /** His browser tells that he writes, or stopped. */
  async types(typing: boolean, time = new Date()): Promise<void> {
    const data = { ...this.about, typing, at: time.toISOString() };
    await this.stage.send(encodeEvent(visitorMessages, 'visitor.typing', data, { id: newId(), source: 'urn:baton:test', time }));
  }

  /** What was told of him, the first time each, in order. */
  told(type?: string): Told[] {
    const seen = new Set<string>();
    return this.stage.told.filter((event) => {
      if (event.key !== this.conversationId || (type !== undefined && event.type !== type) || seen.has(event.id)) return false;
      seen.add(event.id);
      return true;
    });
  }

  /** What his browser did with what he was shown. */
  async receives(messageIds: readonly string[], status: 'delivered' | 'seen'): Promise<void> {
    await this.channelSays(messageIds, { status });
  }

  /** What his channel says of what he was to be shown. */
  async channelSays(
    messageIds: readonly string[],
    said: Pick<EventInput<typeof deliveryReceipts, 'delivery.receipt'>, 'status' | 'failure' | 'reason'>,
  ): Promise<void> {
    const data = { conversationId: this.conversationId, botId: 'demo', messageIds: [...messageIds], at: new Date().toISOString(), ...said };
    await this.stage.send(
      encodeEvent(deliveryReceipts, 'delivery.receipt', data, { id: newId(), source: 'urn:baton:test', time: new Date() }),
    );
  }

  /** The texts he was shown. */
  get shown(): string[] {
    return this.told('delivery.message').map((event) => (event.data['body'] as { text: string }).text);
  }

  async hears(type: string, count = 1, within = 15_000): Promise<Told> {
    return eventually(() => this.told(type)[count - 1], { what: `${type} (${count}) for ${this.name}`, within });
  }

  async isShown(text: string, within = 15_000): Promise<void> {
    await eventually(() => this.shown.includes(text), { what: `"${text}" being shown to ${this.name}`, within });
  }

  /** Asks for a human and gets one who can answer; returns the session in Crisp. */
  async getsToAgents(flags: Record<string, unknown> = {}): Promise<string> {
    const accepted = this.told('handover.accepted').length;
    const turns = this.told('bot.turn').length;
    await this.says('I want to talk to a human');
    await this.hears('bot.turn', turns + 1);
    await this.botSays({ need_help: true, muted: true, ...flags });
    const event = await this.hears('handover.accepted', accepted + 1);
    return event.data['crisp_session_id'] as string;
  }

  inCrisp(session: string): Promise<CrispTranscript> {
    return this.stage.crisp('GET', `/conversations/${session}`);
  }

  async agentSays(session: string, text: string): Promise<number> {
    return (await this.stage.crisp<{ fingerprint: number }>('POST', `/conversations/${session}/agent-message`, { text })).fingerprint;
  }

  /** An agent says his last word and resolves the conversation. */
  async isHelped(session: string, text: string): Promise<void> {
    await this.agentSays(session, text);
    await this.isShown(text);
    const ended = this.told('handover.resolved').length;
    await this.stage.crisp('POST', `/conversations/${session}/resolve`);
    await this.hears('handover.resolved', ended + 1);
  }

  async floor(): Promise<string | undefined> {
    const rows: { floor: string }[] = await this.stage.dataSource.query('SELECT floor FROM conversations WHERE id = $1', [
      this.conversationId,
    ]);
    return rows[0]?.floor;
  }
}
