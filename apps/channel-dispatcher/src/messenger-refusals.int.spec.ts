import { describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { agent, bot, floor } from './testing/messenger-house.js';
import { MessengerStage } from './testing/messenger-stage.js';

describe('Messenger, where something cannot be brought', () => {
  const stage = MessengerStage.forTests();

  describe('what cannot be brought', () => {
    it('a person who blocked the page: told once, the rest of the message is not tried, what follows is', async () => {
      const person = await stage.someone();
      stage.world.graph.fault = ({ body }) => (body.message ? { error: { code: 551, error_subcode: 1545041 } } : undefined);
      const [long] = await stage.world.deliver(person, agent('A sentence of some length is here. '.repeat(150)));
      await stage.becomes(long!, 'failed');
      stage.world.graph.fault = () => undefined;
      const [next] = await stage.world.deliver(person, agent('Are you back?'));
      await stage.becomes(next!, 'sent');
      expect(stage.world.statusesOf(long!)).toEqual(['failed']);
      expect(stage.world.failureOf(long!)).toEqual({ reason: 'messenger.blocked', failure: 'blocked' });
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['Are you back?']);
    });

    it('people of whom Meta says that they are not there for the moment: nobody else waits, and in the end they are told as blocked', async () => {
      const [well, ...away] = await Promise.all(Array.from({ length: 7 }, () => stage.someone()));
      const ids = new Set(away.map(({ userId }) => userId));
      stage.world.graph.fault = ({ body }) => (body.message && ids.has(body.recipient?.id ?? '') ? { error: { code: 2 } } : undefined);
      const messages = await Promise.all(away.map(async (person) => (await stage.world.deliver(person, agent('Hello?')))[0]!));
      const counted = (): Promise<unknown[]> =>
        stage.database.query(`SELECT 1 FROM messenger_parts WHERE message_id = ANY($1::uuid[]) AND unavailable > 0`, [messages]);
      await eventually(async () => (await counted()).length === away.length, { what: 'one answer for each' });
      const [next] = await stage.world.deliver(well!, agent('And you?'));
      await eventually(() => stage.world.statusesOf(next!).includes('sent'), { what: 'the other being answered', within: 4_000 });
      expect(messages.flatMap((id) => stage.world.statusesOf(id))).toEqual([]);
      await stage.database.query(`UPDATE messenger_parts SET unavailable = 4 WHERE message_id = $1`, [messages[0]]);
      await stage.becomes(messages[0]!, 'failed');
      expect(stage.world.failureOf(messages[0]!)).toEqual({ reason: 'messenger.perhaps-blocked', failure: 'blocked' });
      stage.world.graph.fault = () => undefined;
      await Promise.all(messages.slice(1).map((id) => stage.becomes(id, 'sent')));
    }, 40_000);

    it('after a day nobody may write, unless Meta approved of humans', async () => {
      const person = await stage.someone({ hoursAgo: 25 });
      const [fromBot, fromAgent] = await stage.world.deliver(person, bot('late'), agent('late, too'));
      await stage.becomes(fromAgent!, 'failed');
      for (const id of [fromBot!, fromAgent!]) {
        expect(stage.world.failureOf(id)).toEqual({ reason: 'messenger.window-closed', failure: 'window-closed' });
      }
      await stage.world.connect({ humanAgent: true });
      await eventually(async () => {
        const [again] = await stage.world.deliver(person, agent('as a human'));
        await eventually(() => stage.world.statusesOf(again!).length > 0);
        return stage.world.statusesOf(again!).includes('sent');
      });
      const [later] = await stage.world.deliver(person, bot('never as a bot'));
      await stage.becomes(later!, 'failed');
      expect(stage.world.graph.takenBy(person.userId).map(({ body }) => [body.messaging_type, body.tag])).toEqual([
        ['MESSAGE_TAG', 'HUMAN_AGENT'],
      ]);
      await stage.world.writes(person, 'I am back');
      await eventually(() => stage.world.heardFrom(person).length === 2);
      const [answer] = await stage.world.deliver(person, bot('Welcome back'));
      await stage.becomes(answer!, 'sent');
      await stage.world.connect();
    });

    it('too many calls: the page rests for as long as Meta says, and nothing is lost', async () => {
      const person = await stage.someone();
      let refusals = 0;
      stage.world.graph.fault = ({ body }) => (body.message && refusals++ === 0 ? { error: { code: 613 }, status: 429 } : undefined);
      const [message] = await stage.world.deliver(person, agent('patience'));
      await stage.becomes(message!, 'sent');
      expect(refusals).toBe(2);
      expect(stage.world.statusesOf(message!)).toEqual(['sent']);
    }, 30_000);
  });

  describe('in doubt', () => {
    it('the line breaks after Meta took it, and the echo proves it: sent once', async () => {
      const person = await stage.someone();
      stage.world.echoes();
      let cuts = 0;
      stage.world.graph.fault = ({ body }) => (body.message && cuts++ === 0 ? 'cut-after-taking' : undefined);
      const [message, next] = await stage.world.deliver(person, bot('only once'), bot('next'));
      await stage.becomes(next!, 'sent');
      expect(stage.world.statusesOf(message!)).toEqual(['sent']);
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['only once', 'next']);
    });

    it('without an echo a human is heard twice rather than never', async () => {
      const person = await stage.someone();
      let cuts = 0;
      stage.world.graph.fault = ({ body }) => (body.message && cuts++ === 0 ? 'cut-after-taking' : undefined);
      const [message] = await stage.world.deliver(person, agent('Did you get this?'));
      await stage.becomes(message!, 'sent');
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['Did you get this?', 'Did you get this?']);
    }, 20_000);

    it('without an echo a bot is heard once or never, and an echo that comes too late still tells the truth', async () => {
      const person = await stage.someone();
      stage.world.graph.fault = ({ body }) => (body.message ? 'cut-after-taking' : undefined);
      const [message] = await stage.world.deliver(person, bot('perhaps'));
      await stage.becomes(message!, 'failed');
      expect(stage.world.failureOf(message!)).toEqual({ reason: 'messenger.in-doubt', failure: 'temporary' });
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['perhaps']);
      await stage.world.echo(stage.world.graph.takenBy(person.userId)[0]!);
      await stage.becomes(message!, 'sent');
      expect(stage.world.statusesOf(message!)).toEqual(['failed', 'sent']);
    }, 20_000);
  });

  describe('a page whose token is dead', () => {
    it('waits with everything, is not called but for a try now and then, and goes on in order when it has a new token', async () => {
      const person = await stage.someone();
      stage.world.graph.token = 'new-token';
      const [first, changed, removed, stale] = await stage.world.deliver(
        person,
        agent('one'),
        agent('twoo'),
        agent('never mind'),
        bot('I can help'),
      );
      await eventually(() => stage.world.graph.calls.some(({ token, body }) => token === 'page-token' && body.message), {
        what: 'the dead token being found out',
      });
      await eventually(() => stage.world.failureOf(changed!)?.failure === 'token-dead', { what: 'it being told that they wait' });
      expect(stage.world.failureOf(first!)).toEqual({ reason: 'messenger.token-dead', failure: 'token-dead' });
      const body = { type: 'text', text: 'two' };
      await stage.world.deliver(
        person,
        { type: 'delivery.edit', data: { epoch: 0, messageId: changed, body } },
        { type: 'delivery.removal', data: { epoch: 0, messageId: removed } },
      );
      await stage.becomes(removed!, 'superseded');
      await stage.world.deliver(person, floor('agent', 1), agent('three', { epoch: 1 }));
      await stage.database.query(`UPDATE messenger_messages SET planned_at = planned_at - interval '11 seconds' WHERE message_id = $1`, [
        stale,
      ]);
      await stage.world.connect({}, 'new-token');
      await stage.becomes(stale!, 'superseded');
      await eventually(() => stage.world.graph.textsOf(person.userId).at(-1) === 'three');
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['one', 'two', 'three']);
      expect(stage.world.statusesOf(first!)).toEqual(['failed', 'sent']);
      const inVain = stage.world.graph.calls.filter(
        ({ token, body: { message } }) => message && token === 'page-token' && message.text === 'one',
      );
      expect(inVain.length).toBeLessThan(5);
    }, 40_000);
  });
});
