import { DEAD_LETTERS, topicOnTheWire } from '@baton/contracts';
import type { Kafka } from '../kafka/kafka.js';
import { readTopic } from '../kafka/topic-reader.js';
import { readDeadLetter } from './dead-letter.js';
import type { DeadLetter } from './dead-letter.js';
import { replayNotedIn } from './replay.js';
import { SendAgain } from './send-again.js';

/** A letter, and whether it was sent again already. */
export interface FiledLetter {
  readonly letter: DeadLetter;
  readonly replayed: boolean;
}

/** The dead letters as they lie in their topic. */
export class Mailbox {
  private readonly topic: string;

  constructor(private readonly kafka: Kafka) {
    this.topic = topicOnTheWire(DEAD_LETTERS, kafka.config.topicPrefix);
  }

  /**
   * Reads the topic to its end; the oldest letter first.
   * @param wanted which letters to keep in memory, by their place
   */
  async read(wanted: (place: string) => boolean = () => true): Promise<FiledLetter[]> {
    const letters: DeadLetter[] = [];
    const replayed = new Set<string>();
    await readTopic(this.kafka, this.topic, (record) => {
      const noted = replayNotedIn(record);
      if (noted !== undefined) replayed.add(noted);
      else if (wanted(`${record.partition}:${record.offset}`)) letters.push(readDeadLetter(record));
    });
    return letters.sort((a, b) => a.at.localeCompare(b.at)).map((letter) => ({ letter, replayed: replayed.has(letter.place) }));
  }

  /** Sends letters again, each to its own topic unless told otherwise, and notes that beside them. */
  async replay(letters: readonly DeadLetter[], toTopic?: string): Promise<void> {
    const again = new SendAgain(this.kafka);
    try {
      for (const letter of letters) await again.send(letter, toTopic);
    } finally {
      await again.close();
    }
  }
}
