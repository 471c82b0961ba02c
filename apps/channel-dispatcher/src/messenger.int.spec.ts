import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { agent, bot, MessengerHouse } from './testing/messenger-house.js';

describe('Messenger, both ways', () => {
  let world: MessengerHouse;

  beforeAll(async () => {
    world = await MessengerHouse.build();
    await world.replica('here');
  }, 60_000);
  afterEach(() => {
    world.graph.fault = () => undefined;
    world.graph.onTaken = () => undefined;
  });
  afterAll(() => world.demolish(), 30_000);

  it('what a person writes is heard once, and what is said reaches him once and is told as sent', async () => {
    const person = world.person();
    await world.writes(person, 'Where is my parcel?');
    await eventually(() => world.heardFrom(person).length > 0, { what: 'his words being heard' });
    expect(world.heardFrom(person)).toMatchObject([
      { body: { type: 'text', text: 'Where is my parcel?' }, seq: 1, channel: 'messenger', address: person.address },
    ]);
    const [first, second] = await world.deliver(person, bot('On its way.'), agent('I am Mia.'));
    await eventually(() => world.statusesOf(second!).includes('sent'), { what: 'both being sent' });
    expect(world.statusesOf(first!)).toEqual(['sent']);
    expect(world.graph.textsOf(person.userId)).toEqual(['On its way.', 'I am Mia.']);
    const [fromBot, fromAgent] = world.graph.takenBy(person.userId);
    expect(fromBot!.body).toMatchObject({ messaging_type: 'RESPONSE', message: { metadata: `baton:${first}:0` } });
    expect(fromBot!.body.persona_id).toBeUndefined();
    expect(fromAgent!.body.persona_id).toMatch(/^7\d{3}$/);
  });
});
