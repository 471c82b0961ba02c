import type { TopicName } from '../topic.js';

/**
 * A dead letter keeps the key and the bytes of what could not be understood, its headers with the prefix `dl-original-`,
 * and these headers beside them.
 */
export interface DeadLetterHeaders {
  'dl-topic': string;
  'dl-partition': string;
  'dl-offset': string;
  /** The consumer group that refused it. */
  'dl-consumer': string;
  'dl-reason': DeadLetterReason;
  /** One sentence, without the message's text. */
  'dl-error': string;
  'dl-at': string;
}

export type DeadLetterReason =
  'not-an-event' | 'not-json' | 'unknown-type' | 'unknown-version' | 'invalid-data' | 'handler-refused' | 'handler-failed';

export const DEAD_LETTERS: TopicName = 'dead-letters';
