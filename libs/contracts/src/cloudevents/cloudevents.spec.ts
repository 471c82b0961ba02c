import { describe, expect, it } from '@jest/globals';
import { TOPICS } from '../topics.js';
import { newId } from '../ids.js';
import { ContractViolation, decodeEvent, encodeEvent, typeOnTheWire } from './cloudevents.js';
import { botEvents } from '../bot-events/bot-events.js';
import { deliveries } from '../deliveries/deliveries.js';

const attributes = { id: newId(), source: 'urn:baton:test', time: new Date('2026-01-05T10:00:00.000Z') };

describe('an event on the wire', () => {
  for (const topic of TOPICS) {
    for (const [type, definition] of Object.entries(topic.events)) {
      it(`${type} on ${topic.name} comes back as it was written`, () => {
        const record = encodeEvent(topic, type, definition.sample as never, attributes);
        const event = decodeEvent(topic, record);
        expect(event).toMatchObject({
          type,
          version: definition.version,
          id: attributes.id,
          key: record.key,
          data: JSON.parse(String(record.value)),
        });
      });
    }
  }

  const good = encodeEvent(deliveries, 'delivery.removal', deliveries.events['delivery.removal'].sample, attributes);
  const reasonOf = (record: Parameters<typeof decodeEvent>[1]) => {
    try {
      decodeEvent(deliveries, record);
    } catch (error) {
      if (error instanceof ContractViolation) return error.reason;
      throw error;
    }
    return undefined;
  };

  it.each([
    ['no headers', { ...good, headers: {} }, 'not-an-event'],
    ['an unknown type', { ...good, headers: { ...good.headers, ce_type: 'baton.delivery.dance.v1' } }, 'unknown-type'],
    [
      'a type named like a property of every object',
      { ...good, headers: { ...good.headers, ce_type: 'baton.constructor.v1' } },
      'unknown-type',
    ],
    ['a newer version', { ...good, headers: { ...good.headers, ce_type: typeOnTheWire('delivery.removal', 2) } }, 'unknown-version'],
    ['broken JSON', { ...good, value: '{' }, 'not-json'],
    ['no value', { ...good, value: null }, 'not-json'],
    ['a wrong field', { ...good, value: JSON.stringify({ ...JSON.parse(String(good.value)), epoch: 'one' }) }, 'invalid-data'],
  ])('with %s is refused', (_, record, reason) => {
    expect(reasonOf(record)).toBe(reason);
  });

  it('that is nested deeper than anybody can follow is refused as any other', () => {
    const { conversation_id, bot_id } = botEvents.events['bot.answered'].sample;
    const record = encodeEvent(botEvents, 'bot.answered', { conversation_id, bot_id, user_data: { deep: 1 } }, attributes);
    const deep = String(record.value).replace('1}', `${'['.repeat(50_000)}${']'.repeat(50_000)}}`);
    expect(() => decodeEvent(botEvents, { ...record, value: deep })).toThrow(
      expect.objectContaining({ reason: 'invalid-data', message: 'bot.answered: (whole): is nested too deeply' }),
    );
  });

  it('is not written when it breaks its own schema, and the error does not quote the data', () => {
    const broken = { ...deliveries.events['delivery.message'].sample, body: { type: 'text', text: '' }, address: '' } as never;
    expect(() => encodeEvent(deliveries, 'delivery.message', broken, attributes)).toThrow(/address: .*body\.text|body\.text.*address/);
  });
});
