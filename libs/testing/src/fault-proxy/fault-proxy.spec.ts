import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.js';
import { FaultProxy } from './fault-proxy.js';

/** Long enough that what is not held would have arrived. */
const A_WHILE_MS = 150;

describe('a fault proxy', () => {
  let echo: Server;
  let proxy: FaultProxy;
  const served: Socket[] = [];
  const clients: Client[] = [];

  beforeEach(async () => {
    echo = createServer({ allowHalfOpen: true }, (socket) => {
      served.push(socket);
      socket.on('error', () => undefined);
      socket.pipe(socket);
    });
    echo.listen(0, '127.0.0.1');
    await once(echo, 'listening');
    proxy = await FaultProxy.start({ to: { port: (echo.address() as AddressInfo).port } });
  });

  afterEach(async () => {
    for (const { socket } of clients.splice(0)) socket.destroy();
    for (const socket of served.splice(0)) socket.destroy();
    await proxy.close();
    echo.close();
  });

  async function client(): Promise<Client> {
    const one = new Client(createConnection({ port: proxy.port, host: '127.0.0.1', allowHalfOpen: true }));
    clients.push(one);
    await once(one.socket, 'connect');
    return one;
  }

  it('passes bytes both ways, in order, however many', async () => {
    const one = await client();
    const sent = Buffer.alloc(3_000_000, 'abcdefg');
    one.socket.end(sent);
    await eventually(() => one.ended, { within: 5_000, what: 'everything coming back' });
    expect(one.bytes().equals(sent)).toBe(true);
  });

  it('passes the end and a reset on', async () => {
    const [polite, rude] = [await client(), await client()];
    await polite.says('x');
    await rude.says('x');
    polite.socket.end();
    await eventually(() => polite.ended, { what: 'the end coming back' });
    served.at(-1)!.resetAndDestroy();
    await eventually(() => rude.error === 'ECONNRESET', { what: 'the reset arriving' });
    await eventually(() => proxy.open === 0, { what: 'nothing left open' });
  });

  it('resets who comes while the server is not there', async () => {
    for (const socket of served) socket.destroy();
    echo.close();
    const one = new Client(createConnection({ port: proxy.port, host: '127.0.0.1' }));
    clients.push(one);
    await eventually(() => one.socket.destroyed, { what: 'being turned away' });
  });

  it('as a black hole lets nothing arrive and tells nobody, and delivers it after it healed', async () => {
    const one = await client();
    await one.says('before ');
    proxy.blackHole();
    one.socket.write('meanwhile');
    served[0]!.resume();
    await pause(A_WHILE_MS);
    expect(one.bytes().toString()).toBe('before ');
    expect(one.socket.destroyed).toBe(false);
    expect([proxy.arrived, proxy.onItsWay]).toEqual([2 * 'before '.length, 'meanwhile'.length]);
    proxy.heal();
    await eventually(() => one.bytes().toString() === 'before meanwhile', { what: 'the rest' });
    expect([proxy.arrived, proxy.onItsWay]).toEqual([2 * 'before meanwhile'.length, 0]);
  });

  it('as a black hole hides a reset until it healed', async () => {
    const one = await client();
    await one.says('x');
    proxy.blackHole();
    served[0]!.resetAndDestroy();
    await pause(A_WHILE_MS);
    expect(one.socket.destroyed).toBe(false);
    proxy.heal();
    await eventually(() => one.socket.destroyed, { what: 'the reset' });
  });

  it('as a black hole answers no new connection', async () => {
    proxy.blackHole();
    const one = await client();
    one.socket.write('anybody?');
    await pause(A_WHILE_MS);
    expect(one.bytes().length).toBe(0);
    proxy.heal();
    await eventually(() => one.bytes().toString() === 'anybody?', { what: 'an answer at last' });
  });

  it('cuts silently: what stands is mute for good, what is new goes through', async () => {
    const old = await client();
    await old.says('x');
    proxy.cutSilently();
    old.socket.write('lost');
    const fresh = await client();
    await fresh.says('hello');
    proxy.heal();
    await pause(A_WHILE_MS);
    expect(old.bytes().toString()).toBe('x');
    expect(old.socket.destroyed).toBe(false);
    expect(proxy.open).toBe(1);
  });

  it('delays each way, without making a long talk slower than one piece', async () => {
    const one = await client();
    await one.says('x');
    proxy.slow({ latencyMs: 100 });
    const began = performance.now();
    await one.says('y');
    expect(performance.now() - began).toBeGreaterThanOrEqual(195);
    for (let piece = 0; piece < 10; piece += 1) one.socket.write('z');
    await eventually(() => one.bytes().toString() === `xy${'z'.repeat(10)}`, { within: 1_500, what: 'ten more, together' });
  });

  it('limits the bytes of a second', async () => {
    const one = await client();
    proxy.slow({ bytesPerSecond: 200_000 });
    const began = performance.now();
    one.socket.write(Buffer.alloc(60_000));
    await eventually(() => one.bytes().length === 60_000, { within: 5_000, what: 'all of it' });
    expect(performance.now() - began).toBeGreaterThanOrEqual(290);
  });
});

class Client {
  ended = false;
  error: string | undefined;
  private readonly chunks: Buffer[] = [];

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => void this.chunks.push(chunk));
    socket.on('end', () => void (this.ended = true));
    socket.on('error', (error: NodeJS.ErrnoException) => void (this.error = error.code));
  }

  bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  /** Says something and waits until it came back. */
  async says(text: string): Promise<void> {
    const before = this.bytes().length;
    this.socket.write(text);
    await eventually(() => this.bytes().length >= before + text.length, { within: 5_000, every: 5, what: `"${text}" coming back` });
  }
}
