import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SequencedDelivery } from '../log/append-deliveries.js';

/** A delivery that came before an earlier one; it waits until the gap closes or is given up. */
@Entity('held_deliveries')
export class HeldDeliveryEntity {
  @PrimaryColumn('uuid', { name: 'conversation_id' })
  conversationId!: string;

  @PrimaryColumn('integer', { name: 'delivery_sequence' })
  deliverySequence!: number;

  /** Null when nobody could read it: then it only holds its place. */
  @Column('json', { nullable: true })
  delivery!: SequencedDelivery | null;

  @Column('timestamptz', { name: 'arrived_at' })
  arrivedAt!: Date;
}
