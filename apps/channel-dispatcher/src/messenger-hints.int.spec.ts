import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { bot, MessengerHouse } from './testing/messenger-house.js';
import type { Person, Said } from './testing/messenger-house.js';

describe('with the words of a person in Messenger comes', () => {
  let world: MessengerHouse;
  beforeAll(async () => {
    world = await MessengerHouse.build();
    await world.replica('here');
  }, 60_000);
  afterAll(() => world.demolish(), 30_000);

  async function says(person: Person, ...said: Said[]) {
    const before = world.heardFrom(person).length;
    const words = said.filter((one) => 'message' in one).length;
    await world.hooks(person, said);
    await eventually(() => world.heardFrom(person).length >= before + words, { what: 'his words being heard' });
    return world.heardFrom(person).slice(before);
  }

  it('what they answer: words of ours, his own, also those just before them; never what is not known', async () => {
    const person = world.person();
    const [first] = await says(person, { message: { mid: 'm_where', text: 'Where is\nmy parcel?' } });
    const [ours] = await world.deliver(person, bot('Which of the two?'));
    await eventually(() => world.statusesOf(ours!).includes('sent'));
    const { mid } = world.graph.takenBy(person.userId)[0]!;
    const answers = (to: string, text: string): Said => ({ message: { mid: `m_${text}`, text, reply_to: { mid: to } } });
    const heard = await says(
      person,
      answers(mid, 'first'),
      answers('m_where', 'second'),
      answers('m_second', 'third'),
      answers('m_0', 'none'),
    );
    expect(heard.map(({ replyTo }) => replyTo)).toEqual([
      { messageId: ours, excerpt: 'Which of the two?' },
      { messageId: first!.messageId, excerpt: 'Where is my parcel?' },
      { excerpt: 'second' },
      undefined,
    ]);
  });

  it('the link by which he came without a word, once, however often Meta tells it', async () => {
    const person = world.person();
    const came: Said = { timestamp: Date.now() - 60_000, referral: { ref: 'spring-sale', source: 'SHORTLINK', type: 'OPEN_THREAD' } };
    await world.hooks(person, [came]);
    const now = (seconds: number) => ({ timestamp: Date.now() - 30_000 + seconds * 1_000 });
    const first = await says(person, { ...now(0), message: { mid: 'm_a', text: 'Hello' } });
    const second = await says(person, came, { ...now(1), message: { mid: 'm_b', text: 'Anybody?' } });
    await world.hooks(person, [came]);
    const third = await says(person, { ...now(2), message: { mid: 'm_c', text: 'Hm', referral: { ref: 'ad-7' } } });
    const fourth = await says(person, { ...now(3), message: { mid: 'm_d', text: 'Well' } });
    expect([first, second, third, fourth].map(([one]) => one!.cameBy)).toEqual(['spring-sale', undefined, 'ad-7', undefined]);
  });
});
