import { describe, expect, it } from '@jest/globals';
import { MAX_USER_DATA, botEvents, decodeEvent, encodeEvent } from '@baton/contracts';
import { botAnswers } from './read-answers.js';

const of = { conversation_id: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10', bot_id: 'demo' };
const aside = { id: 'answer-1', source: 'urn:test', time: new Date(0) };
const { headers } = encodeEvent(botEvents, 'bot.answered', of, aside);
const read = (json: string) => decodeEvent(botAnswers, { key: Buffer.from(of.conversation_id), value: Buffer.from(json), headers });
const written = (patch: object) => JSON.stringify({ ...of, ...patch });
const tooLarge = { notes: 'x'.repeat(MAX_USER_DATA) };
const TOO_DEEP = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;

describe('an answer of a bot', () => {
  it('is read as the contract says', () => {
    const { data } = read(written({ messages: [{ text: 'Hi' }], user_data: { name: 'Ada' } }));
    expect(data).toEqual({ ...of, messages: [{ text: 'Hi' }], user_data: { name: 'Ada' }, userDataLeftOut: false });
  });

  it('is told apart from the sign that the bot works on one', () => {
    const { headers: typing } = encodeEvent(botEvents, 'bot.typing', { ...of, turn: 4, epoch: 0, typing: true }, aside);
    const value = Buffer.from(written({ turn: 4, epoch: 0, typing: true }));
    expect(decodeEvent(botAnswers, { key: Buffer.from(of.conversation_id), value, headers: typing })).toMatchObject({
      type: 'bot.typing',
      data: { turn: 4, typing: true },
    });
  });

  it.each([
    ['is too large', written({ need_help: true, user_data: tooLarge })],
    ['is nested too deeply', `{"conversation_id":"${of.conversation_id}","bot_id":"demo","need_help":true,"user_data":${TOO_DEEP}}`],
    ['is no object', written({ need_help: true, user_data: 'Ada' })],
  ])('that calls for help is heard also when what it knows of the visitor %s', (_what, json) => {
    expect(read(json).data).toEqual({ ...of, messages: [], need_help: true, userDataLeftOut: true });
  });

  it.each([
    ['calls for nobody and says too much', written({ user_data: tooLarge }), /user_data/],
    ['calls for help and is broken elsewhere, too', written({ need_help: true, turn: -1, user_data: tooLarge }), /turn/],
    ['calls for help and is broken elsewhere', written({ need_help: true, reason: 7 }), /reason/],
    ['is nothing', 'null', /bot\.answered/],
  ])('that %s is refused with its fields named', (_what, json, message) => {
    expect(() => read(json)).toThrow(message);
  });
});
