import { Entity, PrimaryColumn } from 'typeorm';

/** This replica holds at least one socket of this conversation. */
@Entity('presence')
export class PresenceEntity {
  @PrimaryColumn('uuid', { name: 'conversation_id' })
  conversationId!: string;

  @PrimaryColumn('text')
  instance!: string;
}
