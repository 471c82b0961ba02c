import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { checkConfig, databaseVariable, keyRingVariable, keyVariable, serviceVariables } from './config.js';

const schema = z.object({ ...serviceVariables(3001), ...databaseVariable, HISTORY_KEY: keyVariable('signs history links') });

const good = {
  KAFKA_BROKERS: '127.0.0.1:9092, kafka-2:9092',
  DATABASE_URL: 'postgres://baton:secret@127.0.0.1:5432/baton',
  HISTORY_KEY: Buffer.alloc(32, 7).toString('base64'),
};

describe('a configuration', () => {
  it('is read with its defaults', () => {
    const { config } = checkConfig(schema, good);
    expect(config).toMatchObject({
      KAFKA_BROKERS: ['127.0.0.1:9092', 'kafka-2:9092'],
      KAFKA_TOPIC_PREFIX: 'baton',
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: 3001,
      LOG_LEVEL: 'info',
    });
    expect(config?.INSTANCE_ID).toMatch(/^[0-9a-f]{8}$/);
  });

  it('takes an empty variable for an absent one', () => {
    expect(checkConfig(schema, { ...good, HTTP_PORT: '', LOG_LEVEL: '' }).config).toMatchObject({ HTTP_PORT: 3001, LOG_LEVEL: 'info' });
  });

  it('that lacks something says what it is for and gives an example', () => {
    const { KAFKA_BROKERS: _, ...rest } = good;
    expect(checkConfig(schema, rest).problems).toEqual([
      'KAFKA_BROKERS is missing: the Kafka brokers, host:port, several with commas, for example 127.0.0.1:9092.',
    ]);
  });

  it('with several mistakes tells them all at once, one sentence each', () => {
    const { problems } = checkConfig(schema, { ...good, HTTP_PORT: '99999', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x' });
    expect(problems?.map((problem) => problem.split(' ')[0])).toEqual(['HTTP_PORT', 'LOG_LEVEL', 'DATABASE_URL']);
  });

  it('never tells a value, not even a wrong one', () => {
    const { problems } = checkConfig(schema, {
      ...good,
      HISTORY_KEY: 'hunter2',
      DATABASE_URL: 'mysql://root:hunter2@db/x',
      KAFKA_BROKERS: 'hunter2',
    });
    expect(problems).toHaveLength(3);
    expect(problems?.join(' ')).not.toContain('hunter2');
  });

  it.each([
    ['too short', Buffer.alloc(31).toString('base64')],
    ['too long', Buffer.alloc(33).toString('base64')],
    ['no base64', '*'.repeat(44)],
  ])('refuses a key that is %s', (_, key) => {
    expect(checkConfig(schema, { ...good, HISTORY_KEY: key }).problems?.[0]).toContain('HISTORY_KEY is wrong (must be 32 bytes in base64)');
  });

  describe('with a ring of keys', () => {
    const ring = z.object({ RING: keyRingVariable('opens secrets') });
    const [a, b] = [Buffer.alloc(32, 1).toString('base64'), Buffer.alloc(32, 2).toString('base64')];

    it.each([
      ['one', a, a],
      ['several, the first one first', `${b}, ${a}`, `${b},${a}`],
    ])('takes %s', (_, given, taken) => {
      expect(checkConfig(ring, { RING: given }).config).toEqual({ RING: taken });
    });

    it.each([
      ['one of them is none', `${a},short`],
      ['one is missing between two commas', `${a},,${b}`],
      ['there are more than anybody needs', Array(6).fill(a).join(',')],
    ])('is refused when %s, and never told', (_, given) => {
      const { problems } = checkConfig(ring, { RING: given });
      expect(problems).toHaveLength(1);
      expect(problems?.[0]).not.toContain(a);
    });
  });
});
