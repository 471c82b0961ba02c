import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { GatheringProducer } from '../producing/gathering-producer.js';
import type { Kafka } from '../kafka/kafka.js';

/** Where the lanes say what happens; pino's loggers fit. */
export interface LanesLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface LanesServerOptions {
  readonly kafka: Kafka;
  /** One group per service: `baton.<service>`. */
  readonly groupId: string;
  /** Writes the dead letters. Connected and closed by its owner. */
  readonly producer: GatheringProducer;
  /** Says whether an error of a handler will pass by itself (Postgres away, a deadlock): such batches are repeated, others are not. */
  readonly isTransient: (error: unknown) => boolean;
  /** Records taken from Kafka and not finished yet, at most about this many (default 4,000). */
  readonly inFlight?: number;
  readonly log?: LanesLog;
}

export class LanesServer extends Server implements CustomTransportStrategy {
  constructor(private readonly options: LanesServerOptions) {
    super();
  }
  /** Undefined while all is well, else the reason in words. */
  health(): string | undefined {
    return undefined;
  }
  listen(callback: (error?: unknown) => void): void {
    callback(new Error(`not built yet ${this.options.groupId}`));
  }
  async close(): Promise<void> {}
  override on(): void {}
  override unwrap<T>(): T {
    return this.options.kafka as T;
  }
}
