import type { ClientFrame, ServerFrame } from '@baton/contracts';
import { waitBefore } from './backoff.js';

/** The server pings every 25 s; a line silent for longer than this is dead, whatever the browser thinks of it. */
export const SILENCE_MS = 40_000;
/** When somebody comes back to the page, a line that missed a ping is not waited for. */
export const STALE_MS = 30_000;
/** From the first byte to the server's welcome. */
const GREETING_MS = 10_000;
/** The server asked for slowness. */
const TOO_FAST_MS = 5_000;

const NOT_AUTHORIZED = 4401;
const FINAL = [4403, 4404];
const TOO_FAST = 4429;

/** `refused`: this page may not talk to that bot, nothing is tried any more until {@link Line.start}. */
export type LineState = 'connecting' | 'online' | 'retrying' | 'refused' | 'stopped';

/** A WebSocket, as far as it is used here. */
export interface Socket {
  onopen: (() => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  send(data: string): void;
  close(): void;
}

/** What the line needs from around it; times in ms. */
export interface LineNeeds {
  /** Resolves when there is a token to say hello with; `renew` when the present one was refused. Rejects with `isFinal` when there never will be. */
  authorize(renew: boolean): Promise<unknown>;
  connect(): Socket;
  hello(): ClientFrame;
  onFrame(frame: ServerFrame): void;
  onState(state: LineState): void;
  /** Calls back later; returns how to call it off. */
  after(ms: number, callback: () => void): () => void;
  now(): number;
  random(): number;
}

/** Keeps one conversation connected: says hello, notices death, comes back. */
export class Line {
  state: LineState = 'stopped';
  private socket: Socket | undefined;
  private attempt = 0;
  private heardAt = 0;
  private renew = false;
  /** Rises when whatever is under way has become void. */
  private generation = 0;
  private cancelTimer = () => {};

  constructor(private readonly needs: LineNeeds) {}

  start(): void {
    if (this.state !== 'stopped' && this.state !== 'refused') return;
    this.attempt = 0;
    this.connect();
  }

  stop(): void {
    this.drop();
    this.enter('stopped');
  }

  /** Begins anew at once, with whatever token and position there is now. */
  restart(): void {
    if (this.state !== 'stopped') this.connect();
  }

  /** Something makes success likelier (network back, page in front): no more waiting. */
  nudge(): void {
    if (this.state === 'retrying') {
      this.attempt = 0;
      this.connect();
    } else if (this.state === 'online' && this.needs.now() - this.heardAt > STALE_MS) {
      this.connect();
    }
  }

  /** The browser says there is no network: what is open is dead. */
  lost(): void {
    if (this.state === 'online' || this.state === 'connecting') this.retry();
  }

  /** False when there is no line to send it on. */
  send(frame: ClientFrame): boolean {
    if (this.state !== 'online' || !this.socket) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  private connect(): void {
    this.drop();
    const { generation } = this;
    this.enter('connecting');
    this.needs.authorize(this.renew).then(
      () => {
        if (generation === this.generation) this.open();
      },
      (error: { isFinal?: boolean } | undefined) => {
        if (generation !== this.generation) return;
        if (error?.isFinal) this.enter('refused');
        else this.retry();
      },
    );
  }

  private open(): void {
    let socket: Socket;
    try {
      socket = this.needs.connect();
    } catch {
      this.retry();
      return;
    }
    this.socket = socket;
    this.cancelTimer = this.needs.after(GREETING_MS, () => this.retry());
    socket.onopen = () => socket.send(JSON.stringify(this.needs.hello()));
    socket.onmessage = ({ data }) => this.hear(data);
    socket.onclose = ({ code }) => this.closed(code);
  }

  private hear(data: unknown): void {
    const frame = parse(data);
    if (!frame) return;
    this.heardAt = this.needs.now();
    if (frame.t === 'welcome') {
      this.attempt = 0;
      this.renew = false;
    } else if (this.state !== 'online') {
      this.needs.onFrame(frame);
      return;
    }
    this.listen();
    if (frame.t === 'ping') {
      this.send({ t: 'pong' });
      return;
    }
    this.needs.onFrame(frame);
    // Only after the welcome was taken in is there a place from which to go on.
    if (frame.t === 'welcome') this.enter('online');
  }

  private listen(): void {
    this.cancelTimer();
    this.cancelTimer = this.needs.after(SILENCE_MS, () => this.connect());
  }

  private closed(code: number): void {
    if (FINAL.includes(code)) {
      this.drop();
      this.enter('refused');
    } else if (code === NOT_AUTHORIZED && !this.renew) {
      this.renew = true;
      this.connect();
    } else {
      this.retry(code === TOO_FAST ? TOO_FAST_MS : 0);
    }
  }

  private retry(atLeastMs = 0): void {
    this.drop();
    this.enter('retrying');
    this.cancelTimer = this.needs.after(atLeastMs + waitBefore(this.attempt++, this.needs.random()), () => this.connect());
  }

  private drop(): void {
    this.generation++;
    this.cancelTimer();
    this.cancelTimer = () => {};
    const { socket } = this;
    this.socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private enter(state: LineState): void {
    if (this.state === state) return;
    this.state = state;
    this.needs.onState(state);
  }
}

function parse(data: unknown): ServerFrame | undefined {
  try {
    const frame = JSON.parse(String(data)) as ServerFrame | null;
    return typeof frame?.t === 'string' ? frame : undefined;
  } catch {
    return undefined;
  }
}
