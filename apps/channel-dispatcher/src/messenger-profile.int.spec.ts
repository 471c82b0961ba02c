import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '@baton/persistence';
import { eventually } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { entities, SCHEMA } from './database/index.js';
import { bot, MessengerHouse } from './testing/messenger-house.js';
import type { Person } from './testing/messenger-house.js';

describe('who writes in Messenger', () => {
  let world: MessengerHouse;
  let database: DataSource;

  beforeAll(async () => {
    world = await MessengerHouse.build();
    await world.replica('here');
    database = createDataSource({ url: world.house.databaseUrl, schema: SCHEMA, entities, applicationName: 'test' });
    await database.initialize();
  }, 60_000);
  afterEach(() => {
    world.graph.fault = () => undefined;
    world.graph.profile = () => ({});
  });
  afterAll(async () => {
    await database.destroy();
    await world.demolish();
  }, 30_000);

  const questionsAbout = ({ userId }: Person): number => world.graph.calls.filter(({ path }) => path.endsWith(`/${userId}`)).length;
  const isAsked = (person: Person, times = 1): Promise<unknown> =>
    eventually(() => questionsAbout(person) >= times, { what: `Meta being asked who he is (${questionsAbout(person)})`, within: 15_000 });
  const isTold = (person: Person, times = 1): Promise<unknown> =>
    eventually(() => world.profilesOf(person).length >= times, { what: 'his name being told', within: 15_000 });
  const isHeard = (person: Person, times: number): Promise<unknown> =>
    eventually(() => world.heardFrom(person).length === times, { what: 'his words being heard' });
  const isOver = (person: Person): Promise<unknown> =>
    eventually(
      async () => {
        const lane = `${person.conversationId}:profile`;
        return (await database.query('SELECT 1 FROM effects WHERE lane = $1 AND ended_at IS NULL', [lane])).length === 0;
      },
      { what: 'the question being over' },
    );
  const wasAsked = (person: Person, ago: string): Promise<unknown> =>
    database.query('UPDATE messenger_threads SET profile_at = now() - $2::interval WHERE conversation_id = $1', [
      person.conversationId,
      ago,
    ]);

  it('is asked when he first writes, once, and told with his name', async () => {
    world.graph.profile = () => ({ name: 'Ada Park', first_name: 'Ada', last_name: 'Park', profile_pic: 'https://cdn.example/ada' });
    const person = world.person();
    await Promise.all(['one', 'two', 'three'].map((text) => world.writes(person, text)));
    await isTold(person);
    await world.writes(person, 'four');
    await isHeard(person, 4);
    await isOver(person);
    expect(questionsAbout(person)).toBe(1);
    expect(world.profilesOf(person)).toEqual([
      {
        conversationId: person.conversationId,
        botId: 'shop',
        channel: 'messenger',
        address: person.address,
        at: expect.any(String),
        name: 'Ada Park',
      },
    ]);
  });

  it('is asked again after a month, and told anew', async () => {
    world.graph.profile = () => ({ name: 'Ada Park' });
    const person = world.person();
    await world.writes(person, 'Hello');
    await isTold(person);
    world.graph.profile = () => ({ name: 'Ada King' });
    await wasAsked(person, '29 days');
    await world.writes(person, 'Me again');
    await isHeard(person, 2);
    expect(questionsAbout(person)).toBe(1);
    await wasAsked(person, '31 days');
    await world.writes(person, 'And again');
    await isTold(person, 2);
    expect(world.profilesOf(person).map(({ name }) => name)).toEqual(['Ada Park', 'Ada King']);
  });

  it('is not asked of who only read what we sent', async () => {
    const person = world.person();
    await world.writes(person, 'Hello');
    await isAsked(person);
    await isOver(person);
    await wasAsked(person, '1 day');
    await world.hooks(person, [{ read: { watermark: Date.now() } }]);
    const later = world.person();
    await world.writes(later, 'Hello');
    await isAsked(later);
    expect(questionsAbout(person)).toBe(1);
  });

  it.each([
    ['says nothing', undefined],
    ['knows no profile', { code: 100, error_subcode: 2018218 }],
    ['does not let us know', { code: 2018247 }],
    ['finds the question wrong', { code: 100 }],
    ['misses a permission', { code: 10 }],
    ['misses another', { code: 200 }],
  ])('stays unknown when Meta %s, which holds up nobody and stops no page', async (_what, error) => {
    const person = world.person();
    world.graph.fault = ({ path }) => (error && path.endsWith(`/${person.userId}`) ? { error } : undefined);
    await world.writes(person, 'Hello');
    await isAsked(person);
    await isOver(person);
    const [id] = await world.deliver(person, bot('Hello to you.'));
    await eventually(() => world.statusesOf(id!).includes('sent'), { what: 'an answer being sent' });
    await world.writes(person, 'Still me');
    await isHeard(person, 2);
    expect(questionsAbout(person)).toBe(1);
    expect(world.profilesOf(person)).toEqual([]);
    expect(await database.query('SELECT 1 FROM messenger_pages')).toEqual([]);
  });

  it('is asked again while Meta is unwell, and messages go on meanwhile', async () => {
    const person = world.person();
    let isUnwell = true;
    world.graph.profile = () => ({ name: 'Ada Park' });
    world.graph.fault = ({ path }) => (isUnwell && path.endsWith(`/${person.userId}`) ? { error: { code: 2 }, status: 500 } : undefined);
    await world.writes(person, 'Hello');
    await isAsked(person, 2);
    const [id] = await world.deliver(person, bot('Hello to you.'));
    await eventually(() => world.statusesOf(id!).includes('sent'), { what: 'an answer being sent' });
    isUnwell = false;
    await isTold(person);
  }, 30_000);

  it('is not asked on a page whose token is dead, but when it works again', async () => {
    const [first, second] = [world.person(), world.person()];
    await world.writes(first, 'Hello');
    await isAsked(first);
    let isDead = true;
    world.graph.profile = () => ({ name: 'Ada Park' });
    world.graph.fault = ({ body }) => (isDead && body.message ? { error: { code: 190 }, status: 401 } : undefined);
    await world.deliver(first, bot('Hello to you.'));
    const isStopped = async (): Promise<boolean> => (await database.query('SELECT 1 FROM messenger_pages')).length > 0;
    await eventually(isStopped, { what: 'the page being stopped' });
    await world.writes(second, 'Hello');
    await isHeard(second, 1);
    await eventually(
      async () =>
        (await database.query('SELECT 1 FROM effects WHERE lane = $1 AND reason IS NOT NULL', [`${second.conversationId}:profile`]))
          .length > 0,
      { what: 'the question waiting' },
    );
    expect(questionsAbout(second)).toBe(0);
    isDead = false;
    await isTold(second);
  }, 40_000);
});
