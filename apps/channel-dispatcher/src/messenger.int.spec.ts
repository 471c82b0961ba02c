import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource } from '@baton/persistence';
import { eventually } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { entities, SCHEMA } from './database/index.js';
import { agent, bot, floor, INBOX_APP, MessengerHouse } from './testing/messenger-house.js';
import type { Person } from './testing/messenger-house.js';

const HOUR_MS = 3_600_000;

describe('Messenger, both ways', () => {
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
    world.graph.onTaken = () => undefined;
  });
  afterAll(async () => {
    await database.destroy();
    await world.demolish();
  }, 30_000);

  /** Somebody who has just written, so that he may be written to. */
  async function someone({ hoursAgo = 0 } = {}): Promise<Person> {
    const person = world.person();
    await world.writes(person, 'Hello', { timestamp: Date.now() - hoursAgo * HOUR_MS });
    await eventually(() => world.heardFrom(person).length === 1, { what: 'his first words' });
    return person;
  }

  const becomes = (messageId: string, status: string): Promise<unknown> =>
    eventually(() => world.statusesOf(messageId).includes(status), {
      what: `a message becoming ${status} (it is ${world.statusesOf(messageId).join(', ')})`,
      within: 20_000,
    });

  describe('in', () => {
    it('what a person writes is heard once, however often Meta tells it', async () => {
      const person = world.person();
      const said = { timestamp: Date.now() - 5_000, message: { mid: 'm_once', text: 'Where is my parcel?' } };
      await world.hooks(
        person,
        Array.from({ length: 25 }, () => said),
      );
      await world.hooks(person, [...Array.from({ length: 25 }, () => said), { message: { mid: 'm_then', text: 'Hello?' } }]);
      await eventually(() => world.heardFrom(person).length >= 2, { what: 'his words being heard' });
      expect(world.heardFrom(person)).toMatchObject([
        { body: { type: 'text', text: 'Where is my parcel?' }, seq: 1, channel: 'messenger', at: new Date(said.timestamp).toISOString() },
        { body: { type: 'text', text: 'Hello?' }, seq: 2 },
      ]);
    });

    it('what came out of order is put into the order in which he said it', async () => {
      const person = world.person();
      const at = (seconds: number) => ({ timestamp: Date.now() - 60_000 + seconds * 1_000 });
      await world.hooks(person, [
        { ...at(3), message: { mid: 'm_3', text: 'three' } },
        { ...at(1), message: { mid: 'm_1', text: 'one' } },
        { ...at(2), message: { mid: 'm_2', text: 'two', quick_reply: { payload: 'TWO' } } },
      ]);
      await eventually(() => world.heardFrom(person).length === 3);
      expect(world.heardFrom(person).map(({ body }) => body)).toEqual([
        { type: 'text', text: 'one' },
        { type: 'text', text: 'two', payload: 'TWO' },
        { type: 'text', text: 'three' },
      ]);
    });

    it('a picture gets an address of ours', async () => {
      const person = world.person();
      const attachments = [{ type: 'image', payload: { url: 'https://scontent.example/v/parcel.png?oh=1' } }];
      await world.hooks(person, [{ message: { mid: 'm_picture', text: 'look', attachments } }]);
      await eventually(() => world.heardFrom(person).length === 2);
      expect(world.heardFrom(person).map(({ body }) => body)).toMatchObject([
        { type: 'text', text: 'look' },
        { type: 'file', url: expect.stringMatching(/^https:\/\/chat\.example\/v1\/files\//), contentType: 'image/png' },
      ]);
    });

    it('what somebody else answered as the page is told once, and our own words never are', async () => {
      const person = await someone();
      world.echoes();
      const [ours] = await world.deliver(person, bot('We are on it.'));
      await becomes(ours!, 'sent');
      const foreign = { message: { mid: 'm_inbox', is_echo: true, app_id: Number(INBOX_APP), text: 'Your parcel is here.' } };
      await world.hooks(person, [foreign, foreign]);
      await world.hooks(person, [foreign, { message: { mid: 'm_after', text: 'Thanks' } }]);
      await eventually(() => world.heardFrom(person).length === 2);
      expect(world.elsewhereOf(person)).toMatchObject([
        { body: { type: 'text', text: 'Your parcel is here.' }, by: INBOX_APP, address: person.address },
      ]);
    });

    it('while another app has the thread his words are written down, and go to nobody but an agent', async () => {
      const person = await someone();
      const lines = (count: number): Promise<unknown> =>
        eventually(
          async () => {
            const rows = await database.query('SELECT 1 FROM log WHERE conversation_id = $1', [person.conversationId]);
            return rows.length === count;
          },
          { what: `${count} lines in his log` },
        );
      await world.hooks(person, [{ message: { mid: 'm_standby', text: 'to the inbox' } }], { standby: true });
      await lines(2);
      await world.deliver(person, floor('agent', 1));
      await lines(3);
      await world.writes(person, 'again ours');
      await lines(4);
      await world.hooks(person, [{ message: { mid: 'm_standby_2', text: 'to Mia' } }], { standby: true });
      await eventually(() => world.heardFrom(person).length === 3);
      expect(world.heardFrom(person).map(({ seq, body }) => [seq, (body as { text: string }).text])).toEqual([
        [1, 'Hello'],
        [4, 'again ours'],
        [5, 'to Mia'],
      ]);
    });

    it('he sees that the bot read him and writes, and that an agent writes', async () => {
      const person = await someone();
      await eventually(() => world.graph.signsOf(person.userId).length === 2);
      expect(world.graph.signsOf(person.userId)).toEqual(['mark_seen', 'typing_on']);
      await world.deliver(person, { type: 'delivery.typing', data: { author: { kind: 'agent', name: 'Mia' }, typing: false } });
      await eventually(() => world.graph.signsOf(person.userId).at(-1) === 'typing_off');
    });

    it('while the bot may be silent because somebody else answered, he sees that he was read, and nobody write', async () => {
      const person = world.person();
      await world.hooks(person, [
        { message: { mid: 'm_mia', is_echo: true, app_id: Number(INBOX_APP), text: 'I look into it.' } },
        { message: { mid: 'm_thanks', text: 'Thanks' } },
      ]);
      await eventually(() => world.graph.signsOf(person.userId).length === 1);
      await world.writes(person, 'And?');
      await eventually(() => world.graph.signsOf(person.userId).length === 2);
      expect(world.graph.signsOf(person.userId)).toEqual(['mark_seen', 'mark_seen']);
    });
  });

  describe('out', () => {
    it('bot and agent speak in their order, each as himself, and each message is told as sent', async () => {
      const person = await someone();
      const [first, second] = await world.deliver(person, bot('On its way.'), agent('I am Mia.'));
      await becomes(second!, 'sent');
      expect(world.statusesOf(first!)).toEqual(['sent']);
      expect(world.graph.textsOf(person.userId)).toEqual(['On its way.', 'I am Mia.']);
      const [fromBot, fromAgent] = world.graph.takenBy(person.userId);
      expect(fromBot!.body).toMatchObject({ messaging_type: 'RESPONSE', message: { metadata: `baton:${first}:0` } });
      expect(fromBot!.body.persona_id).toBeUndefined();
      expect(fromAgent!.body.persona_id).toMatch(/^7\d{3}$/);
      const personas = world.graph.calls.filter(({ path }) => path.endsWith('/personas')).length;
      await becomes((await world.deliver(person, agent('Once more.')))[0]!, 'sent');
      expect(world.graph.calls.filter(({ path }) => path.endsWith('/personas'))).toHaveLength(personas);
    });

    it('four thousand bytes come in parts, in order, before what follows, and are sent when the last one is', async () => {
      const person = await someone();
      const long = Array.from({ length: 80 }, (_, i) => `Sentence number ${i} has an ü and a 👋 in it.`).join(' ');
      const [message, next] = await world.deliver(person, agent(long), agent('Next.'));
      await becomes(next!, 'sent');
      const texts = world.graph.textsOf(person.userId);
      expect(texts.length).toBeGreaterThan(2);
      expect(texts.slice(0, -1).join(' ')).toBe(long);
      expect(texts.every((text) => text.length < 2_000)).toBe(true);
      expect(world.statusesOf(message!)).toEqual(['sent']);
    });

    it('receipts of Meta move what was sent before, and nothing else, and only forward', async () => {
      const person = await someone();
      world.echoes();
      const [first] = await world.deliver(person, agent('one'));
      await becomes(first!, 'sent');
      const watermark = world.graph.takenBy(person.userId)[0]!.at;
      const [second] = await world.deliver(person, agent('two'));
      await becomes(second!, 'sent');
      await world.hooks(person, [{ read: { watermark } }, { delivery: { watermark } }]);
      await becomes(first!, 'seen');
      await world.hooks(person, [{ delivery: { watermark: watermark - 10, mids: [world.graph.takenBy(person.userId)[1]!.mid] } }]);
      await becomes(second!, 'delivered');
      expect(world.statusesOf(first!)).toEqual(['sent', 'seen']);
      expect(world.statusesOf(second!)).toEqual(['sent', 'delivered']);
    });

    it('receipts that come before the answer to the send count, too', async () => {
      const person = await someone();
      world.graph.onTaken = async (taken) => {
        await world.echo(taken);
        await world.hooks(person, [{ read: { watermark: taken.at } }]);
        await eventually(() => world.statusesOf(first!).includes('seen'), { what: 'it being seen before its answer came' });
      };
      const sending = agent('quick');
      const first = sending.data.messageId;
      await world.deliver(person, sending);
      await becomes(first, 'seen');
      const [next] = await world.deliver(person, bot('after it'));
      world.graph.onTaken = () => undefined;
      await becomes(next!, 'sent');
      expect(world.graph.textsOf(person.userId)).toEqual(['quick', 'after it']);
    });

    it('a file that Meta cannot take goes as its address', async () => {
      const person = await someone();
      world.graph.fault = ({ body }) => (body.message?.attachment ? { error: { code: 100, error_subcode: 2018008 } } : undefined);
      const file = { type: 'file', name: 'invoice.pdf', url: 'https://files.example/invoice.pdf', contentType: 'application/pdf' };
      const [message] = await world.deliver(person, bot('', { body: file }));
      await becomes(message!, 'sent');
      expect(world.graph.textsOf(person.userId)).toEqual([expect.stringContaining('https://files.example/invoice.pdf')]);
    });

    it('where personas are refused, the name stands before the words', async () => {
      const person = await someone();
      world.graph.fault = ({ path }) => (path.endsWith('/personas') ? { error: { code: 200 }, status: 403 } : undefined);
      const author = { kind: 'agent', name: 'Noor', avatar: 'https://img.example/noor.png' };
      const [message] = await world.deliver(person, agent('Good evening.', { author }));
      await becomes(message!, 'sent');
      expect(world.graph.textsOf(person.userId)).toEqual(['Noor: Good evening.']);
    });

    it('an agent’s file says whose it is: by his persona, else by words before it, and keeps its place', async () => {
      const person = await someone();
      const url = 'https://files.example/invoice.pdf';
      const file = { type: 'file', name: 'invoice.pdf', url, contentType: 'application/pdf' };
      const [, shown] = await world.deliver(person, agent('Here it is:'), agent('', { body: file }));
      await becomes(shown!, 'sent');
      expect(world.graph.textsOf(person.userId)).toEqual(['Here it is:', url]);
      expect(world.graph.takenBy(person.userId).map(({ body }) => body.persona_id)).toEqual([expect.any(String), expect.any(String)]);
      world.graph.fault = ({ path }) => (path.endsWith('/personas') ? { error: { code: 200 }, status: 403 } : undefined);
      const author = { kind: 'agent', name: 'Ida', avatar: 'https://img.example/ida.png' };
      const [named, then] = await world.deliver(person, agent('', { author, body: file }), agent('Please pay it.', { author }));
      await becomes(then!, 'sent');
      expect(world.graph.textsOf(person.userId).slice(2)).toEqual(['Ida: invoice.pdf', url, 'Ida: Please pay it.']);
      expect([world.statusesOf(shown!), world.statusesOf(named!)]).toEqual([['sent'], ['sent']]);
    });

    it('a persona that Meta has forgotten costs only its picture', async () => {
      const person = await someone();
      world.graph.fault = ({ body }) => (body.message && body.persona_id ? { error: { code: 100 } } : undefined);
      const [message] = await world.deliver(person, agent('Still here.', { author: { kind: 'agent', name: 'Lou' } }));
      await becomes(message!, 'sent');
      expect(world.graph.textsOf(person.userId)).toEqual(['Lou: Still here.']);
    });
  });

  describe('what cannot be brought', () => {
    it('a person who blocked the page: told once, the rest of the message is not tried, what follows is', async () => {
      const person = await someone();
      world.graph.fault = ({ body }) => (body.message ? { error: { code: 551, error_subcode: 1545041 } } : undefined);
      const [long] = await world.deliver(person, agent('A sentence of some length is here. '.repeat(150)));
      await becomes(long!, 'failed');
      world.graph.fault = () => undefined;
      const [next] = await world.deliver(person, agent('Are you back?'));
      await becomes(next!, 'sent');
      expect(world.statusesOf(long!)).toEqual(['failed']);
      expect(world.failureOf(long!)).toEqual({ reason: 'messenger.blocked', failure: 'blocked' });
      expect(world.graph.textsOf(person.userId)).toEqual(['Are you back?']);
    });

    it('people of whom Meta says that they are not there for the moment: nobody else waits, and in the end they are told as blocked', async () => {
      const [well, ...away] = await Promise.all(Array.from({ length: 7 }, () => someone()));
      const ids = new Set(away.map(({ userId }) => userId));
      world.graph.fault = ({ body }) => (body.message && ids.has(body.recipient?.id ?? '') ? { error: { code: 2 } } : undefined);
      const messages = await Promise.all(away.map(async (person) => (await world.deliver(person, agent('Hello?')))[0]!));
      const counted = (): Promise<unknown[]> =>
        database.query(`SELECT 1 FROM messenger_parts WHERE message_id = ANY($1::uuid[]) AND unavailable > 0`, [messages]);
      await eventually(async () => (await counted()).length === away.length, { what: 'one answer for each' });
      const [next] = await world.deliver(well!, agent('And you?'));
      await eventually(() => world.statusesOf(next!).includes('sent'), { what: 'the other being answered', within: 4_000 });
      expect(messages.flatMap((id) => world.statusesOf(id))).toEqual([]);
      await database.query(`UPDATE messenger_parts SET unavailable = 4 WHERE message_id = $1`, [messages[0]]);
      await becomes(messages[0]!, 'failed');
      expect(world.failureOf(messages[0]!)).toEqual({ reason: 'messenger.perhaps-blocked', failure: 'blocked' });
      world.graph.fault = () => undefined;
      await Promise.all(messages.slice(1).map((id) => becomes(id, 'sent')));
    }, 40_000);

    it('after a day nobody may write, unless Meta approved of humans', async () => {
      const person = await someone({ hoursAgo: 25 });
      const [fromBot, fromAgent] = await world.deliver(person, bot('late'), agent('late, too'));
      await becomes(fromAgent!, 'failed');
      for (const id of [fromBot!, fromAgent!]) {
        expect(world.failureOf(id)).toEqual({ reason: 'messenger.window-closed', failure: 'window-closed' });
      }
      await world.connect({ humanAgent: true });
      await eventually(async () => {
        const [again] = await world.deliver(person, agent('as a human'));
        await eventually(() => world.statusesOf(again!).length > 0);
        return world.statusesOf(again!).includes('sent');
      });
      const [later] = await world.deliver(person, bot('never as a bot'));
      await becomes(later!, 'failed');
      expect(world.graph.takenBy(person.userId).map(({ body }) => [body.messaging_type, body.tag])).toEqual([
        ['MESSAGE_TAG', 'HUMAN_AGENT'],
      ]);
      await world.writes(person, 'I am back');
      await eventually(() => world.heardFrom(person).length === 2);
      const [answer] = await world.deliver(person, bot('Welcome back'));
      await becomes(answer!, 'sent');
      await world.connect();
    });

    it('too many calls: the page rests for as long as Meta says, and nothing is lost', async () => {
      const person = await someone();
      let refusals = 0;
      world.graph.fault = ({ body }) => (body.message && refusals++ === 0 ? { error: { code: 613 }, status: 429 } : undefined);
      const [message] = await world.deliver(person, agent('patience'));
      await becomes(message!, 'sent');
      expect(refusals).toBe(2);
      expect(world.statusesOf(message!)).toEqual(['sent']);
    }, 30_000);
  });

  describe('in doubt', () => {
    it('the line breaks after Meta took it, and the echo proves it: sent once', async () => {
      const person = await someone();
      world.echoes();
      let cuts = 0;
      world.graph.fault = ({ body }) => (body.message && cuts++ === 0 ? 'cut-after-taking' : undefined);
      const [message, next] = await world.deliver(person, bot('only once'), bot('next'));
      await becomes(next!, 'sent');
      expect(world.statusesOf(message!)).toEqual(['sent']);
      expect(world.graph.textsOf(person.userId)).toEqual(['only once', 'next']);
    });

    it('without an echo a human is heard twice rather than never', async () => {
      const person = await someone();
      let cuts = 0;
      world.graph.fault = ({ body }) => (body.message && cuts++ === 0 ? 'cut-after-taking' : undefined);
      const [message] = await world.deliver(person, agent('Did you get this?'));
      await becomes(message!, 'sent');
      expect(world.graph.textsOf(person.userId)).toEqual(['Did you get this?', 'Did you get this?']);
    }, 20_000);

    it('without an echo a bot is heard once or never, and an echo that comes too late still tells the truth', async () => {
      const person = await someone();
      world.graph.fault = ({ body }) => (body.message ? 'cut-after-taking' : undefined);
      const [message] = await world.deliver(person, bot('perhaps'));
      await becomes(message!, 'failed');
      expect(world.failureOf(message!)).toEqual({ reason: 'messenger.in-doubt', failure: 'temporary' });
      expect(world.graph.textsOf(person.userId)).toEqual(['perhaps']);
      await world.echo(world.graph.takenBy(person.userId)[0]!);
      await becomes(message!, 'sent');
      expect(world.statusesOf(message!)).toEqual(['failed', 'sent']);
    }, 20_000);
  });

  describe('second thoughts', () => {
    it('what was sent is corrected by further words, and cannot be taken back', async () => {
      const person = await someone();
      const [message] = await world.deliver(person, agent('Tomorow'));
      await becomes(message!, 'sent');
      const body = { type: 'text', text: 'Tomorrow' };
      await world.deliver(person, { type: 'delivery.edit', data: { epoch: 0, messageId: message, body } });
      await eventually(() => world.graph.textsOf(person.userId).length === 2);
      await world.deliver(person, { type: 'delivery.removal', data: { epoch: 0, messageId: message } });
      await becomes(message!, 'failed');
      expect(world.graph.textsOf(person.userId)).toEqual(['Tomorow', 'Correction: Tomorrow']);
      expect(world.failureOf(message!)).toEqual({ reason: 'messenger.cannot-remove', failure: 'unsupported' });
    });
  });

  describe('second thoughts after so long that nothing is kept but the log', () => {
    /** An agent's words, sent long ago, of which only the log knows. */
    async function longAgo(): Promise<{ person: Person; messageId: string }> {
      const person = await someone();
      const [messageId] = await world.deliver(person, agent('Tomorow'));
      await becomes(messageId!, 'sent');
      await database.query(`DELETE FROM effects WHERE lane = $1`, [person.conversationId]);
      for (const table of ['messages', 'parts']) await database.query(`DELETE FROM messenger_${table} WHERE message_id = $1`, [messageId]);
      return { person, messageId: messageId! };
    }

    it('what was sent is corrected all the same', async () => {
      const { person, messageId } = await longAgo();
      const body = { type: 'text', text: 'Tomorrow' };
      await world.deliver(person, { type: 'delivery.edit', data: { epoch: 0, messageId, body } });
      await eventually(() => world.graph.textsOf(person.userId).length === 2, { what: 'the correction' });
      expect(world.graph.textsOf(person.userId)).toEqual(['Tomorow', 'Correction: Tomorrow']);
    });

    it('it is told that it cannot be taken back', async () => {
      const { person, messageId } = await longAgo();
      await world.deliver(person, { type: 'delivery.removal', data: { epoch: 0, messageId } });
      await becomes(messageId, 'failed');
      expect(world.failureOf(messageId)).toEqual({ reason: 'messenger.cannot-remove', failure: 'unsupported' });
    });
  });

  describe('a page whose token is dead', () => {
    it('waits with everything, is not called but for a try now and then, and goes on in order when it has a new token', async () => {
      const person = await someone();
      world.graph.token = 'new-token';
      const [first, changed, removed, stale] = await world.deliver(
        person,
        agent('one'),
        agent('twoo'),
        agent('never mind'),
        bot('I can help'),
      );
      await eventually(() => world.graph.calls.some(({ token, body }) => token === 'page-token' && body.message), {
        what: 'the dead token being found out',
      });
      await eventually(() => world.failureOf(changed!)?.failure === 'token-dead', { what: 'it being told that they wait' });
      expect(world.failureOf(first!)).toEqual({ reason: 'messenger.token-dead', failure: 'token-dead' });
      const body = { type: 'text', text: 'two' };
      await world.deliver(
        person,
        { type: 'delivery.edit', data: { epoch: 0, messageId: changed, body } },
        { type: 'delivery.removal', data: { epoch: 0, messageId: removed } },
      );
      await becomes(removed!, 'superseded');
      await world.deliver(person, floor('agent', 1), agent('three', { epoch: 1 }));
      await database.query(`UPDATE messenger_messages SET planned_at = planned_at - interval '11 seconds' WHERE message_id = $1`, [stale]);
      await world.connect({}, 'new-token');
      await becomes(stale!, 'superseded');
      await eventually(() => world.graph.textsOf(person.userId).at(-1) === 'three');
      expect(world.graph.textsOf(person.userId)).toEqual(['one', 'two', 'three']);
      expect(world.statusesOf(first!)).toEqual(['failed', 'sent']);
      const inVain = world.graph.calls.filter(
        ({ token, body: { message } }) => message && token === 'page-token' && message.text === 'one',
      );
      expect(inVain.length).toBeLessThan(5);
    }, 40_000);
  });
});
