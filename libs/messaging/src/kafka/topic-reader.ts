import type { Kafka, KafkaRecord } from './kafka.js';

export interface FollowOptions {
  readonly kafka: Kafka;
  /** As it is called on the wire. */
  readonly topic: string;
  readonly onRecord: (record: KafkaRecord) => void;
  /** Called once, when everything that was there at the start has been handed over. */
  readonly onCaughtUp?: () => void;
}

export interface Following {
  readonly caughtUp: boolean;
  /** Undefined while all is well, else the reason in words. */
  health(): string | undefined;
  stop(): Promise<void>;
}

/** Reads a whole topic from its beginning and goes on with what comes, outside of any shared group; commits nothing. */
export function followTopic(options: FollowOptions): Promise<Following> {
  throw new Error(`not built yet ${options.topic}`);
}
