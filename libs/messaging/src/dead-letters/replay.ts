import type { KafkaRecord, WireRecord } from '../kafka/kafka.js';
import type { DeadLetter } from './dead-letter.js';

/** The CloudEvents extension of a record that a person sent again: a new decision, which a consumer may treat as one. */
const REPLAYED = 'ce_replayed';
/** The CloudEvents extension that says which letter was sent again, so that it is known again when it becomes a dead letter once more. */
const LETTER = 'ce_deadletter';
/** Marks a note in the topic of dead letters: which letter was sent again. Such a record is no dead letter itself. */
const REPLAY_OF = 'dl-replay-of';

/** The record as it came, for its topic or another one. */
export function replayOf({ original, topic, id }: ReplayableLetter, toTopic = topic): WireRecord {
  const headers = { ...original.headers, [REPLAYED]: 'true', [LETTER]: id };
  return { topic: toTopic, key: original.key, value: original.value, headers };
}

/** The letter that was sent again and came back as this one; undefined where it came for the first time. */
export function cameBackFrom({ original }: Pick<DeadLetter, 'original'>): string | undefined {
  return original.headers[LETTER]?.toString();
}

/** What of a letter is needed to send it again. */
export type ReplayableLetter = Pick<DeadLetter, 'id' | 'place' | 'topic' | 'original'>;

/** What is written beside the dead letters when one was sent again, so that nobody does it twice unknowingly. */
export function noteOfReplay(deadLettersTopic: string, letter: Pick<DeadLetter, 'place' | 'original'>, at: Date): WireRecord {
  return {
    topic: deadLettersTopic,
    key: letter.original.key,
    value: null,
    headers: { [REPLAY_OF]: letter.place, 'dl-at': at.toISOString() },
  };
}

/** The place of the letter that a note is about; undefined when the record is a dead letter. */
export function replayNotedIn(record: KafkaRecord): string | undefined {
  return record.headers[REPLAY_OF]?.toString();
}
