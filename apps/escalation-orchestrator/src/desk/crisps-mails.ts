import type { DataSource } from 'typeorm';
import { counter, METRICS } from '@baton/telemetry';

/** What Crisp says that it mailed, in one session. */
export interface MailedByCrisp {
  readonly conversationId: string;
  readonly sessionId: string;
  readonly fingerprints: readonly number[];
}

/**
 * Counts what Crisp mailed, and whether the visitor had it in the chat, too. A line that was decided for the chat and is mailed all the
 * same (he left before it reached him) can be taken back from neither: it is only counted.
 */
export class CrispsMails {
  private readonly mails = counter(METRICS.crispMails);

  constructor(private readonly dataSource: DataSource) {}

  async count(mailed: readonly MailedByCrisp[]): Promise<void> {
    for (const { conversationId, sessionId, fingerprints } of mailed) {
      const rows: { mailed: boolean; status: string }[] = await this.dataSource.query(
        `SELECT mailed, status FROM transcript_lines
         WHERE conversation_id = $1 AND crisp_session_id = $2 AND crisp_fingerprint = ANY($3::bigint[]) AND author->>'kind' = 'agent'`,
        [conversationId, sessionId, fingerprints],
      );
      for (const { mailed, status } of rows)
        this.mails.inc({ chat: mailed ? 'silent' : status === 'delivered' || status === 'seen' ? 'shown' : 'new' });
    }
  }
}
