import { describe, expect, it } from '@jest/globals';
import { kafkaAccessFrom } from './kafka.js';

describe("a bot's way to Kafka in the environment", () => {
  it.each<[string, Record<string, string>, object]>([
    ['nothing', {}, {}],
    ['off', { KAFKA_TLS: 'off', KAFKA_TLS_CA: '' }, {}],
    ['TLS alone', { KAFKA_TLS: 'on' }, { tls: {} }],
    ['files', { KAFKA_TLS: 'on', KAFKA_TLS_CA: 'a', KAFKA_TLS_CERT: 'b', KAFKA_TLS_KEY: 'c' }, { tls: { ca: 'a', cert: 'b', key: 'c' } }],
    [
      'a user',
      { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_USERNAME: 'bot', KAFKA_SASL_PASSWORD: 'secret' },
      { sasl: { mechanism: 'scram-sha-512', username: 'bot', password: 'secret' } },
    ],
  ])('takes %s', (_, env, access) => expect(kafkaAccessFrom(env)).toEqual(access));

  it.each<[string, Record<string, string>, RegExp]>([
    ['something else than on and off', { KAFKA_TLS: 'true' }, /^KAFKA_TLS must be on or off$/],
    ['certificates without TLS', { KAFKA_TLS_CA: 'hunter2' }, /^certificates for Kafka are given, but KAFKA_TLS is not on$/],
    ['a certificate without its key', { KAFKA_TLS: 'on', KAFKA_TLS_CERT: 'hunter2' }, /^KAFKA_TLS_CERT and KAFKA_TLS_KEY go together/],
    ['a password that nobody is told', { KAFKA_SASL_PASSWORD: 'hunter2' }, /^KAFKA_SASL_MECHANISM is missing/],
    ['an unknown mechanism', { KAFKA_SASL_MECHANISM: 'hunter2' }, /^KAFKA_SASL_MECHANISM must be plain/],
    [
      'half a user',
      { KAFKA_SASL_MECHANISM: 'plain', KAFKA_SASL_USERNAME: 'hunter2' },
      /^KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are needed/,
    ],
  ])('refuses %s, without its value', (_, env, sentence) => {
    expect(() => kafkaAccessFrom(env)).toThrow(sentence);
    expect(() => kafkaAccessFrom(env)).not.toThrow(/hunter2/);
  });
});
