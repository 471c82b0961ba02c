import type { LogFrame, ServerFrame } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { WebSocket } from 'ws';
import type { ClientOptions } from 'ws';

export const ORIGIN = 'https://shop.example';

/** One tab of a visitor's browser, over a real socket. */
export class Tab {
  readonly frames: ServerFrame[] = [];
  closeCode: number | undefined;
  readonly ws: WebSocket;

  constructor(dispatcherUrl: string, { botId = 'demo', origin = ORIGIN }: { botId?: string; origin?: string } = {}) {
    const options: ClientOptions = { headers: { origin } };
    this.ws = new WebSocket(`${dispatcherUrl.replace(/^http/, 'ws')}/v1/webchat/${botId}/socket`, options);
    this.ws.on('message', (data) => this.frames.push(JSON.parse((data as Buffer).toString()) as ServerFrame));
    this.ws.on('close', (code) => (this.closeCode = code));
    this.ws.on('error', () => undefined);
  }

  /** Opens, says hello and waits for the welcome. */
  static async open(dispatcherUrl: string, token: string, lastSeq = 0): Promise<Tab> {
    const tab = new Tab(dispatcherUrl);
    await tab.hello(token, lastSeq);
    await tab.gets('welcome');
    return tab;
  }

  async hello(token: string, lastSeq = 0): Promise<void> {
    await this.opened();
    this.say({ t: 'hello', token, lastSeq });
  }

  async opened(): Promise<void> {
    await eventually(() => this.ws.readyState === WebSocket.OPEN, { what: 'the socket being open', every: 5 });
  }

  say(frame: object | string): void {
    this.ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  send(clientId: string, text: string): void {
    this.say({ t: 'send', clientId, body: { type: 'text', text } });
  }

  /** The first frame of a kind that fits, as soon as it is there. */
  gets<T extends ServerFrame['t']>(
    t: T,
    fits: (frame: Extract<ServerFrame, { t: T }>) => boolean = () => true,
  ): Promise<Extract<ServerFrame, { t: T }>> {
    type Frame = Extract<ServerFrame, { t: T }>;
    return eventually(() => this.frames.find((frame): frame is Frame => frame.t === t && fits(frame as Frame)), {
      what: `a frame "${t}"`,
      every: 5,
    }) as Promise<Frame>;
  }

  /** What this tab knows of the log: its own messages by their ack, everything else by its line; in the order it came. */
  get seqs(): number[] {
    return this.frames.flatMap((frame) => ('seq' in frame && frame.t !== 'welcome' ? [frame.seq] : []));
  }

  get texts(): string[] {
    return this.frames.flatMap((frame) => (frame.t === 'message' && frame.body.type === 'text' ? [frame.body.text] : []));
  }

  get lines(): LogFrame[] {
    return this.frames.filter((frame): frame is LogFrame => ['message', 'edit', 'removal', 'mode', 'gap'].includes(frame.t));
  }

  /** Waits until as many texts came; then says which. */
  async reads(count: number): Promise<string[]> {
    await eventually(() => this.texts.length >= count, {
      what: `${count} messages (there are ${this.texts.join(', ')})`,
      every: 5,
      within: 15_000,
    });
    return this.texts;
  }

  async closed(): Promise<number> {
    await eventually(() => this.closeCode !== undefined, { what: 'the socket being closed', every: 5 });
    return this.closeCode!;
  }

  /** The line breaks without a good-bye. */
  cut(): void {
    this.ws.terminate();
  }
}
