import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ClientFrame, ServerFrame } from '@baton/contracts';
import { Line, SILENCE_MS, STALE_MS } from './line.js';
import type { Socket } from './line.js';

const WELCOME: ServerFrame = { t: 'welcome', conversationId: 'c', seq: 0, replayFrom: 1, floor: 'bot' };

/** A world with a clock that moves when told, and sockets that do what the test says. */
class World {
  now = 0;
  readonly sockets: (Socket & { said: ClientFrame[]; closed: boolean })[] = [];
  readonly states: string[] = [];
  readonly heard: string[] = [];
  readonly renewals: boolean[] = [];
  authorize: () => Promise<unknown> = () => Promise.resolve();
  private timers: { at: number; run: () => void }[] = [];

  readonly line = new Line({
    authorize: (renew) => {
      this.renewals.push(renew);
      return this.authorize();
    },
    connect: () => {
      const said: ClientFrame[] = [];
      const socket = {
        onopen: null,
        onmessage: null,
        onclose: null,
        said,
        closed: false,
        send: (data: string) => void said.push(JSON.parse(data) as ClientFrame),
        close: () => void (socket.closed = true),
      };
      this.sockets.push(socket);
      return socket;
    },
    hello: () => ({ t: 'hello', token: 'token', lastSeq: 7 }),
    onFrame: (frame) => void this.heard.push(frame.t),
    onState: (state) => void this.states.push(state),
    after: (ms, run) => {
      const timer = { at: this.now + ms, run };
      this.timers.push(timer);
      return () => void (this.timers = this.timers.filter((other) => other !== timer));
    },
    now: () => this.now,
    random: () => 0.5,
  });

  get socket() {
    return this.sockets.at(-1) as World['sockets'][number];
  }

  async pass(ms: number): Promise<void> {
    const until = this.now + ms;
    for (;;) {
      await settled();
      const next = this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((timer) => timer !== next);
      this.now = next.at;
      next.run();
    }
    this.now = until;
  }

  server(frame: ServerFrame): void {
    this.socket.onmessage?.({ data: JSON.stringify(frame) });
  }

  async online(): Promise<this> {
    this.line.start();
    await settled();
    this.socket.onopen?.();
    this.server(WELCOME);
    return this;
  }
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await Promise.resolve();
}

let world: World;
beforeEach(() => {
  world = new World();
});

describe('a line', () => {
  it('says hello with the place it holds, and is online when it is welcomed', async () => {
    await world.online();
    expect(world.socket.said).toEqual([{ t: 'hello', token: 'token', lastSeq: 7 }]);
    expect(world.states).toEqual(['connecting', 'online']);
  });

  it('sends nothing before the welcome', async () => {
    world.line.start();
    await settled();
    world.socket.onopen?.();
    expect(world.line.send({ t: 'typing', typing: true })).toBe(false);
  });

  it('answers a ping', async () => {
    await world.online();
    world.server({ t: 'ping' });
    expect(world.socket.said.at(-1)).toEqual({ t: 'pong' });
  });

  it('comes back by itself when the server goes away', async () => {
    await world.online();
    world.socket.onclose?.({ code: 1001 });
    expect(world.line.state).toBe('retrying');
    await world.pass(500);
    expect(world.sockets).toHaveLength(2);
  });

  it('takes a server silent for 40 s for dead, and pings for a sign of life', async () => {
    await world.online();
    await world.pass(SILENCE_MS - 1);
    world.server({ t: 'ping' });
    await world.pass(SILENCE_MS - 1);
    expect(world.sockets).toHaveLength(1);
    await world.pass(1);
    expect(world.sockets).toHaveLength(2);
    expect(world.sockets[0]?.closed).toBe(true);
  });

  it('does not wait for a half-open line when somebody comes back to the page', async () => {
    await world.online();
    world.now += STALE_MS + 1;
    world.line.nudge();
    await settled();
    expect(world.sockets).toHaveLength(2);
  });

  it('stops waiting at once when the network is back', async () => {
    await world.online();
    world.line.lost();
    world.line.nudge();
    await settled();
    expect(world.sockets).toHaveLength(2);
  });

  it('asks for a new token when the old one is refused, and waits when the new one is, too', async () => {
    await world.online();
    world.socket.onclose?.({ code: 4401 });
    await settled();
    expect(world.renewals).toEqual([false, true]);
    world.socket.onclose?.({ code: 4401 });
    expect(world.line.state).toBe('retrying');
  });

  it.each([4403, 4404])('gives up when this page may not talk to the bot (%i), until it is started again', async (code) => {
    await world.online();
    world.socket.onclose?.({ code });
    await world.pass(600_000);
    expect(world.line.state).toBe('refused');
    expect(world.sockets).toHaveLength(1);
    world.line.start();
    await settled();
    expect(world.sockets).toHaveLength(2);
  });

  it('slows down when the server asks for it', async () => {
    await world.online();
    world.socket.onclose?.({ code: 4429 });
    await world.pass(4_999);
    expect(world.sockets).toHaveLength(1);
    await world.pass(600);
    expect(world.sockets).toHaveLength(2);
  });

  it('gives up a server that lets it in but never welcomes it', async () => {
    world.line.start();
    await world.pass(10_000);
    expect(world.line.state).toBe('retrying');
  });

  it('tries again when no token can be had now, and not when there never will be one', async () => {
    world.authorize = () => Promise.reject(new Error('503'));
    world.line.start();
    await world.pass(0);
    expect(world.line.state).toBe('retrying');
    world.authorize = () => Promise.reject(Object.assign(new Error('404'), { isFinal: true }));
    await world.pass(60_000);
    expect(world.line.state).toBe('refused');
  });

  it('does not stumble over a frame it cannot read', async () => {
    await world.online();
    for (const data of ['', 'null', '{', '[]', '{"t":5}']) world.socket.onmessage?.({ data });
    expect(world.heard).toEqual(['welcome']);
    expect(world.line.state).toBe('online');
  });

  it('is deaf to a socket it has given up', async () => {
    await world.online();
    const old = world.socket;
    world.line.restart();
    await settled();
    expect([old.onmessage, old.onclose, old.closed]).toEqual([null, null, true]);
  });
});
