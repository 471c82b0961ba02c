import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { FileState } from '../files/files.store.js';

/** A file of a conversation, under an address of ours until it expires. */
@Entity('hosted_files')
@Check('hosted_files_state_check', `state IN ('wanted', 'here', 'refused')`)
@Check('hosted_files_check', `(state = 'here') = (content IS NOT NULL)`)
@Index('hosted_files_conversation', ['conversationId'])
@Index('hosted_files_expiry', ['expiresAt'])
export class HostedFileEntity {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid', { name: 'conversation_id' })
  conversationId!: string;

  @Column('text', { name: 'bot_id' })
  botId!: string;

  @Column('text')
  state!: FileState;

  /** Why it is not to be had; only when refused. */
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('text')
  name!: string;

  /** Found in its bytes when it is here, else a guess. */
  @Column('text', { name: 'content_type' })
  contentType!: string;

  /** Where it is to be fetched from; only until it is here. */
  @Column('text', { name: 'source_url', nullable: true })
  sourceUrl!: string | null;

  /** Bytes; 0 until it is here. */
  @Column('integer', { default: 0 })
  size!: number;

  @Column('bytea', { nullable: true })
  sha256!: Buffer | null;

  /** Not packed, so that a piece is read without the rest; never selected as a whole. */
  @Column('bytea', { nullable: true, select: false })
  content!: Buffer | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt!: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt!: Date;
}
