import { CLOSE, conversationIdOf, newId, PING_EVERY_MS } from '@baton/contracts';
import type { ClientFrame, Floor, LogFrame, RefusalCode, ServerFrame } from '@baton/contracts';
import { beginFact, beginStep, fullBucket, takeOne } from '@baton/telemetry';
import type { Bucket, Logger, Rates } from '@baton/telemetry';
import { WebSocket } from 'ws';
import type { RawData } from 'ws';
import { TooMuchWaiting } from '../gathering/gathering.js';
import type { HostedFiles } from '../files/hosted-files.js';
import type { Address } from '../log/log-line.js';
import { replayFrom } from '../log/replay-window.js';
import type { WrittenLine } from '../log/written-line.js';
import type { Presence } from '../presence/presence.js';
import type { Standing } from '../presence/presence.store.js';
import type { CatchUp } from '../push/catch-up.js';
import type { Listener, Rooms } from '../push/rooms.js';
import { timeAgentWord } from '../receipts/count-deliveries.js';
import type { Receipts } from '../receipts/receipts.js';
import type { Place, PostMessages, VisitorSend } from '../visitor/post-messages.js';
import type { TellTyping } from '../visitor/tell-typing.js';
import type { VisitorTokens } from '../visitor/visitor-tokens.js';
import { readFrame } from './read-frame.js';

export interface SocketParts {
  readonly tokens: VisitorTokens;
  readonly rooms: Rooms;
  readonly presence: Presence;
  readonly catchUp: CatchUp;
  readonly posts: PostMessages;
  readonly receipts: Receipts;
  readonly typing: TellTyping;
  readonly files: HostedFiles;
  /** Messages of one conversation, whichever tab they come from. */
  readonly sendRates: Rates;
  readonly logger: Logger;
}

type Send = Extract<ClientFrame, { t: 'send' }>;
type Hello = Extract<ClientFrame, { t: 'hello' }>;

const HELLO_WITHIN_MS = 5_000;
/** Nothing heard, not even an answer to a ping, or nothing taken for this long: the line is dead. */
const DEAD_AFTER_MS = 60_000;
/** Frames of all kinds from one socket. */
const FRAMES = { perSecond: 20, burst: 80 };
const MAX_BAD_FRAMES = 10;
const MAX_TABS = 20;
/** Beyond this many bytes not yet taken by the network a socket gets nothing more; the log waits for it. */
const MAX_BUFFERED = 256 * 1_024;
/** RFC 6455: the other side broke the rules of the conversation. */
const POLICY_VIOLATION = 1008;

/** One tab of a visitor: what it may send, and what it is sent. */
export class VisitorSocket implements Listener {
  conversationId = '';
  sentUpTo: number | undefined;

  private state: 'new' | 'joining' | 'open' | 'closed' = 'new';
  private address: Address | undefined;
  private hello: Hello | undefined;
  private floor: Floor = 'bot';
  /** What came between hello and welcome. */
  private early: ClientFrame[] = [];
  /** Own messages of this tab that are not acknowledged; their line in the log goes out as the ack. */
  private readonly awaiting = new Set<string>();
  private deliveredUpTo = 0;
  /** What came later than his arrival came while he was there. */
  private headAtArrival = Infinity;
  private frames: Bucket;
  private badFrames = 0;
  private heardAt: number;
  private pingedAt: number;
  /** When it last took what it was given. */
  private flowedAt: number;
  private readonly openedAt: number;

  constructor(
    private readonly ws: WebSocket,
    private readonly botId: string,
    private readonly parts: SocketParts,
    now: number,
  ) {
    this.heardAt = this.pingedAt = this.flowedAt = this.openedAt = now;
    this.frames = fullBucket(FRAMES, now);
    ws.on('message', (data, isBinary) => this.take(data, isBinary));
    ws.on('close', () => this.gone());
    // What broke the line is told by the close that follows.
    ws.on('error', () => undefined);
  }

  get isSlow(): boolean {
    return this.ws.bufferedAmount > MAX_BUFFERED;
  }

  write(line: WrittenLine): void {
    this.sentUpTo = line.seq;
    if (line.kind === 'mode') this.floor = (JSON.parse(line.frame) as Extract<LogFrame, { t: 'mode' }>).floor;
    if (line.clientId !== null && this.awaiting.delete(line.clientId)) {
      this.acknowledge(line.clientId, { messageId: line.messageId!, seq: line.seq, at: line.at });
    } else {
      this.ws.send(line.frame);
    }
    const traceparent = this.tracePush(line);
    const isForHim = line.author === 'bot' || line.author === 'agent';
    if (isForHim && line.seq > this.deliveredUpTo && this.ws.readyState === WebSocket.OPEN) {
      this.parts.receipts.delivered(this.conversationId, line.seq, traceparent);
      if (line.author === 'agent' && line.kind === 'message' && line.seq > this.headAtArrival)
        timeAgentWord('webchat', line.at, Date.now());
    }
  }

  tell(frame: string): void {
    this.ws.send(frame);
  }

  /** Called about once a second: sends pings, ends what is dead or never said hello. */
  tick(now: number): void {
    if (!this.isSlow) this.flowedAt = now;
    if (now - Math.min(this.heardAt, this.flowedAt) > DEAD_AFTER_MS) return this.ws.terminate();
    if (this.state === 'new' && now - this.openedAt > HELLO_WITHIN_MS) return this.refuseAndClose('not-authorized', CLOSE.notAuthorized);
    if (now - this.pingedAt >= PING_EVERY_MS) {
      this.pingedAt = now;
      this.say({ t: 'ping' });
    }
  }

  close(code: number): void {
    this.ws.close(code);
  }

  terminate(): void {
    this.ws.terminate();
  }

  refuseAndClose(code: RefusalCode, closeCode: number): void {
    this.say({ t: 'refused', code });
    this.ws.close(closeCode);
  }

  private take(data: RawData, isBinary: boolean): void {
    if (this.state === 'closed' || this.ws.readyState !== WebSocket.OPEN) return;
    const now = Date.now();
    this.heardAt = now;
    const { bucket, waitMs } = takeOne(this.frames, FRAMES, now);
    this.frames = bucket;
    if (waitMs > 0) return this.refuseAndClose('too-fast', CLOSE.tooFast);
    const read = isBinary ? { refused: 'bad-frame' as const } : readFrame((data as Buffer).toString());
    if ('frame' in read) return this.obey(read.frame);
    this.say({ t: 'refused', ...(read.clientId === undefined ? {} : { clientId: read.clientId }), code: read.refused });
    if (++this.badFrames > MAX_BAD_FRAMES) this.ws.close(POLICY_VIOLATION);
  }

  private obey(frame: ClientFrame): void {
    if (this.state === 'new') {
      if (frame.t === 'hello') return void this.greet(frame);
      return this.refuseAndClose('not-authorized', CLOSE.notAuthorized);
    }
    if (this.state === 'joining') return void this.early.push(frame);
    switch (frame.t) {
      case 'hello':
        return this.say({ t: 'refused', code: 'bad-frame' });
      case 'send':
        return void this.send(frame);
      case 'seen':
        return this.parts.receipts.seen(this.conversationId, Math.min(frame.upTo, this.sentUpTo!));
      case 'typing':
        return this.types(frame.typing);
      case 'pong':
    }
  }

  private async greet(hello: Hello): Promise<void> {
    this.state = 'joining';
    const now = new Date();
    const checked = await this.parts.tokens.check(this.botId, hello.token, now);
    if ('refused' in checked) return this.refuseAndClose(checked.refused, CLOSE.notAuthorized);
    if (this.isGone()) return;
    const who = { botId: this.botId, channel: 'webchat', address: checked.visitorId };
    const id = conversationIdOf(who);
    if (this.parts.rooms.sizeOf(id) >= MAX_TABS) return this.refuseAndClose('too-fast', CLOSE.tooFast);
    this.address = { id, ...who };
    this.hello = hello;
    this.conversationId = id;
    this.parts.rooms.add(this);
    try {
      const standing = await this.parts.presence.arrive(this.address);
      const renewed = checked.isOld ? await this.parts.tokens.issue(this.botId, checked.visitorId, now) : undefined;
      if (this.isGone()) return this.parts.presence.leave(id);
      this.welcome(hello.lastSeq, standing, renewed?.token);
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'a visitor could not be let in');
      this.refuseAndClose('try-later', CLOSE.goingAway);
    }
  }

  private welcome(lastSeq: number, { head, floor, agent, deliveredUpTo, erasedUpTo }: Standing, token: string | undefined): void {
    const from = Math.max(replayFrom(lastSeq, head), erasedUpTo + 1);
    this.say({
      t: 'welcome',
      conversationId: this.conversationId,
      seq: head,
      replayFrom: from,
      floor,
      ...(agent ? { agent: { name: agent.name, ...(agent.avatar === undefined ? {} : { avatar: agent.avatar }) } } : {}),
      ...(token === undefined ? {} : { token }),
    });
    this.state = 'open';
    this.floor = floor;
    this.sentUpTo = from - 1;
    this.deliveredUpTo = deliveredUpTo;
    this.headAtArrival = head;
    this.parts.catchUp.wake([this.conversationId]);
    for (const frame of this.early.splice(0)) this.obey(frame);
  }

  private async send({ clientId, body: given }: Send): Promise<void> {
    const retryAfterMs = this.parts.sendRates.take(this.conversationId, Date.now());
    if (retryAfterMs > 0) return this.say({ t: 'refused', code: 'too-fast', clientId, retryAfterMs });
    this.awaiting.add(clientId);
    try {
      // What a file is, we know; the browser only says which.
      const body = given.type === 'file' ? await this.parts.files.ownFile(this.conversationId, given.url) : given;
      if (!body) {
        this.awaiting.delete(clientId);
        return this.say({ t: 'refused', code: 'unknown-file', clientId });
      }
      const { locale, pageUrl } = this.hello!;
      const place = await this.post({ from: this.address!, clientId, body, locale, pageUrl });
      if (!this.awaiting.has(clientId) || this.isGone()) return;
      // It was written before, perhaps through another replica; or its line is on its way behind others that come first.
      if (place.seq > this.sentUpTo!) return this.parts.catchUp.wake([this.conversationId]);
      this.awaiting.delete(clientId);
      this.acknowledge(clientId, place);
    } catch (error) {
      this.awaiting.delete(clientId);
      if (error instanceof TooMuchWaiting) return this.say({ t: 'refused', code: 'try-later', clientId, retryAfterMs: 1_000 });
      this.parts.logger.warn({ err: error }, 'a message of a visitor could not be written; the browser sends it again');
      // Sent again one by one after the next hello, messages keep their order; refused one by one they would not.
      this.ws.close(CLOSE.goingAway);
    }
  }

  /** The end of a line's way, where it came here straight: what is read from the log has no trace any more. */
  private tracePush({ traceparent, kind }: WrittenLine): string | undefined {
    if (traceparent === undefined) return undefined;
    const attributes = { 'baton.conversation.id': this.conversationId, 'baton.frame': kind, 'baton.socket.is_slow': this.isSlow };
    const step = beginStep('push', traceparent, { attributes });
    step.end();
    return step.traceparent;
  }

  /** His word begins a trace, which has the message's own id. */
  private async post(send: VisitorSend): Promise<Place> {
    const messageId = newId();
    const attributes = { 'baton.conversation.id': this.conversationId, 'baton.bot.id': this.botId, 'baton.frame': 'send' };
    const step = beginFact('frame send', messageId, { kind: 'server', attributes });
    try {
      return await step.within(() => this.parts.posts.post({ ...send, messageId, traceparent: step.traceparent }));
    } catch (error) {
      step.failed(error instanceof Error ? error.name : 'unknown');
      throw error;
    } finally {
      step.end();
    }
  }

  /** A human sees it while he hears this visitor; a bot has no use for it. */
  private types(typing: boolean): void {
    if (this.floor === 'waiting' || this.floor === 'agent') this.parts.typing.tell(this.address!, typing);
  }

  private acknowledge(clientId: string, { messageId, seq, at }: Place): void {
    this.say({ t: 'ack', clientId, id: messageId, seq, at });
  }

  private say(frame: ServerFrame): void {
    this.ws.send(JSON.stringify(frame));
  }

  private isGone(): boolean {
    return this.state === 'closed';
  }

  private gone(): void {
    if (this.state === 'closed') return;
    this.state = 'closed';
    if (this.conversationId === '' || !this.parts.rooms.remove(this)) return;
    if (this.address) this.types(false);
    this.parts.presence.leave(this.conversationId);
  }
}
