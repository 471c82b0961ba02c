import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What Meta told of a person's side of a conversation. */
@Entity('messenger_threads')
export class MessengerThreadEntity {
  @PrimaryColumn('uuid', { name: 'conversation_id' })
  conversationId!: string;

  /** By Meta's clock; from it the 24 hours are counted in which we may write. */
  @Column('timestamptz', { name: 'last_user_action_at', nullable: true })
  lastUserActionAt!: Date | null;

  /** The highest watermarks told: what was sent up to then reached him, or was read. */
  @Column('timestamptz', { name: 'delivered_until', nullable: true })
  deliveredUntil!: Date | null;

  @Column('timestamptz', { name: 'seen_until', nullable: true })
  seenUntil!: Date | null;

  /** When Meta was last asked who he is. */
  @Column('timestamptz', { name: 'profile_at', nullable: true })
  profileAt!: Date | null;

  /** What Meta called him then, or the time before if it did not say. */
  @Column('text', { name: 'profile_name', nullable: true })
  profileName!: string | null;

  /** The link or ad by which he came, until he says something. */
  @Column('text', { name: 'came_by', nullable: true })
  cameBy!: string | null;
}
