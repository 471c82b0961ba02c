import { connect, type Socket } from 'node:net';

export const ENDINGS = ['fast body', 'slow body', 'slow headers'] as const;
export type Ending = (typeof ENDINGS)[number];

const PIECE = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
/** So often something more is said, in ms. */
const EVERY_MS: Record<Ending, number> = { 'fast body': 5, 'slow body': 500, 'slow headers': 500 };

/** A request that its sender never ends: a flood, one byte after the other, or headers without end. */
export class EndlessRequest {
  readonly name: string;
  private readonly socket: Socket;
  private readonly timer: NodeJS.Timeout;
  private count = 0;
  /** Whether the server still has not ended it. */
  open = true;

  constructor({ url, headers = {} }: { readonly url: string; readonly headers?: Readonly<Record<string, string>> }, ending: Ending) {
    const { hostname, port, pathname, search, host } = new URL(url);
    this.name = `an endless ${ending} at ${host}${pathname}`;
    this.socket = connect({ host: hostname, port: Number(port) });
    for (const event of ['end', 'close', 'error'] as const) this.socket.on(event, () => this.end());
    this.socket.resume();
    const lines = [
      `POST ${pathname}${search} HTTP/1.1`,
      `Host: ${host}`,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ];
    if (ending !== 'slow headers') lines.push('Content-Type: application/json', 'Transfer-Encoding: chunked', '');
    this.socket.write(`${lines.join('\r\n')}\r\n`);
    this.timer = setInterval(() => this.sayMore(ending), EVERY_MS[ending]);
  }

  end(): void {
    this.open = false;
    clearInterval(this.timer);
    this.socket.destroy();
  }

  private sayMore(ending: Ending): void {
    this.count += 1;
    if (ending === 'slow headers') this.socket.write(`X-More-${this.count}: x\r\n`);
    else if (ending === 'slow body') this.socket.write('1\r\nx\r\n');
    else if (!this.socket.writableNeedDrain) this.socket.write(PIECE);
  }
}
