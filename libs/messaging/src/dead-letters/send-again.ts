import { DEAD_LETTERS, topicOnTheWire } from '@baton/contracts';
import type { Kafka, KafkaProducer } from '../kafka/kafka.js';
import { noteOfReplay, replayOf } from './replay.js';
import type { ReplayableLetter } from './replay.js';

/** Sends letters again, each to the topic it came from unless told otherwise, and notes that beside the dead letters. */
export class SendAgain {
  private readonly producer: KafkaProducer;
  private readonly topic: string;

  constructor(kafka: Kafka) {
    this.producer = kafka.producer();
    this.topic = topicOnTheWire(DEAD_LETTERS, kafka.config.topicPrefix);
  }

  /**
   * Resolves when Kafka has both.
   * @throws KafkaRefusal when it will never take the record; any other error when it is away: the record may have arrived
   */
  async send(letter: ReplayableLetter, toTopic?: string): Promise<void> {
    await this.producer.send([replayOf(letter, toTopic)]);
    await this.producer.send([noteOfReplay(this.topic, letter, new Date())]);
  }

  close(): Promise<void> {
    return this.producer.disconnect();
  }
}
