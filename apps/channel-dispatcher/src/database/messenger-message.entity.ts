import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { Author, DeliveryStatus } from '@baton/contracts';

/** A message on its way to a person in Messenger, and the last that the orchestrator was told of it. */
@Entity('messenger_messages')
@Check('messenger_messages_status_check', `status IN ('open', 'sent', 'delivered', 'seen', 'superseded', 'failed')`)
export class MessengerMessageEntity {
  @PrimaryColumn('uuid', { name: 'conversation_id' })
  conversationId!: string;

  @PrimaryColumn('uuid', { name: 'message_id' })
  messageId!: string;

  @Column('jsonb')
  author!: Author;

  /** The conversation's epoch when it was decided. */
  @Column('integer')
  epoch!: number;

  @Column('boolean')
  withdrawable!: boolean;

  @Column('text', { default: 'open' })
  status!: DeliveryStatus | 'open';

  @Column('timestamptz', { name: 'planned_at' })
  plannedAt!: Date;
}
