import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { expectWholeBodies } from './whole-bodies.js';

const WITHIN_MS = 100;
const LINGER_MS = 100;
const servers: FastifyInstance[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function aServer(): Promise<number> {
  const server = fastify({ forceCloseConnections: true });
  servers.push(server);
  expectWholeBodies(server, { withinMs: WITHIN_MS, lingerMs: LINGER_MS, refuse: (reply) => reply.code(408).send({ too: 'slow' }) });
  server.addContentTypeParser('application/octet-stream', (_request, body, done) => done(null, body));
  server.post('/json', ({ body }) => body);
  server.post('/file', async ({ raw }) => {
    let bytes = 0;
    for await (const piece of raw) bytes += (piece as Buffer).length;
    return { bytes };
  });
  server.post('/unread', (_request, reply) => reply.code(401).send({ who: 'are you' }));
  await server.listen({ port: 0, host: '127.0.0.1' });
  return (server.server.address() as AddressInfo).port;
}

/** Begins a chunked request; `answer` is all that came until the line was closed. */
function begin(port: number, path: string, type = 'application/json') {
  const socket = connect({ port, host: '127.0.0.1' });
  let heard = '';
  socket.on('data', (bytes) => (heard += bytes.toString()));
  socket.on('error', () => undefined);
  socket.write(`POST ${path} HTTP/1.1\r\nhost: here\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`);
  const say = (text: string) => socket.write(`${text.length.toString(16)}\r\n${text}\r\n`);
  return { say, end: () => socket.write('0\r\n\r\n'), leave: () => socket.destroy(), answer: once(socket, 'close').then(() => heard) };
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a body that is read before anybody looks at it', () => {
  it('is refused, and its line closed, when it does not end in time', async () => {
    const { say, answer } = begin(await aServer(), '/json');
    say('{"half":');
    expect(await answer).toMatch(/^HTTP\/1\.1 408 [^]*connection: close[^]*\{"too":"slow"\}$/);
  });

  it('is taken as ever when it comes in pieces and in time', async () => {
    const server = await aServer();
    const { say, end, leave, answer } = begin(server, '/json');
    say('{"half":');
    say('1}');
    end();
    await pause(2 * WITHIN_MS);
    leave();
    expect(await answer).toMatch(/^HTTP\/1\.1 200 [^]*\{"half":1\}$/);
  });
});

describe('a body that is handed on as it comes', () => {
  it('has the time that its reader gives it', async () => {
    const { say, end, leave, answer } = begin(await aServer(), '/file', 'application/octet-stream');
    say('first');
    await pause(3 * WITHIN_MS);
    say('last');
    end();
    await pause(WITHIN_MS);
    leave();
    expect(await answer).toMatch(/^HTTP\/1\.1 200 [^]*\{"bytes":9\}$/);
  });

  it.each(['/unread', '/nowhere'])('ends with its connection when it goes on after the answer of %s', async (path) => {
    const { say, answer } = begin(await aServer(), path, 'application/octet-stream');
    say('more');
    expect(await answer).toMatch(/^HTTP\/1\.1 40[14] /);
  });
});
