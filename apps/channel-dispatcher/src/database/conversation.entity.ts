import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Floor } from '@baton/contracts';
import type { AgentOnScreen } from '../log/log-line.js';
import type { Range } from '../log/ranges.js';

/** One visitor of one bot in one channel, for good. Whoever appends to his log locks this row first. */
@Entity('conversations')
export class ConversationEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { name: 'bot_id' })
  botId!: string;

  @Column('text')
  channel!: string;

  @Column('text')
  address!: string;

  /** The `seq` of the next line of the log. */
  @Column('integer', { name: 'next_seq', default: 1 })
  nextSeq!: number;

  /** The first delivery of the orchestrator that has not had its turn. */
  @Column('integer', { name: 'next_delivery_sequence', default: 1 })
  nextDeliverySequence!: number;

  /** The highest epoch that ever arrived. */
  @Column('integer', { default: 0 })
  epoch!: number;

  @Column('text', { default: 'bot' })
  floor!: Floor;

  @Column('jsonb', { nullable: true })
  agent!: AgentOnScreen | null;

  /** Deliveries that were waited for in vain; should one come after all, it is still shown. */
  @Column('jsonb', { default: [] })
  missing!: Range[];

  /** How many deliveries wait for an earlier one; most batches see 0 and need not look. */
  @Column('integer', { default: 0 })
  held!: number;

  /** Every line up to here was written to an open socket. */
  @Column('integer', { name: 'delivered_up_to', default: 0 })
  deliveredUpTo!: number;

  /** Every line up to here was on a visible, open panel. */
  @Column('integer', { name: 'seen_up_to', default: 0 })
  seenUpTo!: number;

  /** The orchestrator was told that the visitor is there. */
  @Column('boolean', { default: false })
  present!: boolean;

  /** When his last socket went; he counts as gone a little later. */
  @Column('timestamptz', { name: 'left_at', nullable: true })
  leftAt!: Date | null;

  /** The lines up to here were deleted because nobody spoke for so long. */
  @Column('integer', { name: 'erased_up_to', default: 0 })
  erasedUpTo!: number;

  /** What happened until then was erased for somebody's privacy, and never comes back. */
  @Column('timestamptz', { name: 'erased_at', nullable: true })
  erasedAt!: Date | null;
}
