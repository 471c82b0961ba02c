import { describe, expect, it } from '@jest/globals';
import { fastify } from 'fastify';
import type { FastifyReply, FastifyRequest, InjectOptions } from 'fastify';
import type { Door, HouseRules } from './door.js';
import { keepDoors } from './keep-doors.js';
import { doorsTable } from './doors-table.js';

const RULES = {
  perAddress: { perSecond: 1, burst: 3 },
  perKey: { perSecond: 1, burst: 2 },
  wrongKeys: { perSecond: 1 / 10, burst: 2 },
  strangers: { perSecond: 1, burst: 4 },
};
const DOORS: readonly Door[] = [
  { method: 'GET', path: '/open', who: 'anyone', bodyBytes: 0, also: 'nothing' },
  { method: 'POST', path: '/narrow', who: 'anyone', bodyBytes: 1_024, perAddress: { perSecond: 1 / 60, burst: 1 }, also: 'nothing' },
  { method: 'any', path: '/inner/*', who: 'pass', bodyBytes: 0, also: 'a pass' },
  { method: 'GET', path: '/mine', who: 'key', bodyBytes: 0, also: 'the bot' },
  { method: 'POST', path: '/mine', who: 'key', bodyBytes: 1_024, also: 'the bot' },
];

function aServer(o: { trustedProxies?: number; doors?: readonly Door[]; rules?: HouseRules } = {}) {
  const clock = { now: 0 };
  const server = fastify();
  const { trustedProxies = 0, doors = DOORS, rules = RULES } = o;
  keepDoors(server, {
    ...{ doors, rules, trustedProxies, now: () => clock.now },
    refuse: (reply, seconds) => reply.code(429).header('retry-after', seconds).send({ wait: seconds }),
  });
  server.get('/open', () => 'open');
  server.post('/narrow', () => 'narrow');
  server.get('/inner/a/b', () => 'inner');
  const mine = ({ headers }: FastifyRequest, reply: FastifyReply) =>
    headers.authorization === 'Bearer right' ? 'mine' : reply.code(401).send();
  server.get('/mine', mine);
  server.post('/mine', mine);
  const ask = async (url: string, from = '203.0.113.7', more: InjectOptions = {}) => {
    const { statusCode } = await server.inject({ method: 'GET', url, remoteAddress: from, ...more });
    return statusCode;
  };
  const times = async (count: number, one: () => Promise<number>) => {
    const all: number[] = [];
    for (let i = 0; i < count; i++) all.push(await one());
    return all;
  };
  return { server, clock, ask, times };
}

describe('the doors of a service', () => {
  it('are counted by address: too much waits, others do not', async () => {
    const { ask, times, clock } = aServer();
    expect(await times(5, () => ask('/open'))).toEqual([200, 200, 200, 429, 429]);
    expect(await ask('/open', '203.0.113.8')).toBe(200);
    clock.now += 1_000;
    expect(await times(2, () => ask('/open'))).toEqual([200, 429]);
  });

  it('count what leads nowhere, too', async () => {
    const { ask, times } = aServer();
    expect(await times(4, () => ask('/wp-login.php'))).toEqual([404, 404, 404, 429]);
  });

  it('say when to come again, and read no body of who comes too often', async () => {
    const { server } = aServer();
    const post = () =>
      server.inject({ method: 'POST', url: '/narrow', payload: '{"broken', headers: { 'content-type': 'application/json' } });
    expect((await post()).statusCode).toBe(400);
    const refused = await post();
    expect([refused.statusCode, refused.headers['retry-after'], refused.json()]).toEqual([429, '60', { wait: 60 }]);
  });

  it('leave alone who comes with a pass', async () => {
    const { ask, times } = aServer();
    expect(new Set(await times(20, () => ask('/inner/a/b')))).toEqual(new Set([200]));
  });

  it('count a key by itself, wherever it comes from', async () => {
    const { ask, clock } = aServer();
    const mine = (from: string) => ask('/mine', from, { headers: { authorization: 'Bearer right' } });
    expect([await mine('203.0.113.1'), await mine('203.0.113.2'), await mine('203.0.113.3')]).toEqual([200, 200, 429]);
    clock.now += 1_000;
    expect(await mine('203.0.113.4')).toBe(200);
  });

  it('lock out for a while who tries wrong keys, and nobody else', async () => {
    const { ask } = aServer();
    let tries = 0;
    const guess = () => ask('/mine', '203.0.113.9', { headers: { authorization: `Bearer guess ${tries++}` } });
    expect([await guess(), await guess(), await guess(), await guess()]).toEqual([401, 401, 401, 429]);
    expect(await ask('/mine', '203.0.113.10', { headers: { authorization: 'Bearer right' } })).toBe(200);
  });

  it('go on for those behind the same address who were let in before', async () => {
    const { ask, clock } = aServer();
    const office = (key: string) => ask('/mine', '203.0.113.9', { headers: { authorization: `Bearer ${key}` } });
    expect(await office('right')).toBe(200);
    for (let tries = 0; tries < 5; tries++) await office('ended');
    expect(await office('ended')).toBe(429);
    expect(await office('right')).toBe(200);
    clock.now += 60_000;
    expect(await office('ended')).toBe(401);
  });

  it('count who shows no key at all by address, and take nobody there for one who guesses', async () => {
    const { ask, times, clock } = aServer();
    const nameless = () => ask('/mine', '203.0.113.11');
    expect(await times(6, nameless)).toEqual([401, 401, 401, 401, 429, 429]);
    expect(await ask('/mine', '203.0.113.11', { headers: { authorization: 'Bearer right' } })).toBe(200);
    expect([await ask('/mine', '203.0.113.12'), await ask('/open', '203.0.113.11')]).toEqual([401, 200]);
    clock.now += 1_000;
    expect(await times(2, nameless)).toEqual([401, 429]);
  });

  it.each([
    ['no key', {}],
    ['a new key each time', { authorization: 'Bearer guess' }],
    ['a new cookie each time', { cookie: 'session=guess' }],
  ])('read no body of a stranger who comes too often: %s', async (_what, shown) => {
    const { server } = aServer({ rules: { perAddress: { perSecond: 1, burst: 3 } } });
    const answers = [];
    for (let n = 0; n < 5; n++) {
      const headers = Object.fromEntries(Object.entries(shown).map(([name, value]) => [name, `${value}${n}`]));
      const answer = await server.inject({
        ...{ method: 'POST', url: '/mine', payload: '{"broken' },
        headers: { ...headers, 'content-type': 'application/json' },
      });
      answers.push(answer.statusCode);
    }
    expect(answers).toEqual([400, 400, 400, 429, 429]);
  });

  it('do not count by address who was let in there', async () => {
    const { ask, times } = aServer({ rules: { perAddress: { perSecond: 1, burst: 3 } } });
    const right = () => ask('/mine', '203.0.113.13', { headers: { authorization: 'Bearer right' } });
    expect(new Set(await times(20, right))).toEqual(new Set([200]));
  });

  it.each([
    ['without a proxy what a client claims of its address counts for nothing', 0, ['9.9.9.1', '9.9.9.2', '9.9.9.3', '9.9.9.4'], 429],
    ['behind a proxy its clients are told apart', 1, ['9.9.9.1', '9.9.9.2', '9.9.9.3', '9.9.9.4'], 200],
    [
      'behind a proxy what a client claims counts for nothing',
      1,
      ['1.1.1.1, 9.9.9.1', '2.2.2.2, 9.9.9.1', '3.3.3.3, 9.9.9.1', '9.9.9.1'],
      429,
    ],
  ])('%s', async (_what, trustedProxies, claims, last) => {
    const { ask } = aServer({ trustedProxies });
    const answers: number[] = [];
    for (const claim of claims) answers.push(await ask('/open', '10.0.0.2', { headers: { 'x-forwarded-for': claim } }));
    expect(answers.at(-1)).toBe(last);
  });

  it('are all declared: a route without limits ends the start', () => {
    const { server } = aServer();
    expect(() => server.post('/open', () => 'oh')).toThrow('no limits are declared for POST /open');
  });

  it('all lead somewhere', async () => {
    const { server } = aServer({ doors: [...DOORS, { method: 'GET', path: '/gone', who: 'anyone', bodyBytes: 0, also: '' }] });
    await expect(server.ready()).rejects.toThrow('limits are declared for GET /gone, but nothing is served there');
  });

  it('can be read as a table', () => {
    expect(doorsTable(DOORS, RULES).split('\n').slice(2)).toEqual([
      '| `GET /open` | anyone | 1/s, 3 at once | none | nothing |',
      '| `POST /narrow` | anyone | 1 in 60 s, 1 at once | 1 KiB | nothing |',
      '| `* /inner/*` | control plane, by pass | – | none | a pass |',
      '| `GET /mine` | a key or session | strangers: 1/s, 4 at once; wrong keys: 1 in 10 s, 2 at once | none | the bot |',
      '| `POST /mine` | a key or session | strangers: 1/s, 4 at once; wrong keys: 1 in 10 s, 2 at once | 1 KiB | the bot |',
    ]);
  });
});
