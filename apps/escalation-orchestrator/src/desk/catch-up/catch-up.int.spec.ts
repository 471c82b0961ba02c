import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, it } from '@jest/globals';
import { CrispClient } from '@baton/crisp';
import type { CrispConnections } from '@baton/crisp';
import { createLogger } from '@baton/telemetry';
import { eventually } from '@baton/testing';
import { Alarms } from '../../alarms.js';
import { WEBSITE } from '../../floor/conversation.builder.js';
import { handoverIdOf } from '../../floor/handover.js';
import { Observations } from '../../observations.js';
import { Visitor } from '../../testing/cases.js';
import { aBot, judgeKit } from '../../testing/judge-kit.js';
import { CatchUp } from './catch-up.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(closers.splice(0).map((close) => close())));

/** A Crisp that takes each question and answers none. */
async function silentCrisp() {
  const asked: string[] = [];
  const server = createServer((request) => void asked.push(request.url!)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('a replica that stops waits for no answer of Crisp, and leaves the look to another one', async () => {
  const kit = await judgeKit([aBot()]);
  closers.push(() => kit.close());
  const visitor = new Visitor();
  const handoverId = handoverIdOf(visitor.conversationId, 1);
  await kit.judge.judge([
    visitor.says('I need a human'),
    visitor.botSays({ needHelp: true, muted: true }),
    visitor.happens({ kind: 'availability-known', handoverId, answer: 'yes' }),
    visitor.happens({ kind: 'desk-opened', handoverId, sessionId: 'session_1' }),
  ]);
  const crisp = await silentCrisp();
  const client = new CrispClient({ tier: 'plugin', tokenId: 'id', tokenKey: 'key', apiUrl: crisp.apiUrl, timeoutMs: 60_000 });
  const log = createLogger({ service: 'test', level: 'silent', instance: 'test' });
  const catchUp = new CatchUp({
    dataSource: kit.dataSource,
    judge: kit.judge,
    connections: { of: () => ({ client }) } as unknown as CrispConnections,
    observations: new Observations(new Alarms(log, () => kit.now)),
    hooks: { wasMissed: () => undefined },
    log,
    instanceId: 'stops',
    everyMs: 60,
    now: () => kit.now,
  });
  catchUp.start();
  await eventually(() => crisp.asked.length > 0);

  const ended = await Promise.race([catchUp.stop().then(() => 'stopped'), pause(20_000, 'still waiting', { ref: false })]);
  expect(ended).toBe('stopped');
  const leases: unknown = await kit.dataSource.query('SELECT leased_until <= now() AS free FROM catch_ups WHERE website_id = $1', [
    WEBSITE,
  ]);
  expect(leases).toEqual([{ free: true }]);
});
