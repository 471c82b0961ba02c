import { DEAD_LETTERS, derivedId } from '@baton/contracts';
import type { DeadLetterHeaders, DeadLetterReason } from '@baton/contracts';
import type { Headers, KafkaRecord } from '../kafka/kafka.js';
import type { ProducibleRecord } from '../producing/gathering-producer.js';

/** In front of the names of the headers that the record came with. */
export const ORIGINAL = 'dl-original-';

export interface Refusal {
  readonly reason: DeadLetterReason;
  /** One sentence, without the message's text. */
  readonly error: string;
  /** The consumer group that refused it. */
  readonly consumer: string;
  readonly at: Date;
}

/** Writes a record that could not be handled as a dead letter: key, bytes and headers as they came, the reason beside them. */
export function deadLetterOf(record: KafkaRecord, refusal: Refusal): ProducibleRecord {
  const headers: Record<string, Headers[string]> = {};
  for (const [name, value] of Object.entries(record.headers)) headers[ORIGINAL + name] = value;
  const about: DeadLetterHeaders = {
    'dl-topic': record.topic,
    'dl-partition': String(record.partition),
    'dl-offset': record.offset.toString(),
    'dl-consumer': refusal.consumer,
    'dl-reason': refusal.reason,
    'dl-error': refusal.error.slice(0, 1_000),
    'dl-at': refusal.at.toISOString(),
  };
  return { topic: DEAD_LETTERS, key: record.key, value: record.value, headers: { ...headers, ...about } };
}

/** The same without what the record brought, for one that only just fitted into its own topic: who wrote what and why is still told. */
export function withoutBody({ headers, value, ...letter }: ProducibleRecord): ProducibleRecord {
  const own = Object.entries(headers).filter(([name]) => !name.startsWith(ORIGINAL));
  const lost = `its headers and ${value?.length ?? 0} bytes were too large to keep`;
  return { ...letter, value: null, headers: { ...Object.fromEntries(own), 'dl-error': `${String(headers['dl-error'])} (${lost})` } };
}

/** A dead letter as it is read again. */
export interface DeadLetter {
  /** Always the same for this letter, and another one for every other, also when a Kafka begins anew. */
  readonly id: string;
  /** Its own place in the topic of dead letters, as `partition:offset`. */
  readonly place: string;
  readonly topic: string;
  readonly partition: string;
  readonly offset: string;
  readonly consumer: string;
  readonly reason: string;
  readonly error: string;
  readonly at: string;
  readonly original: { readonly key: Buffer | null; readonly value: Buffer | null; readonly headers: Headers };
}

export function readDeadLetter(record: KafkaRecord): DeadLetter {
  const about = (name: keyof DeadLetterHeaders) => record.headers[name]?.toString() ?? '(unknown)';
  const headers: Record<string, Headers[string]> = {};
  for (const [name, value] of Object.entries(record.headers)) {
    if (name.startsWith(ORIGINAL)) headers[name.slice(ORIGINAL.length)] = value;
  }
  const place = `${record.partition}:${record.offset}`;
  return {
    id: derivedId('dead-letter', place, about('dl-topic'), about('dl-partition'), about('dl-offset'), about('dl-consumer'), about('dl-at')),
    place,
    topic: about('dl-topic'),
    partition: about('dl-partition'),
    offset: about('dl-offset'),
    consumer: about('dl-consumer'),
    reason: about('dl-reason'),
    error: about('dl-error'),
    at: about('dl-at'),
    original: { key: record.key, value: record.value, headers },
  };
}
