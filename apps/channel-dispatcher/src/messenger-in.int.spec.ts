import { describe, expect, it } from '@jest/globals';
import { newId } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { bot, floor, INBOX_APP } from './testing/messenger-house.js';
import { MessengerStage } from './testing/messenger-stage.js';

describe('Messenger, inward', () => {
  const stage = MessengerStage.forTests();

  describe('in', () => {
    it('what a person writes is heard once, however often Meta tells it', async () => {
      const person = stage.world.person();
      const said = { timestamp: Date.now() - 5_000, message: { mid: 'm_once', text: 'Where is my parcel?' } };
      await stage.world.hooks(
        person,
        Array.from({ length: 25 }, () => said),
      );
      await stage.world.hooks(person, [...Array.from({ length: 25 }, () => said), { message: { mid: 'm_then', text: 'Hello?' } }]);
      await eventually(() => stage.world.heardFrom(person).length >= 2, { what: 'his words being heard' });
      expect(stage.world.heardFrom(person)).toMatchObject([
        { body: { type: 'text', text: 'Where is my parcel?' }, seq: 1, channel: 'messenger', at: new Date(said.timestamp).toISOString() },
        { body: { type: 'text', text: 'Hello?' }, seq: 2 },
      ]);
    });

    it('what came out of order is put into the order in which he said it', async () => {
      const person = stage.world.person();
      const at = (seconds: number) => ({ timestamp: Date.now() - 60_000 + seconds * 1_000 });
      await stage.world.hooks(person, [
        { ...at(3), message: { mid: 'm_3', text: 'three' } },
        { ...at(1), message: { mid: 'm_1', text: 'one' } },
        { ...at(2), message: { mid: 'm_2', text: 'two', quick_reply: { payload: 'TWO' } } },
      ]);
      await eventually(() => stage.world.heardFrom(person).length === 3);
      expect(stage.world.heardFrom(person).map(({ body }) => body)).toEqual([
        { type: 'text', text: 'one' },
        { type: 'text', text: 'two', payload: 'TWO' },
        { type: 'text', text: 'three' },
      ]);
    });

    it('a picture gets an address of ours', async () => {
      const person = stage.world.person();
      const attachments = [{ type: 'image', payload: { url: 'https://scontent.example/v/parcel.png?oh=1' } }];
      await stage.world.hooks(person, [{ message: { mid: 'm_picture', text: 'look', attachments } }]);
      await eventually(() => stage.world.heardFrom(person).length === 2);
      expect(stage.world.heardFrom(person).map(({ body }) => body)).toMatchObject([
        { type: 'text', text: 'look' },
        { type: 'file', url: expect.stringMatching(/^https:\/\/chat\.example\/v1\/files\//), contentType: 'image/png' },
      ]);
    });

    it('what somebody else answered as the page is told once, and our own words never are', async () => {
      const person = await stage.someone();
      stage.world.echoes();
      const [ours] = await stage.world.deliver(person, bot('We are on it.'));
      await stage.becomes(ours!, 'sent');
      const foreign = { message: { mid: 'm_inbox', is_echo: true, app_id: Number(INBOX_APP), text: 'Your parcel is here.' } };
      await stage.world.hooks(person, [foreign, foreign]);
      await stage.world.hooks(person, [foreign, { message: { mid: 'm_after', text: 'Thanks' } }]);
      await eventually(() => stage.world.heardFrom(person).length === 2);
      expect(stage.world.elsewhereOf(person)).toMatchObject([
        { body: { type: 'text', text: 'Your parcel is here.' }, by: INBOX_APP, address: person.address },
      ]);
    });

    it('while another app has the thread his words are written down, and go to nobody but an agent', async () => {
      const person = await stage.someone();
      const lines = (count: number): Promise<unknown> =>
        eventually(
          async () => {
            const rows = await stage.database.query('SELECT 1 FROM log WHERE conversation_id = $1', [person.conversationId]);
            return rows.length === count;
          },
          { what: `${count} lines in his log` },
        );
      await stage.world.hooks(person, [{ message: { mid: 'm_standby', text: 'to the inbox' } }], { standby: true });
      await lines(2);
      await stage.world.deliver(person, floor('agent', 1));
      await lines(3);
      await stage.world.writes(person, 'again ours');
      await lines(4);
      await stage.world.hooks(person, [{ message: { mid: 'm_standby_2', text: 'to Mia' } }], { standby: true });
      await eventually(() => stage.world.heardFrom(person).length === 3);
      expect(stage.world.heardFrom(person).map(({ seq, body }) => [seq, (body as { text: string }).text])).toEqual([
        [1, 'Hello'],
        [4, 'again ours'],
        [5, 'to Mia'],
      ]);
    });

    it('he sees that the bot read him and writes, and that an agent writes', async () => {
      const person = await stage.someone();
      await eventually(() => stage.world.graph.signsOf(person.userId).length === 2);
      expect(stage.world.graph.signsOf(person.userId)).toEqual(['mark_seen', 'typing_on']);
      await stage.world.deliver(person, { type: 'delivery.typing', data: { author: { kind: 'agent', name: 'Mia' }, typing: false } });
      await eventually(() => stage.world.graph.signsOf(person.userId).at(-1) === 'typing_off');
      await stage.world.deliver(person, { type: 'delivery.read', data: { messageId: newId() } });
      await eventually(() => stage.world.graph.signsOf(person.userId).at(-1) === 'mark_seen');
    });

    it('while the bot may be silent because somebody else answered, he sees that he was read, and nobody write', async () => {
      const person = stage.world.person();
      await stage.world.hooks(person, [
        { message: { mid: 'm_mia', is_echo: true, app_id: Number(INBOX_APP), text: 'I look into it.' } },
        { message: { mid: 'm_thanks', text: 'Thanks' } },
      ]);
      await eventually(() => stage.world.graph.signsOf(person.userId).length === 1);
      await stage.world.writes(person, 'And?');
      await eventually(() => stage.world.graph.signsOf(person.userId).length === 2);
      expect(stage.world.graph.signsOf(person.userId)).toEqual(['mark_seen', 'mark_seen']);
    });
  });
});
