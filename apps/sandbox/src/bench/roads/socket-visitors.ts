import { randomUUID } from 'node:crypto';
import type { ServerFrame } from '@baton/contracts';
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
const OPEN_WITHIN_MS = 20_000;

/** Visitors in open chats: a socket each, held for the whole run. */
export class SocketVisitors implements Outside {
  private readonly sockets: WebSocket[] = [];
  readonly conversationIds: string[] = [];
  /** Which conversation of the load a socket belongs to. */
  private readonly answers = new Map<number, number>();
  /** Sockets that the service closed. */
  dropped = 0;
  private closing = false;

  constructor(
    private readonly talk: Talk,
    private readonly options: SocketVisitorsOptions,
  ) {}

  async open(): Promise<void> {
    let next = 0;
    const worker = async (): Promise<void> => {
      while (next < this.talk.conversations) await this.enter(next++);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  say(mark: Mark): void {
    const socket = this.sockets[mark.conversation];
    if (socket?.readyState !== WebSocket.OPEN) return this.talk.refuse('in', mark);
    this.answers.set(mark.conversation, mark.conversation);
    this.send(socket, markedText(mark));
  }

  /** A first word that nobody answers: from then on the conversation is known. */
  greet(conversation: number): void {
    this.send(this.sockets[conversation]!, 'hello');
  }

  close(): Promise<void> {
    this.closing = true;
    for (const socket of this.sockets) socket.terminate();
    return Promise.resolve();
  }

  private send(socket: WebSocket, text: string): void {
    socket.send(JSON.stringify({ t: 'send', clientId: randomUUID(), body: { type: 'text', text } }));
  }

  private async enter(conversation: number): Promise<void> {
    const { dispatchers, botId, origin } = this.options;
    const urls = dispatchers();
    const url = urls[conversation % urls.length]!;
    const response = await fetch(`${url}/v1/webchat/${botId}/visitors`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: '{}',
    });
    if (!response.ok) throw new Error(`the dispatcher gave no visitor token: ${response.status} ${await response.text()}`);
    const { token, conversationId } = (await response.json()) as { token: string; conversationId: string };
    this.conversationIds[conversation] = conversationId;
    this.sockets[conversation] = await this.connect(conversation, `${url.replace(/^http/, 'ws')}/v1/webchat/${botId}/socket`, token);
  }

  private connect(conversation: number, url: string, token: string): Promise<WebSocket> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { origin: this.options.origin, perMessageDeflate: false });
      const patience = setTimeout(() => reject(new Error('no welcome')), OPEN_WITHIN_MS);
      socket.once('error', reject);
      socket.once('open', () => socket.send(JSON.stringify({ t: 'hello', token, lastSeq: 0, locale: 'en' })));
      socket.on('close', () => (this.dropped += this.closing ? 0 : 1));
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as ServerFrame;
        if (frame.t === 'message') this.read(frame, conversation);
        else if (frame.t === 'ping') socket.send('{"t":"pong"}');
        else if (frame.t === 'refused') this.talk.refused += 1;
        else if (frame.t === 'welcome') {
          clearTimeout(patience);
          resolve(socket);
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
