import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { botEvents, botTurns, decodeEvent, encodeEvent, newId, topicOnTheWire } from '@baton/contracts';
import type { EventData, EventInput, ReceivedEvent } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { createBot } from './bot.js';
import type { Bot, Turn, Unmuted } from './bot.js';

const prefix = `bot-sdk-${newId()}`;
const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const kafka = new Kafka({ clientId: 'bot-sdk-test', brokers, logLevel: logLevel.NOTHING });
const turns = topicOnTheWire('bot-turns', prefix);
const answers = topicOnTheWire('bot-events', prefix);

const heard: Turn[] = [];
const unmuted: Unmuted[] = [];
const errors: unknown[] = [];
type Answer = Extract<ReceivedEvent<typeof botEvents>, { type: 'bot.answered' }>;
const said: Answer[] = [];
const signs: Extract<ReceivedEvent<typeof botEvents>, { type: 'bot.typing' }>[] = [];
let bot: Bot;
const producer = kafka.producer();
const consumer = kafka.consumer({ groupId: `${prefix}-reader`, maxWaitTimeInMs: 100 });

function turn(patch: Partial<EventInput<typeof botTurns, 'bot.turn'>>, id = newId(), traceparent?: string) {
  const { topic, key, value, headers } = encodeEvent(
    botTurns,
    'bot.turn',
    { ...botTurns.events['bot.turn'].sample, ...patch },
    { id, source: 'urn:baton:test', time: new Date(), traceparent },
  );
  return producer.send({ topic: topicOnTheWire(topic, prefix), messages: [{ key, value, headers: { ...headers } }] });
}

const texts = (conversationId: string) =>
  said.filter((event) => event.data.conversation_id === conversationId).map((event) => event.data.messages[0]?.text);

beforeAll(async () => {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ waitForLeaders: false, topics: [turns, answers].map((topic) => ({ topic, numPartitions: 2 })) });
  await eventually(() => Promise.all([turns, answers].map((topic) => admin.fetchTopicOffsets(topic))), { what: 'the topics are there' });
  await admin.disconnect();
  await producer.connect();
  await consumer.connect();
  await consumer.subscribe({ topics: [answers], fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ message }) => {
      const event = decodeEvent(botEvents, message);
      if (event.type === 'bot.answered') said.push(event);
      else signs.push(event);
    },
  });
  bot = createBot({
    brokers,
    botId: 'demo',
    topicPrefix: prefix,
    onTurn: async (given, reply) => {
      heard.push(given);
      const { text } = given.messages[0]!;
      if (text === 'slow') await new Promise((resolve) => setTimeout(resolve, 300));
      if (text === 'boom') throw new Error('the handler broke');
      if (text === 'think') reply.typing();
      if (text === 'nothing') return void reply.typing();
      if (text === 'human') reply.text('One moment').escalate({ category: 'billing', userData: { name: 'Ada' }, note: 'Wants a refund' });
      else reply.text(`you said ${text}`, [{ title: 'Thanks' }]);
    },
    onUnmuted: (event, reply) => {
      unmuted.push(event);
      reply.text('I am back');
    },
    onError: (error) => errors.push(error),
  });
  await bot.start();
}, 30_000);

afterAll(async () => {
  await bot.stop();
  await consumer.disconnect();
  await producer.disconnect();
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteTopics({ topics: [turns, answers] });
  await admin.disconnect();
});

describe('a bot', () => {
  const message = (text: string): Turn['messages'] => [{ id: newId(), text, at: new Date().toISOString() }];

  it('answers a turn with its turn, its epoch and its quick replies', async () => {
    const conversation_id = newId();
    await turn({ conversation_id, turn: 9, epoch: 2, messages: message('hello') });
    const answer = await eventually(() => said.find((event) => event.data.conversation_id === conversation_id));
    expect(answer.data).toMatchObject({
      turn: 9,
      epoch: 2,
      messages: [{ text: 'you said hello', quick_replies: [{ title: 'Thanks', payload: 'Thanks', content_type: 'text' }] }],
    });
  });

  it('shares a group with the other replicas of the bot, named after both', async () => {
    const admin = kafka.admin();
    await admin.connect();
    const { groups } = await admin.listGroups();
    await admin.disconnect();
    expect(groups.map(({ groupId }) => groupId)).toContain(`${prefix}.bot.demo`);
  });

  it('gives a turn that comes again the same answer id', async () => {
    const conversation_id = newId();
    const id = newId();
    await turn({ conversation_id, messages: message('again') }, id);
    await turn({ conversation_id, messages: message('again') }, id);
    const both = await eventually(() => {
      const mine = said.filter((event) => event.data.conversation_id === conversation_id);
      return mine.length === 2 && mine;
    });
    expect(both[0]!.id).toBe(both[1]!.id);
  });

  it('keeps the order inside a conversation while another one is slow', async () => {
    const [slow, quick] = [newId(), newId()];
    await turn({ conversation_id: slow, turn: 1, messages: message('slow') });
    await turn({ conversation_id: slow, turn: 2, messages: message('after') });
    await turn({ conversation_id: quick, turn: 1, messages: message('quick') });
    await eventually(() => texts(slow).length === 2 && texts(quick).length === 1);
    expect(texts(slow)).toEqual(['you said slow', 'you said after']);
  });

  it('is seen writing while it works, and no longer where it says nothing', async () => {
    const [thinking, silent] = [newId(), newId()];
    await turn({ conversation_id: thinking, turn: 3, epoch: 2, messages: message('think') });
    await turn({ conversation_id: silent, messages: message('nothing') });
    const of = (conversation: string) => signs.filter(({ data }) => data.conversation_id === conversation).map(({ data }) => data);
    // A sign waits for nobody and nobody waits for it: it may be written after the answer that it is for.
    await eventually(() => texts(thinking).length === 1 && of(thinking).length === 1 && of(silent).length === 2);
    expect(of(thinking)).toMatchObject([{ turn: 3, epoch: 2, typing: true }]);
    expect(of(silent).map(({ typing }) => typing)).toEqual([true, false]);
  });

  it('asks for a human with category and what it knows', async () => {
    const conversation_id = newId();
    await turn({ conversation_id, messages: message('human') });
    const { data } = await eventually(() => said.find((event) => event.data.conversation_id === conversation_id));
    expect(data satisfies EventData<typeof botEvents, 'bot.answered'>).toMatchObject({
      need_help: true,
      muted: true,
      handover_category_name: 'billing',
      user_data: { name: 'Ada' },
      handover_note: 'Wants a refund',
    });
  });

  it('goes on after a handler broke and leaves turns of other bots alone', async () => {
    const [broken, other, next] = [newId(), newId(), newId()];
    await turn({ conversation_id: broken, messages: message('boom') });
    await turn({ conversation_id: other, bot_id: 'another', messages: message('not mine') });
    await turn({ conversation_id: next, messages: message('next') });
    await eventually(() => texts(next).length === 1 && errors.length === 1);
    expect(errors).toEqual([new Error('the handler broke')]);
    expect(heard.some((given) => given.conversation_id === other)).toBe(false);
  });

  it('speaks when it gets the floor back, and by itself', async () => {
    const conversation_id = newId();
    const { topic, key, value, headers } = encodeEvent(
      botTurns,
      'bot.unmuted',
      { ...botTurns.events['bot.unmuted'].sample, conversation_id },
      { id: newId(), source: 'urn:baton:test', time: new Date() },
    );
    await producer.send({ topic: topicOnTheWire(topic, prefix), messages: [{ key, value, headers: { ...headers } }] });
    await eventually(() => texts(conversation_id).length === 1);
    expect(unmuted[0]!.human_stretch[0]!.text).toBe('Your parcel leaves today.');
    await bot.say(conversation_id, (reply) => void reply.text('By the way'));
    await eventually(() => texts(conversation_id).includes('By the way'));
  });

  it('answers in the trace of the turn, or of its own work where it traces that', async () => {
    const conversation_id = newId();
    const [cause, own] = ['b7ad6b7169203331', '00f067aa0ba902b7'].map((span) => `00-0af7651916cd43dd8448eb211c80319c-${span}-01`);
    const run: string[] = [];
    const traced = createBot({
      brokers,
      botId: 'traced',
      topicPrefix: prefix,
      onTurn: (_, reply) => void reply.text('traced'),
      tracing: {
        run: async ({ name, traceparent }, handle) => {
          run.push(`${name} ${traceparent}`);
          await handle();
        },
        traceparent: () => own,
      },
    });
    await traced.start();
    try {
      await turn({ conversation_id, messages: message('hello') }, newId(), cause);
      await turn({ conversation_id, bot_id: 'traced', messages: message('hello') }, newId(), cause);
      const answered = () => said.filter(({ data }) => data.conversation_id === conversation_id);
      await eventually(() => answered().length === 2);
      const byBot = Object.fromEntries(answered().map(({ data, traceparent }) => [data.bot_id, traceparent]));
      expect(byBot).toEqual({ demo: cause, traced: own });
      expect(heard.find((given) => given.conversation_id === conversation_id)?.traceparent).toBe(cause);
      expect(run).toEqual([`bot.turn ${cause}`]);
    } finally {
      await traced.stop();
    }
  });
});
