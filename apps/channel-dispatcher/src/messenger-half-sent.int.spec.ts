import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '@baton/persistence';
import { eventually } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { SCHEMA } from './database/index.js';
import { agent, MessengerHouse } from './testing/messenger-house.js';
import type { Person } from './testing/messenger-house.js';

const LONG = 'One sentence of many. '.repeat(250).trim();

describe('a message of which only the beginning was sent', () => {
  let world: MessengerHouse;
  let database: DataSource;

  beforeAll(async () => {
    world = await MessengerHouse.build();
    await world.replica('here');
    database = createDataSource({ url: world.house.databaseUrl, schema: SCHEMA, entities: [], applicationName: 'test' });
    await database.initialize();
  }, 60_000);
  afterEach(() => {
    world.graph.fault = () => undefined;
  });
  afterAll(async () => {
    await database.destroy();
    await world.demolish();
  }, 30_000);

  /** Meta takes one part of what an agent writes, and then nothing for a while. */
  async function halfSent(): Promise<{ person: Person; messageId: string; first: string }> {
    const person = world.person();
    await world.writes(person, 'Hello');
    await eventually(() => world.heardFrom(person).length === 1, { what: 'his first words' });
    world.graph.fault = ({ body }) =>
      body.message && world.graph.takenBy(person.userId).length > 0 ? { error: { code: 1200 } } : undefined;
    const [messageId] = await world.deliver(person, agent(LONG));
    const refused = () => world.graph.calls.filter(({ body }) => body.message && body.recipient?.id === person.userId).length > 1;
    await eventually(refused, { what: 'the second part being refused' });
    return { person, messageId: messageId!, first: world.graph.textsOf(person.userId)[0]! };
  }

  const edit = (messageId: string, text: string) => ({
    type: 'delivery.edit' as const,
    data: { epoch: 0, messageId, body: { type: 'text', text } },
  });

  it('is corrected: the rest of the old words is never sent, only the last of the new ones are', async () => {
    const { person, messageId, first } = await halfSent();
    const [, then] = await world.deliver(person, edit(messageId, 'Five words are quite enough'), agent('And one more thing'));
    await world.deliver(person, edit(messageId, 'Four words are enough'));
    const edits = `SELECT FROM log WHERE conversation_id = $1 AND kind = 'edit'`;
    await eventually(async () => (await database.query<unknown[]>(edits, [person.conversationId])).length === 2, { what: 'both edits' });
    // What was on its way when the second edit came is past when Meta is asked for what follows.
    const triedNext = () => world.graph.calls.some(({ body }) => body.message?.text === 'And one more thing');
    await eventually(triedNext, { within: 30_000, what: 'the next message being tried' });
    world.graph.fault = () => undefined;
    await eventually(() => world.statusesOf(then!).includes('sent') && world.statusesOf(messageId).includes('sent'), { within: 30_000 });
    expect(LONG.startsWith(first)).toBe(true);
    expect(world.graph.textsOf(person.userId)).toEqual([first, 'And one more thing', 'Correction: Four words are enough']);
  }, 60_000);

  it('is taken back after all when Meta does not take what was under way', async () => {
    const person = world.person();
    await world.writes(person, 'Hello');
    await eventually(() => world.heardFrom(person).length === 1, { what: 'his first words' });
    const asked = new Promise<void>((resolve) => {
      world.graph.fault = ({ body }) => (body.message ? (resolve(), { error: { code: 1200 } }) : undefined);
    });
    const [messageId] = await world.deliver(person, agent('Not this'));
    await asked;
    await world.deliver(person, { type: 'delivery.removal', data: { epoch: 0, messageId } });
    await eventually(() => world.statusesOf(messageId!).includes('superseded'), { what: 'it being taken back', within: 20_000 });
    world.graph.fault = () => undefined;
    const [then] = await world.deliver(person, agent('But this'));
    await eventually(() => world.statusesOf(then!).includes('sent'), { within: 30_000 });
    expect(world.graph.textsOf(person.userId)).toEqual(['But this']);
  }, 60_000);

  it('cannot be taken back, but nothing more of it is sent', async () => {
    const { person, messageId, first } = await halfSent();
    await world.deliver(person, { type: 'delivery.removal', data: { epoch: 0, messageId } });
    await eventually(() => world.statusesOf(messageId).includes('failed'), { what: 'it being told' });
    expect(world.failureOf(messageId)).toEqual({ reason: 'messenger.cannot-remove', failure: 'unsupported' });
    world.graph.fault = () => undefined;
    const [then] = await world.deliver(person, agent('Never mind'));
    await eventually(() => world.statusesOf(then!).includes('sent'), { within: 30_000 });
    expect(world.graph.textsOf(person.userId)).toEqual([first, 'Never mind']);
  }, 60_000);
});
