import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody else wrote as the page, that it is told once. */
@Entity('messenger_elsewhere')
export class MessengerElsewhereEntity {
  @PrimaryColumn('uuid', { name: 'conversation_id' })
  conversationId!: string;

  @PrimaryColumn('text')
  mid!: string;

  @Column('timestamptz', { name: 'noted_at' })
  notedAt!: Date;
}
