import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import type { Replica } from '../testing/house.js';
import { MessengerHouse } from '../testing/messenger-house.js';

describe('a file of Messenger that is not to be had', () => {
  let world: MessengerHouse;
  let replica: Replica;

  beforeAll(async () => {
    world = await MessengerHouse.build();
    replica = await world.replica('here');
  }, 60_000);
  afterAll(() => world.demolish(), 30_000);

  it('is told to its visitor, once, and its link says why', async () => {
    const person = world.person();
    const attachments = [{ type: 'image', payload: { url: 'https://10.0.0.1/photo.png' } }];
    const hook = { message: { mid: 'm_photo', attachments } };
    await world.hooks(person, [hook, hook]);
    const told = await eventually(() => world.graph.textsOf(person.userId).length > 0 && world.graph.textsOf(person.userId), {
      what: 'the visitor being told',
    });
    expect(told).toEqual(['Your file did not arrive. Please send it again.']);
    await world.writes(person, 'Did you get it?');
    await eventually(() => world.heardFrom(person).length === 2);
    expect(world.heardFrom(person).map(({ seq }) => seq)).toEqual([1, 3]);
    const [file] = world.heardFrom(person);
    const { url } = file!.body as { url: string };
    const answer = await fetch(url.replace('https://chat.example', replica.url));
    expect([answer.status, await answer.text()]).toEqual([410, 'This file was not fetched because its address is not a public one.\n']);
    expect(world.graph.textsOf(person.userId)).toHaveLength(1);
  });
});
