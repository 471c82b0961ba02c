import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** The way to a server, which can be cut. */
export interface Line {
  /** As the address it leads to, by way of this line. */
  readonly url: string;
  cut(): void;
  mend(): void;
  close(): void;
}

/** Opens a line to the host and port of an address. */
export async function lineTo(address: string): Promise<Line> {
  const target = new URL(address);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((here) => {
    if (isCut) return void here.destroy();
    const there = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [
      [here, there],
      [there, here],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(address);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    mend: () => {
      isCut = false;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
