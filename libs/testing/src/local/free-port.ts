import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** The kernel may name a port again that nobody uses yet: whoever asked for it first has not started its server. */
const given = new Set<number>();

/** A TCP port of 127.0.0.1 that nobody listens on right now; each call in a process gets another one. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  if (given.has(port)) return freePort();
  given.add(port);
  return port;
}

/** Whether a port of 127.0.0.1 can be listened on. */
export async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
