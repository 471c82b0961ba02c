import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { DeliveryFailure } from '@baton/contracts';
import type { PlannedPart } from '../messenger/out/planned-part.js';

/** One call of the Send API: a part of a message, or of its correction. */
@Entity('messenger_parts')
@Check('messenger_parts_state_check', `state IN ('open', 'sent', 'failed')`)
export class MessengerPartEntity {
  @PrimaryColumn('uuid', { name: 'conversation_id' })
  conversationId!: string;

  @PrimaryColumn('uuid', { name: 'message_id' })
  messageId!: string;

  /** From 0; the numbers of a correction go on from those of the message. */
  @PrimaryColumn('integer')
  part!: number;

  /** Of the line of the log that it shows: parts are sent in the order of `seq` and `part`. */
  @Column('integer')
  seq!: number;

  /** Null when it has come to its end. */
  @Column('jsonb', { nullable: true })
  content!: PlannedPart | null;

  @Column('text', { default: 'open' })
  state!: 'open' | 'sent' | 'failed';

  /** Of what kind the refusal is, noted right before the effect's end; while it is open: what it waits for, as was told. */
  @Column('text', { nullable: true })
  failure!: DeliveryFailure | null;

  /** How often Meta said that it, or the person, is not there for the moment. */
  @Column('integer', { default: 0 })
  unavailable!: number;

  /** When Meta was last asked to send it; without it that surely never happened. */
  @Column('timestamptz', { name: 'asked_at', nullable: true })
  askedAt!: Date | null;

  /** Meta's id of it: from its answer, or from the echo. */
  @Column('text', { nullable: true })
  mid!: string | null;

  /** By Meta's clock when its echo came, else when its answer came. */
  @Column('timestamptz', { name: 'sent_at', nullable: true })
  sentAt!: Date | null;

  /** A receipt of Meta named its `mid`. */
  @Column('boolean', { default: false })
  delivered!: boolean;
}
