import { describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { agent, bot } from './testing/messenger-house.js';
import type { Person } from './testing/messenger-house.js';
import { MessengerStage } from './testing/messenger-stage.js';

describe('Messenger, outward', () => {
  const stage = MessengerStage.forTests();

  describe('out', () => {
    it('bot and agent speak in their order, each as himself, and each message is told as sent', async () => {
      const person = await stage.someone();
      const [first, second] = await stage.world.deliver(person, bot('On its way.'), agent('I am Mia.'));
      await stage.becomes(second!, 'sent');
      expect(stage.world.statusesOf(first!)).toEqual(['sent']);
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['On its way.', 'I am Mia.']);
      const [fromBot, fromAgent] = stage.world.graph.takenBy(person.userId);
      expect(fromBot!.body).toMatchObject({ messaging_type: 'RESPONSE', message: { metadata: `baton:${first}:0` } });
      expect(fromBot!.body.persona_id).toBeUndefined();
      expect(fromAgent!.body.persona_id).toMatch(/^7\d{3}$/);
      const personas = stage.world.graph.calls.filter(({ path }) => path.endsWith('/personas')).length;
      await stage.becomes((await stage.world.deliver(person, agent('Once more.')))[0]!, 'sent');
      expect(stage.world.graph.calls.filter(({ path }) => path.endsWith('/personas'))).toHaveLength(personas);
    });

    it('four thousand bytes come in parts, in order, before what follows, and are sent when the last one is', async () => {
      const person = await stage.someone();
      const long = Array.from({ length: 80 }, (_, i) => `Sentence number ${i} has an ü and a 👋 in it.`).join(' ');
      const [message, next] = await stage.world.deliver(person, agent(long), agent('Next.'));
      await stage.becomes(next!, 'sent');
      const texts = stage.world.graph.textsOf(person.userId);
      expect(texts.length).toBeGreaterThan(2);
      expect(texts.slice(0, -1).join(' ')).toBe(long);
      expect(texts.every((text) => text.length < 2_000)).toBe(true);
      expect(stage.world.statusesOf(message!)).toEqual(['sent']);
    });

    it('receipts of Meta move what was sent before, and nothing else, and only forward', async () => {
      const person = await stage.someone();
      stage.world.echoes();
      const [first] = await stage.world.deliver(person, agent('one'));
      await stage.becomes(first!, 'sent');
      const watermark = stage.world.graph.takenBy(person.userId)[0]!.at;
      const [second] = await stage.world.deliver(person, agent('two'));
      await stage.becomes(second!, 'sent');
      await stage.world.hooks(person, [{ read: { watermark } }, { delivery: { watermark } }]);
      await stage.becomes(first!, 'seen');
      await stage.world.hooks(person, [
        { delivery: { watermark: watermark - 10, mids: [stage.world.graph.takenBy(person.userId)[1]!.mid] } },
      ]);
      await stage.becomes(second!, 'delivered');
      expect(stage.world.statusesOf(first!)).toEqual(['sent', 'seen']);
      expect(stage.world.statusesOf(second!)).toEqual(['sent', 'delivered']);
    });

    it('receipts that come before the answer to the send count, too', async () => {
      const person = await stage.someone();
      stage.world.graph.onTaken = async (taken) => {
        await stage.world.echo(taken);
        await stage.world.hooks(person, [{ read: { watermark: taken.at } }]);
        await eventually(() => stage.world.statusesOf(first!).includes('seen'), { what: 'it being seen before its answer came' });
      };
      const sending = agent('quick');
      const first = sending.data.messageId;
      await stage.world.deliver(person, sending);
      await stage.becomes(first, 'seen');
      const [next] = await stage.world.deliver(person, bot('after it'));
      stage.world.graph.onTaken = () => undefined;
      await stage.becomes(next!, 'sent');
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['quick', 'after it']);
    });

    it('a file that Meta cannot take goes as its address', async () => {
      const person = await stage.someone();
      stage.world.graph.fault = ({ body }) => (body.message?.attachment ? { error: { code: 100, error_subcode: 2018008 } } : undefined);
      const file = { type: 'file', name: 'invoice.pdf', url: 'https://files.example/invoice.pdf', contentType: 'application/pdf' };
      const [message] = await stage.world.deliver(person, bot('', { body: file }));
      await stage.becomes(message!, 'sent');
      expect(stage.world.graph.textsOf(person.userId)).toEqual([expect.stringContaining('https://files.example/invoice.pdf')]);
    });

    it('where personas are refused, the name stands before the words', async () => {
      const person = await stage.someone();
      stage.world.graph.fault = ({ path }) => (path.endsWith('/personas') ? { error: { code: 200 }, status: 403 } : undefined);
      const author = { kind: 'agent', name: 'Noor', avatar: 'https://img.example/noor.png' };
      const [message] = await stage.world.deliver(person, agent('Good evening.', { author }));
      await stage.becomes(message!, 'sent');
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['Noor: Good evening.']);
    });

    it('an agent’s file says whose it is: by his persona, else by words before it, and keeps its place', async () => {
      const person = await stage.someone();
      const url = 'https://files.example/invoice.pdf';
      const file = { type: 'file', name: 'invoice.pdf', url, contentType: 'application/pdf' };
      const [, shown] = await stage.world.deliver(person, agent('Here it is:'), agent('', { body: file }));
      await stage.becomes(shown!, 'sent');
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['Here it is:', url]);
      expect(stage.world.graph.takenBy(person.userId).map(({ body }) => body.persona_id)).toEqual([expect.any(String), expect.any(String)]);
      stage.world.graph.fault = ({ path }) => (path.endsWith('/personas') ? { error: { code: 200 }, status: 403 } : undefined);
      const author = { kind: 'agent', name: 'Ida', avatar: 'https://img.example/ida.png' };
      const [named, then] = await stage.world.deliver(person, agent('', { author, body: file }), agent('Please pay it.', { author }));
      await stage.becomes(then!, 'sent');
      expect(stage.world.graph.textsOf(person.userId).slice(2)).toEqual(['Ida: invoice.pdf', url, 'Ida: Please pay it.']);
      expect([stage.world.statusesOf(shown!), stage.world.statusesOf(named!)]).toEqual([['sent'], ['sent']]);
    });

    it('a persona that Meta has forgotten is made anew, and costs nothing', async () => {
      const person = await stage.someone();
      const author = { kind: 'agent', name: 'Mo', avatar: 'https://img.example/mo.png' };
      const [first] = await stage.world.deliver(person, agent('Hello.', { author }));
      await stage.becomes(first!, 'sent');
      const idsUsed = () => stage.world.graph.takenBy(person.userId).map(({ body }) => body.persona_id);
      const [forgotten] = idsUsed();
      stage.world.graph.fault = ({ body }) => (body.message && body.persona_id === forgotten ? { error: { code: 100 } } : undefined);
      const [message] = await stage.world.deliver(person, agent('Still here.', { author }));
      await stage.becomes(message!, 'sent');
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['Hello.', 'Still here.']);
      expect(idsUsed()).toEqual([forgotten, expect.any(String)]);
      expect(new Set(idsUsed()).size).toBe(2);
    });

    it('where Meta takes no persona, the name stands before the words', async () => {
      const person = await stage.someone();
      stage.world.graph.fault = ({ body }) => (body.message && body.persona_id ? { error: { code: 100 } } : undefined);
      const [message] = await stage.world.deliver(person, agent('Still here.', { author: { kind: 'agent', name: 'Lou' } }));
      await stage.becomes(message!, 'sent');
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['Lou: Still here.']);
    });
  });

  describe('second thoughts', () => {
    it('what was sent is corrected by further words, and cannot be taken back', async () => {
      const person = await stage.someone();
      const [message] = await stage.world.deliver(person, agent('Tomorow'));
      await stage.becomes(message!, 'sent');
      const body = { type: 'text', text: 'Tomorrow' };
      await stage.world.deliver(person, { type: 'delivery.edit', data: { epoch: 0, messageId: message, body } });
      await eventually(() => stage.world.graph.textsOf(person.userId).length === 2);
      await stage.world.deliver(person, { type: 'delivery.removal', data: { epoch: 0, messageId: message } });
      await stage.becomes(message!, 'failed');
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['Tomorow', 'Correction: Tomorrow']);
      expect(stage.world.failureOf(message!)).toEqual({ reason: 'messenger.cannot-remove', failure: 'unsupported' });
    });
  });

  describe('second thoughts after so long that nothing is kept but the log', () => {
    /** An agent's words, sent long ago, of which only the log knows. */
    async function longAgo(): Promise<{ person: Person; messageId: string }> {
      const person = await stage.someone();
      const [messageId] = await stage.world.deliver(person, agent('Tomorow'));
      await stage.becomes(messageId!, 'sent');
      await stage.database.query(`DELETE FROM effects WHERE lane = $1`, [person.conversationId]);
      for (const table of ['messages', 'parts'])
        await stage.database.query(`DELETE FROM messenger_${table} WHERE message_id = $1`, [messageId]);
      return { person, messageId: messageId! };
    }

    it('what was sent is corrected all the same', async () => {
      const { person, messageId } = await longAgo();
      const body = { type: 'text', text: 'Tomorrow' };
      await stage.world.deliver(person, { type: 'delivery.edit', data: { epoch: 0, messageId, body } });
      await eventually(() => stage.world.graph.textsOf(person.userId).length === 2, { what: 'the correction' });
      expect(stage.world.graph.textsOf(person.userId)).toEqual(['Tomorow', 'Correction: Tomorrow']);
    });

    it('it is told that it cannot be taken back', async () => {
      const { person, messageId } = await longAgo();
      await stage.world.deliver(person, { type: 'delivery.removal', data: { epoch: 0, messageId } });
      await stage.becomes(messageId, 'failed');
      expect(stage.world.failureOf(messageId)).toEqual({ reason: 'messenger.cannot-remove', failure: 'unsupported' });
    });
  });
});
