import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LogFrame } from '@baton/contracts';

/** One line of a visitor's log, kept as the very frame that a browser gets. */
@Entity('log')
export class LogLineEntity {
  @PrimaryColumn('uuid', { name: 'conversation_id' })
  conversationId!: string;

  /** Gap-free from 1. */
  @PrimaryColumn('integer')
  seq!: number;

  @Column('text')
  kind!: LogFrame['t'];

  @Column('uuid', { name: 'message_id', nullable: true })
  messageId!: string | null;

  @Column('text', { nullable: true })
  author!: string | null;

  @Column('uuid', { name: 'client_id', nullable: true })
  clientId!: string | null;

  /** `json`, not `jsonb`: it goes out as it came in. */
  @Column('json')
  frame!: LogFrame;

  @Column('timestamptz')
  at!: Date;
}
