import type { DataSource, EntityManager } from 'typeorm';
import type { OutgoingRecord } from '@baton/contracts';
import type { GatheringProducer } from '../producing/gathering-producer.js';

export interface OutboxOptions {
  readonly dataSource: DataSource;
  readonly producer: Pick<GatheringProducer, 'send'>;
  readonly instanceId: string;
}

/** What `add` wrote; give it to `send` after the commit. */
export interface OutboxTicket {
  readonly rows: number;
}

export class Outbox {
  constructor(private readonly options: OutboxOptions) {}
  async add(manager: EntityManager, records: readonly OutgoingRecord[]): Promise<OutboxTicket> {
    throw new Error(`not built yet ${this.options.instanceId} ${manager} ${records.length}`);
  }
  send(ticket: OutboxTicket): void {
    throw new Error(`not built yet ${ticket.rows}`);
  }
  start(): void {}
  async stop(): Promise<void> {}
  health(): string | undefined {
    return undefined;
  }
}
