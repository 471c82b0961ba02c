import { randomUUID } from 'node:crypto';
import type { Floor, ServerFrame } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { WebSocket } from 'ws';
import { type Mark, markedText, markOf } from './mark.js';
import type { Outside } from './road.js';
import type { Talk } from './talk.js';

export interface SocketVisitorsOptions {
  /** Where dispatchers listen; sockets are spread over those there are when a conversation begins. */
  readonly dispatchers: () => readonly string[];
  readonly botId: string;
  /** An origin that the bot allows. */
  readonly origin: string;
}

const AT_ONCE = 16;
const ENTERED_WITHIN_MS = 20_000;
const OPEN_WITHIN_MS = 20_000;

/** Visitors in open chats: a socket each, held for the whole run. */
export class SocketVisitors implements Outside {
  private readonly sockets: WebSocket[] = [];
  readonly conversationIds: string[] = [];
  /** Which conversation of the load a socket belongs to. */
  private readonly answers = new Map<number, number>();
  /** Sockets that the service closed. */
  dropped = 0;
  private readonly tokens: string[] = [];
  private readonly floors: Floor[] = [];
  /** The last line that each has seen. */
  private readonly seen: number[] = [];

  constructor(
    private readonly talk: Talk,
    private readonly options: SocketVisitorsOptions,
  ) {}

  open(): Promise<void> {
    return this.forEach((conversation) => this.enter(conversation));
  }

  /** Closes every socket and opens it again, spread over the dispatchers that there are now. Nothing is lost by it. */
  reconnect(): Promise<void> {
    return this.forEach((conversation) => this.connect(conversation));
  }

  private async forEach(work: (conversation: number) => Promise<void>): Promise<void> {
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < this.talk.conversations) await work(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  say(mark: Mark): void {
    const socket = this.sockets[mark.conversation];
    if (socket?.readyState !== WebSocket.OPEN) return this.talk.refuse('in', mark);
    this.answers.set(mark.conversation, mark.conversation);
    this.send(socket, markedText(mark));
  }

  /** From now on he hears somebody else's lines: which ones shows the first of them. */
  listenAnew(conversation: number): void {
    this.answers.delete(conversation);
  }

  /** Of the first so many conversations: how many have this floor, as their chats show it. */
  onFloor(floor: Floor, first: number): number {
    return this.floors.slice(0, first).filter((one) => one === floor).length;
  }

  close(): Promise<void> {
    for (const socket of this.sockets.splice(0)) socket.terminate();
    return Promise.resolve();
  }

  private send(socket: WebSocket, text: string): void {
    socket.send(JSON.stringify({ t: 'send', clientId: randomUUID(), body: { type: 'text', text } }));
  }

  private async enter(conversation: number): Promise<void> {
    const { botId, origin } = this.options;
    const door = `${this.urlFor(conversation)}/v1/webchat/${botId}/visitors`;
    const ask = () => fetch(door, { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: '{}' });
    // A dispatcher that just started may not know the bot yet, and says so.
    const isTold = async () => {
      const answer = await ask();
      return answer.status === 503 ? false : answer;
    };
    const response = await eventually(isTold, { within: ENTERED_WITHIN_MS, every: 200, what: 'a dispatcher that knows the bot' });
    if (!response.ok) throw new Error(`the dispatcher gave no visitor token: ${response.status} ${await response.text()}`);
    const { token, conversationId } = (await response.json()) as { token: string; conversationId: string };
    this.conversationIds[conversation] = conversationId;
    this.tokens[conversation] = token;
    await this.connect(conversation);
  }

  private urlFor(conversation: number): string {
    const urls = this.options.dispatchers();
    return urls[conversation % urls.length]!;
  }

  private connect(conversation: number): Promise<void> {
    const { botId, origin } = this.options;
    const former = this.sockets[conversation];
    const url = `${this.urlFor(conversation).replace(/^http/, 'ws')}/v1/webchat/${botId}/socket`;
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { origin, perMessageDeflate: false });
      this.sockets[conversation] = socket;
      former?.terminate();
      const patience = setTimeout(() => reject(new Error('a visitor was not welcomed in time')), OPEN_WITHIN_MS);
      const hello = { t: 'hello', token: this.tokens[conversation], lastSeq: this.seen[conversation] ?? 0, locale: 'en' };
      socket.once('error', reject);
      socket.once('open', () => socket.send(JSON.stringify(hello)));
      socket.on('close', () => (this.dropped += this.sockets[conversation] === socket ? 1 : 0));
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as ServerFrame;
        if ('seq' in frame && frame.t !== 'welcome') this.seen[conversation] = Math.max(this.seen[conversation] ?? 0, frame.seq);
        if (frame.t === 'message') this.read(frame, conversation);
        else if (frame.t === 'mode') this.floors[conversation] = frame.floor;
        else if (frame.t === 'ping') socket.send('{"t":"pong"}');
        else if (frame.t === 'refused') this.talk.refused += 1;
        else if (frame.t === 'welcome') {
          clearTimeout(patience);
          resolve();
        }
      });
    });
  }

  private read(frame: ServerFrame & { t: 'message' }, conversation: number): void {
    if (frame.author.kind === 'visitor' || frame.body.type !== 'text') return;
    const mark = markOf(frame.body.text);
    if (!mark) return;
    // Which session of an agent belongs to which visitor shows his first line; another conversation's line on this socket is nobody's.
    const mine = this.answers.get(conversation) ?? mark.conversation;
    this.answers.set(conversation, mine);
    this.talk.hear('back', mark.conversation === mine ? mark : { ...mark, number: NaN });
  }
}
