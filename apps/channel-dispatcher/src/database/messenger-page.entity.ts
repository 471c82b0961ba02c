import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A page to which something stands in the way; a page without a row is well. */
@Entity('messenger_pages')
export class MessengerPageEntity {
  @PrimaryColumn('text', { name: 'page_id' })
  pageId!: string;

  /** Its token or permission does not work since then. */
  @Column('timestamptz', { name: 'stopped_at', nullable: true })
  stoppedAt!: Date | null;

  @Column('text', { nullable: true })
  reason!: string | null;

  /** Tells the token that did not work from a new one. */
  @Column('text', { name: 'token_mark', nullable: true })
  tokenMark!: string | null;

  /** When it was last tried all the same. */
  @Column('timestamptz', { name: 'probed_at', nullable: true })
  probedAt!: Date | null;

  /** Meta wants no call before then. */
  @Column('timestamptz', { name: 'slow_until', nullable: true })
  slowUntil!: Date | null;
}
