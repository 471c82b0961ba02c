import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually, freePort, spawnService } from '@baton/testing';
import { agent, bot, MessengerHouse } from './testing/messenger-house.js';
import type { Person } from './testing/messenger-house.js';

const ENTRY = fileURLToPath(new URL('../dist/main.js', import.meta.url));

describe('Messenger, when something goes wrong', () => {
  let world: MessengerHouse;

  beforeEach(async () => {
    world = await MessengerHouse.build();
  }, 60_000);
  afterEach(() => world.demolish(), 30_000);

  async function someone(): Promise<Person> {
    const person = world.person();
    await world.writes(person, 'Hello');
    await eventually(() => world.heardFrom(person).length === 1, { what: 'his first words' });
    return person;
  }

  /** A replica of its own process, to be killed. */
  async function doomed() {
    const port = await freePort();
    const env = { ...world.house.environment('doomed', port), MESSENGER_ECHO_SECONDS: '1' };
    const service = spawnService({ name: 'doomed', entry: ENTRY, env });
    await service.ready(`http://127.0.0.1:${port}/health/ready`);
    return service;
  }

  const sent = (ids: readonly string[]): Promise<unknown> =>
    eventually(() => ids.every((id) => world.statusesOf(id).includes('sent')), { what: 'all being sent', within: 30_000 });

  it('a replica killed between the send and its record: the echo settles it, each word is read once, in order', async () => {
    const service = await doomed();
    const person = await someone();
    world.graph.onTaken = async (taken) => {
      if (taken.body.message?.text === 'two') await service.kill('SIGKILL');
      await world.echo(taken);
    };
    const ids = await world.deliver(person, bot('one'), bot('two'), bot('three'));
    await service.exited;
    await world.replica('heir');
    await sent(ids);
    expect(world.graph.textsOf(person.userId)).toEqual(['one', 'two', 'three']);
  }, 60_000);

  it('the same without echoes: what a human said is said again, what a bot said is not, and what follows comes', async () => {
    const service = await doomed();
    const [ofHuman, ofBot] = [await someone(), await someone()];
    let taken = 0;
    world.graph.onTaken = async () => {
      if (++taken === 2) await service.kill('SIGKILL');
      else await service.exited;
    };
    const human = await world.deliver(ofHuman, agent('a human', { author: { kind: 'agent' } }), agent('goes on'));
    const automatic = await world.deliver(ofBot, bot('a bot'), bot('goes on'));
    await service.exited;
    world.graph.onTaken = () => undefined;
    await world.replica('heir');
    await sent([...human, automatic[1]!]);
    expect(world.graph.textsOf(ofHuman.userId)).toEqual(['a human', 'a human', expect.stringContaining('goes on')]);
    expect(world.graph.textsOf(ofBot.userId)).toEqual(['a bot', 'goes on']);
    expect(world.statusesOf(automatic[0]!)).toEqual(['failed']);
  }, 60_000);

  it('lines that break again and again, two replicas, late echoes: each word is read once, in order', async () => {
    await Promise.all([world.replica('here', { MESSENGER_ECHO_SECONDS: '10' }), world.replica('there', { MESSENGER_ECHO_SECONDS: '10' })]);
    const people = await Promise.all(Array.from({ length: 5 }, () => someone()));
    let calls = 0;
    world.graph.fault = ({ body }) => (body.message && calls++ % 3 === 1 ? 'cut-after-taking' : undefined);
    const late: Promise<unknown>[] = [];
    world.graph.onTaken = (taken) => {
      late.push(new Promise((resolve) => setTimeout(resolve, 300)).then(() => world.echo(taken)));
    };
    const ids: string[] = [];
    for (let n = 1; n <= 5; n++) {
      await Promise.all(people.map(async (person) => ids.push(...(await world.deliver(person, bot(`bot ${n}`), agent(`agent ${n}`))))));
    }
    await sent(ids);
    await Promise.all(late);
    const said = Array.from({ length: 5 }, (_, i) => [`bot ${i + 1}`, `agent ${i + 1}`]).flat();
    for (const person of people) expect(world.graph.textsOf(person.userId)).toEqual(said);
    for (const id of ids) expect(world.statusesOf(id)).toEqual(['sent']);
  }, 60_000);

  it('a page that works again by itself is noticed by a try now and then', async () => {
    await world.replica('here');
    const person = await someone();
    let isForbidden = true;
    world.graph.fault = ({ body }) => (body.message && isForbidden ? { error: { code: 200 } } : undefined);
    const ids = await world.deliver(person, agent('one'), bot('two'));
    await eventually(() => world.graph.calls.some(({ body }) => body.message));
    expect(world.graph.takenBy(person.userId)).toEqual([]);
    isForbidden = false;
    await sent(ids);
    expect(world.graph.textsOf(person.userId)).toEqual(['one', 'two']);
  }, 40_000);

  it('what is said on a page that no settings know waits for them, and what is written there is not lost', async () => {
    await world.disconnect();
    await world.replica('here');
    const person = await someone();
    const ids = await world.deliver(person, bot('one'), agent('two'));
    await world.writes(person, 'Anybody there?');
    await eventually(() => world.heardFrom(person).length === 2);
    expect(world.graph.takenBy(person.userId)).toEqual([]);
    await world.connect();
    await sent(ids);
    expect(world.graph.textsOf(person.userId)).toEqual(['one', 'two']);
  }, 40_000);
});
