import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '@baton/persistence';
import { eventually } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { SCHEMA } from '../database/index.js';
import { House } from '../testing/house.js';
import type { Replica, Visitor } from '../testing/house.js';
import { Tab } from '../testing/visitor.js';
import { ForgetIdle } from './forget-idle.js';

const DAY_MS = 86_400_000;
const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);

let house: House;
let replica: Replica;
let dataSource: DataSource;

beforeAll(async () => {
  house = await House.build();
  replica = await house.replica('only');
  dataSource = await createDataSource({ url: house.databaseUrl, schema: SCHEMA, applicationName: 'test', poolSize: 2 }).initialize();
}, 60_000);

afterAll(async () => {
  await dataSource.destroy();
  await house.demolish();
}, 30_000);

/** Somebody who wrote three lines and went. */
async function whoWrote(): Promise<Visitor> {
  const visitor = await house.visitor(replica);
  const tab = await Tab.open(replica.url, visitor.token);
  for (const text of ['one', 'two', 'three']) tab.send(randomUUID(), text);
  await eventually(() => tab.frames.filter(({ t }) => t === 'ack').length === 3);
  tab.cut();
  await goes(visitor);
  return visitor;
}

/** Counts him as gone at once; by itself the dispatcher waits for him to come back first. */
const goes = (visitor: Visitor) => dataSource.query('UPDATE conversations SET present = false WHERE id = $1', [visitor.conversationId]);

const linesOf = async (visitor: Visitor): Promise<number> => {
  const rows = await dataSource.query<{ n: number }[]>('SELECT count(*)::int AS n FROM log WHERE conversation_id = $1', [
    visitor.conversationId,
  ]);
  return rows[0]!.n;
};

describe('a conversation in which nobody spoke for long', () => {
  it('loses its lines, keeps its numbering, and goes on when somebody speaks again', async () => {
    const visitor = await whoWrote();
    const forget = new ForgetIdle(dataSource, 400);
    expect(await forget.run(inDays(399))).toBe(0);
    expect(await linesOf(visitor)).toBe(3);
    expect(await forget.run(inDays(401))).toBe(1);
    expect(await linesOf(visitor)).toBe(0);
    expect(await forget.run(inDays(401))).toBe(0);

    const back = await Tab.open(replica.url, visitor.token);
    expect(await back.gets('welcome')).toMatchObject({ seq: 3, replayFrom: 4 });
    const other = await Tab.open(replica.url, visitor.token);
    back.send(randomUUID(), 'I am back');
    expect(await other.reads(1)).toEqual(['I am back']);
    expect([back.seqs, other.seqs]).toEqual([[4], [4]]);
    other.cut();
    back.cut();
  }, 60_000);

  it('keeps them while somebody is there, and while nothing is to be forgotten', async () => {
    const visitor = await whoWrote();
    const tab = await Tab.open(replica.url, visitor.token);
    await new ForgetIdle(dataSource, 400).run(inDays(401));
    expect(await linesOf(visitor)).toBe(3);
    tab.cut();
    await goes(visitor);
    expect(await new ForgetIdle(dataSource, 0).run(inDays(4_000))).toBe(0);
    expect(await linesOf(visitor)).toBe(3);
  }, 60_000);
});
