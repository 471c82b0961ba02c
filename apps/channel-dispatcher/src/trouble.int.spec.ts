import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLOSE, groupOnTheWire, newId, topicOnTheWire } from '@baton/contracts';
import { createDataSource } from '@baton/persistence';
import { eventually, freePort, spawnService } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { entities, SCHEMA } from './database/index.js';
import { agentLine, House } from './testing/house.js';
import type { Replica } from './testing/house.js';
import { Tab } from './testing/visitor.js';

const ENTRY = fileURLToPath(new URL('../dist/main.js', import.meta.url));

describe('when something goes wrong', () => {
  let house: House;
  let here: Replica;
  let database: DataSource;

  beforeAll(async () => {
    house = await House.build();
    here = await house.replica('here');
    database = createDataSource({ url: house.databaseUrl, schema: SCHEMA, entities, applicationName: 'test' });
    await database.initialize();
  }, 60_000);
  afterAll(async () => {
    await database.destroy();
    await house.demolish();
  }, 30_000);

  it('the tables are what the entities say', async () => {
    const { upQueries } = await database.driver.createSchemaBuilder().log();
    // The entities name no indexes.
    expect(upQueries.map(({ query }) => query).filter((query) => !query.startsWith('DROP INDEX'))).toEqual([]);
  });

  it('a delivery that never comes leaves one gap, and comes late if it comes', async () => {
    const visitor = await house.visitor(here);
    const tab = await Tab.open(here.url, visitor.token);
    await house.deliver(visitor, agentLine(1, 'one'), agentLine(4, 'four'));
    await tab.reads(1);
    await eventually(
      async () => (await database.query('SELECT 1 FROM held_deliveries WHERE conversation_id = $1', [visitor.conversationId])).length === 1,
    );
    await database.query(`UPDATE held_deliveries SET arrived_at = arrived_at - interval '30 seconds' WHERE conversation_id = $1`, [
      visitor.conversationId,
    ]);
    expect(await tab.reads(2)).toEqual(['one', 'four']);
    await house.deliver(visitor, agentLine(3, 'three, late'), agentLine(5, 'five'));
    expect(await tab.reads(4)).toEqual(['one', 'four', 'three, late', 'five']);
    expect(tab.lines.map(({ t }) => t)).toEqual(['message', 'gap', 'message', 'message', 'message']);
    expect(tab.seqs).toEqual([1, 2, 3, 4, 5]);
  });

  it('a delivery that nobody can read, but says its place, leaves a gap at once', async () => {
    const visitor = await house.visitor(here);
    const tab = await Tab.open(here.url, visitor.token);
    await house.deliver(visitor, agentLine(1, 'one'));
    await tab.reads(1);
    const producer = house.kafka.producer();
    await producer.connect();
    const topic = topicOnTheWire('deliveries', house.kafka.config.topicPrefix);
    const headers = {
      ce_specversion: '1.0',
      ce_id: newId(),
      ce_source: 'test',
      ce_type: 'baton.delivery.message.v1',
      ce_deliverysequence: '2',
    };
    await producer.send([{ topic, key: visitor.conversationId, value: '{"broken":', headers }]);
    await producer.disconnect();
    await house.deliver(visitor, agentLine(3, 'three'));
    expect(await tab.reads(2)).toEqual(['one', 'three']);
    expect(tab.seqs).toEqual([1, 2, 3]);
  });

  it('how far deliveries are read is known under the name of the service', async () => {
    const { topicPrefix } = house.kafka.config;
    const visitor = await house.visitor(here);
    await house.deliver(visitor, agentLine(1, 'one'));
    const admin = house.kafka.admin();
    await admin.connect();
    const committed = () => admin.committed(groupOnTheWire('channel-dispatcher', topicPrefix), topicOnTheWire('deliveries', topicPrefix));
    await eventually(async () => (await committed()).length > 0, { what: 'a commit of the group' });
    await admin.disconnect();
  });

  it('what no hint told is found by looking', async () => {
    const visitor = await house.visitor(here);
    const tab = await Tab.open(here.url, visitor.token);
    await database.query(
      `WITH line AS (
         INSERT INTO log (conversation_id, seq, kind, message_id, author, frame, at)
         VALUES ($1, 1, 'message', $2, 'agent', json_build_object('t', 'message', 'seq', 1, 'body', json_build_object('type', 'text', 'text', 'hidden')), now())
       ) UPDATE conversations SET next_seq = 2 WHERE id = $1`,
      [visitor.conversationId, newId()],
    );
    expect(await tab.reads(1)).toEqual(['hidden']);
  });

  it('a broken line between the replicas is built up again, and what was missed is looked up', async () => {
    const visitor = await house.visitor(here);
    const there = await house.replica('there');
    const tab = await Tab.open(there.url, visitor.token);
    const other = await Tab.open(here.url, visitor.token);
    await database.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'dispatcher-notices-%'`,
    );
    other.send(randomUUID(), 'during the break');
    expect(await tab.reads(1)).toEqual(['during the break']);
    await eventually(
      async () =>
        (
          await database.query(
            `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'dispatcher-notices-%'`,
          )
        ).length === 2,
    );
    const began = performance.now();
    other.send(randomUUID(), 'after it');
    await tab.reads(2);
    expect(performance.now() - began).toBeLessThan(1_000);
    await there.close();
  }, 30_000);

  it('a replica that was taken for dead, and is not, says again what it holds', async () => {
    const visitor = await house.visitor(here);
    const there = await house.replica('there');
    const tab = await Tab.open(here.url, visitor.token);
    const other = await Tab.open(there.url, visitor.token);
    const isHeldHere = async (): Promise<boolean> =>
      (await database.query(`SELECT 1 FROM presence WHERE instance = 'here' AND conversation_id = $1`, [visitor.conversationId])).length >
      0;
    await eventually(async () => {
      // Its lease is renewed every five seconds; until somebody looked meanwhile, it is over.
      await database.query(`UPDATE replicas SET lease_until = now() - interval '1 second' WHERE instance = 'here'`);
      return !(await isHeldHere());
    });
    await eventually(isHeldHere);
    await eventually(
      async () => (await database.query(`SELECT 1 FROM replicas WHERE instance = 'here' AND lease_until > now()`)).length > 0,
    );
    const began = performance.now();
    other.send(randomUUID(), 'are you there?');
    await tab.reads(1);
    expect(performance.now() - began).toBeLessThan(1_000);
    expect(house.presenceOf(visitor)).toEqual([true]);
    await there.close();
  }, 40_000);

  it('Postgres breaks every connection again and again: nothing is lost, nothing is twice, both ways', async () => {
    const visitor = await house.visitor(here);
    const tab = await Tab.open(here.url, visitor.token);
    const COUNT = 40;
    const sent = Array.from({ length: COUNT }, (_, i) => `words ${i}`);
    const wanted = Array.from({ length: COUNT }, (_, i) => `line ${i}`);
    for (let i = 0; i < COUNT; i++) {
      await house.deliver(visitor, agentLine(i + 1, wanted[i]!));
      if (i % 8 === 3)
        await database.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'dispatcher-%'`,
        );
      // As many as a visitor may send at once.
      if (i < 10) tab.send(randomUUID(), sent[i]!);
    }
    expect(await tab.reads(COUNT)).toEqual(wanted);
    await eventually(() => tab.frames.filter(({ t }) => t === 'ack').length === 10, { within: 20_000 });
    expect(tab.seqs).toEqual(Array.from({ length: COUNT + 10 }, (_, i) => i + 1));
    await eventually(() => house.heardFrom(visitor).length >= 10);
    expect(house.heardFrom(visitor)).toEqual(sent.slice(0, 10));
  }, 60_000);

  it('a replica that stops acks what it took and says good-bye; the visitor goes on elsewhere, and never left', async () => {
    const visitor = await house.visitor(here);
    const there = await house.replica('there');
    const tab = await Tab.open(there.url, visitor.token);
    const sent = Array.from({ length: 5 }, () => randomUUID());
    for (const clientId of sent) tab.send(clientId, `words ${clientId}`);
    await tab.gets('ack');
    await there.close();
    expect(await tab.closed()).toBe(CLOSE.goingAway);
    const acked = tab.frames.filter((frame) => frame.t === 'ack').length;
    expect(acked).toBe(5);
    const again = await Tab.open(here.url, visitor.token, 5);
    expect((await again.gets('welcome')).seq).toBe(5);
    await house.deliver(visitor, agentLine(1, 'I am here'));
    expect(await again.reads(1)).toEqual(['I am here']);
    expect(house.presenceOf(visitor)).toEqual([true]);
  }, 30_000);

  it('a replica killed in the middle loses nothing and shows nothing twice', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const doomed = spawnService({ name: 'doomed', entry: ENTRY, env: house.environment('doomed', port) });
    await doomed.ready(`${url}/health/ready`);
    const visitors = await Promise.all(Array.from({ length: 8 }, () => house.visitor(here)));
    const tabs = await Promise.all(visitors.map(({ token }) => Tab.open(url, token)));
    const LINES = 60;
    const sending = (async () => {
      for (let n = 1; n <= LINES; n++) {
        await Promise.all(visitors.map((visitor) => house.deliver(visitor, agentLine(n, `line ${n}`))));
        if (n === LINES / 2) doomed.kill('SIGKILL').catch(() => undefined);
      }
    })();
    await Promise.all(tabs.map((tab) => tab.closed()));
    const again = await Promise.all(visitors.map(({ token }, i) => Tab.open(here.url, token, tabs[i]!.seqs.at(-1) ?? 0)));
    await sending;
    const wanted = Array.from({ length: LINES }, (_, i) => `line ${i + 1}`);
    for (const [i, tab] of again.entries()) {
      const before = tabs[i]!;
      await eventually(() => before.texts.length + tab.texts.length >= LINES, { within: 20_000, what: 'all lines' });
      expect([...before.texts, ...tab.texts]).toEqual(wanted);
      expect([...before.seqs, ...tab.seqs]).toEqual(wanted.map((_, at) => at + 1));
    }
    // What the dead one held is cleared away when its lease is over.
    await database.query(`UPDATE replicas SET lease_until = now() - interval '1 second' WHERE instance = 'doomed'`);
    await eventually(async () => (await database.query(`SELECT 1 FROM replicas WHERE instance = 'doomed'`)).length === 0);
    expect(await database.query(`SELECT 1 FROM presence WHERE instance = 'doomed'`)).toEqual([]);
  }, 60_000);
});
