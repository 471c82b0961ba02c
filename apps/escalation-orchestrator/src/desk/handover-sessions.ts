import type { DataSource } from 'typeorm';

const REMEMBERED = 20_000;

/** The Crisp session of a handover; once there is one it stays, so that it is asked for once. */
export class HandoverSessions {
  private readonly known = new Map<string, string>();

  constructor(private readonly dataSource: DataSource) {}

  async sessionOf(handoverId: string): Promise<string | null> {
    const known = this.known.get(handoverId);
    if (known) return known;
    const rows: { crisp_session_id: string | null }[] = await this.dataSource.query(
      'SELECT crisp_session_id FROM handovers WHERE id = $1',
      [handoverId],
    );
    const sessionId = rows[0]?.crisp_session_id ?? null;
    if (sessionId === null) return null;
    if (this.known.size >= REMEMBERED) this.known.delete(this.known.keys().next().value!);
    this.known.set(handoverId, sessionId);
    return sessionId;
  }
}
