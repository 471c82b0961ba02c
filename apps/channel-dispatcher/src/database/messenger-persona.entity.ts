import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Under which id Meta knows an agent's name and picture. */
@Entity('messenger_personas')
export class MessengerPersonaEntity {
  @PrimaryColumn('text', { name: 'page_id' })
  pageId!: string;

  @PrimaryColumn('text')
  name!: string;

  /** Empty without a picture. */
  @PrimaryColumn('text')
  avatar!: string;

  /** Null when Meta refused it. */
  @Column('text', { name: 'persona_id', nullable: true })
  personaId!: string | null;

  @Column('timestamptz', { name: 'tried_at' })
  triedAt!: Date;

  /** When somebody last spoke with it, to the day. */
  @Column('timestamptz', { name: 'used_at', default: () => 'now()' })
  usedAt!: Date;
}
