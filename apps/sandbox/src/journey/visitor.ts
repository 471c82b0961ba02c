import { randomUUID } from 'node:crypto';
import type { Author, Floor, LogFrame, MessageBody, ServerFrame } from '@baton/contracts';
import { eventually } from '@baton/testing';
import WebSocket from 'ws';

/** A message as the visitor sees it now, edits and removals applied. */
export interface SeenMessage {
  readonly id: string;
  readonly seq: number;
  readonly author: Author;
  readonly text: string;
  readonly body: MessageBody;
  readonly clientId: string | undefined;
  /** He has it by e-mail. */
  readonly mailed: boolean;
  readonly edited: boolean;
  readonly removed: boolean;
}

export interface VisitorOptions {
  /** Dispatchers; a new connection may go to any of them. */
  readonly dispatchers: readonly string[];
  readonly botId: string;
  /** An origin that the bot allows. */
  readonly origin: string;
  /** BCP 47; default `en`. */
  readonly locale?: string;
  /** How long a message may wait for its acknowledgement, in ms; default 30 s. Whoever says it also takes a `try-later` for no reason to complain. */
  readonly patienceMs?: number;
}

const ANSWER_WITHIN_MS = 15_000;
const ACKNOWLEDGED_WITHIN_MS = 30_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
/** As the widget has them: from the first byte to the welcome, and the longest silence of a line that lives (the server pings every 25 s). */
const WELCOMED_WITHIN_MS = 10_000;
const SILENCE_MS = 40_000;

/**
 * A visitor without a browser: speaks the chat's protocol as the widget does, comes back after a lost connection,
 * sends again what was not acknowledged, and watches that no line is missing, doubled or out of order.
 */
export class Visitor {
  /** The lines without a gap, from the first one. */
  readonly log: LogFrame[] = [];
  /** What must never happen, in words; empty when all is well. */
  readonly complaints: string[] = [];
  /** Lines that came before one that is still on its way (an acknowledgement may overtake a push). */
  private readonly early = new Map<number, LogFrame>();
  /** Who writes at this moment, as the chat shows it. */
  typing: string | undefined;
  /** The last message of his that the team has read. */
  readByTeam: string | undefined;
  conversationId = '';
  visitorId = '';
  /** What makes a browser this visitor. */
  token = '';
  private socket: WebSocket | undefined;
  private wanted = false;
  private tries = 0;
  private next = 0;
  private readonly unacknowledged = new Map<string, { frame: string; body: MessageBody; done: () => void }>();

  private constructor(private readonly options: VisitorOptions) {}

  /** Becomes a visitor of the bot and connects. */
  static async enter(options: VisitorOptions): Promise<Visitor> {
    const visitor = new Visitor(options);
    await eventually(() => visitor.register(), { within: ANSWER_WITHIN_MS, every: 200, what: 'being given a visitor token' });
    await visitor.connect();
    return visitor;
  }

  private async register(): Promise<boolean> {
    const response = await fetch(`${this.dispatcher()}/v1/webchat/${this.options.botId}/visitors`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.options.origin },
      body: '{}',
      signal: AbortSignal.timeout(5_000),
    });
    if (!response.ok) throw new Error(`the dispatcher answered ${response.status} ${await response.text()}`);
    const given = (await response.json()) as { token: string; visitorId: string; conversationId: string };
    this.token = given.token;
    this.visitorId = given.visitorId;
    this.conversationId = given.conversationId;
    return true;
  }

  /** Each connection goes to the next dispatcher. */
  private dispatcher(): string {
    return this.options.dispatchers[this.next++ % this.options.dispatchers.length]!;
  }

  get lastSeq(): number {
    return this.log.at(-1)?.seq ?? 0;
  }

  get connected(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Resolves when the server welcomed us; from then on a lost connection is made anew. */
  async connect(): Promise<void> {
    this.wanted = true;
    this.open();
    await eventually(() => this.welcomed, { within: ANSWER_WITHIN_MS, what: 'the welcome' });
  }

  private welcomed = false;

  private open(): void {
    const socket = new WebSocket(`${this.dispatcher().replace(/^http/, 'ws')}/v1/webchat/${this.options.botId}/socket`, {
      origin: this.options.origin,
    });
    this.socket = socket;
    this.welcomed = false;
    let death = setTimeout(() => socket.terminate(), WELCOMED_WITHIN_MS);
    socket.on('open', () =>
      socket.send(JSON.stringify({ t: 'hello', token: this.token, lastSeq: this.lastSeq, locale: this.options.locale ?? 'en' })),
    );
    socket.on('message', (data: Buffer) => {
      if (socket !== this.socket) return;
      clearTimeout(death);
      death = setTimeout(() => socket.terminate(), SILENCE_MS);
      this.take(JSON.parse(data.toString()) as ServerFrame);
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(death);
      if (socket !== this.socket) return;
      this.welcomed = false;
      if (!this.wanted) return;
      const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.tries++);
      setTimeout(() => this.wanted && this.open(), pause);
    });
  }

  /** Loses the connection without a word, as a phone in a tunnel does. */
  drop(): void {
    this.wanted = false;
    this.welcomed = false;
    this.socket?.terminate();
  }

  private take(frame: ServerFrame): void {
    switch (frame.t) {
      case 'welcome':
        this.tries = 0;
        this.welcomed = true;
        if (frame.token) this.token = frame.token;
        for (const { frame: again } of this.unacknowledged.values()) this.socket?.send(again);
        return;
      case 'ping':
        return this.socket?.send('{"t":"pong"}');
      case 'ack': {
        const sent = this.unacknowledged.get(frame.clientId);
        this.unacknowledged.delete(frame.clientId);
        const { id, seq, at, clientId } = frame;
        // The acknowledgement is this browser's line of the log; other tabs get the message itself.
        if (sent) this.append({ t: 'message', id, seq, at, clientId, author: { kind: 'visitor' }, body: sent.body });
        sent?.done();
        return;
      }
      case 'refused': {
        // Who has patience waits while a server asks for it; one that lets nobody in closes the line after saying so, and we come again.
        const isPatient = frame.code === 'try-later' && this.options.patienceMs !== undefined;
        if (isPatient && !frame.clientId) return;
        if (frame.clientId && (isPatient || frame.code === 'too-fast')) {
          const waiting = this.unacknowledged.get(frame.clientId);
          setTimeout(() => waiting && this.connected && this.socket?.send(waiting.frame), frame.retryAfterMs ?? 500).unref();
          return;
        }
        this.complaints.push(`the server refused a frame: ${frame.code}`);
        return;
      }
      case 'typing':
        this.typing = frame.typing ? frame.author.name : undefined;
        return;
      case 'read':
        this.readByTeam = frame.id;
        return;
      default:
        return this.append(frame);
    }
  }

  private append(frame: LogFrame): void {
    // A line may come by replay and by push; the same one again is what `seq` is there for.
    if (frame.seq <= this.lastSeq) {
      const known = this.log[frame.seq - 1];
      if (known && identityOf(known) !== identityOf(frame)) this.complaints.push(`line ${frame.seq} came again as another one`);
      return;
    }
    this.early.set(frame.seq, frame);
    for (let next = this.early.get(this.lastSeq + 1); next; next = this.early.get(this.lastSeq + 1)) {
      this.early.delete(next.seq);
      if (next.t === 'message' && this.log.some((known) => known.t === 'message' && identityOf(known) === identityOf(next!))) {
        this.complaints.push(`line ${next.seq} shows a message a second time`);
      }
      this.log.push(next);
    }
  }

  /** Waits until no line is missing between those that came. */
  async whole(within = ANSWER_WITHIN_MS): Promise<void> {
    await eventually(() => this.early.size === 0, { within, what: `line ${this.lastSeq + 1} coming (later ones are there)` });
  }

  /** Writes; resolves when the server has it. Written again after a reconnect until then. @throws Error when that takes too long. */
  send(text: string, payload?: string): Promise<void> {
    return this.say({ type: 'text', text, ...(payload ? { payload } : {}) });
  }

  /** Hands a file in, as the widget does; resolves with the answer of the door, whose `body` can be said when it is 201. */
  async handIn(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<{ status: number; body: MessageBody }> {
    const response = await fetch(`${this.dispatcher()}/v1/webchat/${this.options.botId}/files?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', origin: this.options.origin, authorization: `Bearer ${this.token}` },
      body: bytes,
      signal: AbortSignal.timeout(10_000),
    });
    return { status: response.status, body: (await response.json()) as MessageBody };
  }

  /** As {@link send}, of any kind. */
  say(body: MessageBody): Promise<void> {
    const clientId = randomUUID();
    const frame = JSON.stringify({ t: 'send', clientId, body });
    const { patienceMs = ACKNOWLEDGED_WITHIN_MS } = this.options;
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`the server did not take a message within ${patienceMs} ms`)), patienceMs);
      const done = (): void => {
        clearTimeout(limit);
        resolve();
      };
      this.unacknowledged.set(clientId, { frame, body, done });
      if (this.welcomed) this.socket?.send(frame);
    });
  }

  /** Says that he writes, or stopped. */
  writes(typing: boolean): void {
    if (this.welcomed) this.socket?.send(JSON.stringify({ t: 'typing', typing }));
  }

  seen(): void {
    if (this.welcomed && this.lastSeq > 0) this.socket?.send(JSON.stringify({ t: 'seen', upTo: this.lastSeq }));
  }

  /** Everything on the visitor's screen, from line `after` on. */
  messages(after = 0): SeenMessage[] {
    const shown = new Map<string, SeenMessage>();
    for (const frame of this.log) {
      if (frame.t === 'message' && frame.seq > after) {
        const { id, seq, author, body, clientId, mailed = false } = frame;
        shown.set(id, { id, seq, author, body, clientId, mailed, text: textOf(body), edited: false, removed: false });
      } else if (frame.t === 'edit' || frame.t === 'removal') {
        const known = shown.get(frame.id);
        if (known)
          shown.set(
            frame.id,
            frame.t === 'edit' ? { ...known, body: frame.body, text: textOf(frame.body), edited: true } : { ...known, removed: true },
          );
      }
    }
    return [...shown.values()];
  }

  get floor(): Floor {
    const mode = this.log.findLast((frame) => frame.t === 'mode');
    return mode?.t === 'mode' ? mode.floor : 'bot';
  }

  /** Waits until a message is on the screen. */
  async sees(
    fits: (message: SeenMessage) => boolean,
    what: string,
    options: { after?: number; within?: number } = {},
  ): Promise<SeenMessage> {
    return eventually(() => this.messages(options.after).find((message) => !message.removed && fits(message)), {
      within: options.within ?? ANSWER_WITHIN_MS,
      what: `the visitor seeing ${what}`,
    });
  }

  /** The taps below a message. */
  taps(message: SeenMessage): readonly { title: string; payload: string }[] {
    return message.body.type === 'text' ? (message.body.quickReplies ?? []) : [];
  }

  /** Taps on what is offered. @throws Error when nothing is offered that stands for this */
  async tap(message: SeenMessage, payload: string): Promise<void> {
    const tap = this.taps(message).find((one) => one.payload === payload);
    if (!tap) throw new Error(`no tap ${payload} is offered below "${message.text}"`);
    await this.send(tap.title, tap.payload);
  }

  async floorIs(floor: Floor, within = ANSWER_WITHIN_MS): Promise<void> {
    await eventually(() => this.floor === floor, { within, what: `the floor being ${floor}` }).catch((error: Error) => {
      const last = this.messages()
        .slice(-3)
        .map(({ text }) => text);
      throw new Error(`${error.message}; it is ${this.floor} after ${JSON.stringify(last)}`);
    });
  }

  leave(): void {
    this.drop();
  }
}

function identityOf(frame: LogFrame): string {
  return 'id' in frame ? `${frame.t} ${frame.id}` : frame.t;
}

function textOf(body: MessageBody): string {
  return body.type === 'text' ? body.text : body.url;
}
