import { DEAD_LETTERS } from '@baton/contracts';
import type { ProducibleRecord } from './gathering-producer.js';
import { ProduceError } from './produce-error.js';

/** Below the topics' `max.message.bytes`, which counts the frame around a record, too. */
const MAX_RECORD_BYTES = 1_000_000;
/** What the headers of a dead letter may add to a record that was just small enough. */
const DEAD_LETTER_EXTRA_BYTES = 64 * 1_024;

/**
 * An upper bound of what the record takes in a batch, in bytes.
 * @throws ProduceError `kafka.record-refused` when it is more than Kafka takes
 */
export function sizeOf({ topic, key, value, headers }: ProducibleRecord): number {
  let bytes = 64 + lengthOf(key) + lengthOf(value);
  for (const name in headers) {
    const header = headers[name] ?? null;
    if (typeof header === 'string' || Buffer.isBuffer(header) || header === null) bytes += 10 + name.length + lengthOf(header);
    else for (const one of header) bytes += 10 + name.length + lengthOf(one);
  }
  const limit = topic === DEAD_LETTERS ? MAX_RECORD_BYTES + DEAD_LETTER_EXTRA_BYTES : MAX_RECORD_BYTES;
  if (bytes > limit) throw new ProduceError('kafka.record-refused', `a record for ${topic} has ${bytes} bytes, ${limit} are allowed`);
  return bytes;
}

function lengthOf(part: Buffer | string | null): number {
  return part === null ? 0 : typeof part === 'string' ? Buffer.byteLength(part) : part.length;
}
