import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { becomeReady } from './become-ready.js';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** Answers `/health/ready` so often with problems, then with yes. */
async function service(times: number, problems: Record<string, string>): Promise<string> {
  const server = createServer((_, response) => {
    const ok = times-- <= 0;
    response.writeHead(ok ? 200 : 503, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify({ ok, problems }));
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a walk', () => {
  it('waits for a service that becomes ready', async () => {
    await becomeReady(await service(1, { kafka: 'no broker answers' }), 5_000);
  });

  it('tells what a service said that did not', async () => {
    const url = await service(1_000, { settings: 'not read yet', lanes: 'not a member' });
    await expect(becomeReady(url, 50)).rejects.toThrow('not ready after 0 s: settings: not read yet; lanes: not a member');
  });

  it('tells which address nobody answers at', async () => {
    await expect(becomeReady('http://127.0.0.1:9', 50)).rejects.toThrow('http://127.0.0.1:9 cannot be reached');
  });
});
