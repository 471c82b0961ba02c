import { eventually } from '@baton/testing';
import type { Stage } from './stage.js';

export const WEBSITE = '11111111-2222-4333-8444-555555555555';

/** A line as the simulated Crisp keeps it. */
export interface CrispLine {
  readonly type: string;
  readonly from: string;
  readonly origin: string;
  readonly content: string;
  readonly fingerprint: number;
  readonly timestamp: number;
  readonly automated?: boolean;
  readonly user: { readonly nickname?: string; readonly avatar?: string };
  readonly properties?: Record<string, unknown>;
}

/** A conversation in the inbox: what its visitor and its agents do, and what they see. */
export class InboxVisitor {
  constructor(
    private readonly stage: Stage,
    readonly sessionId: string,
  ) {}

  writes(text: string): Promise<number> {
    return this.act('visitor-message', { text });
  }

  agentWrites(text: string, more: Record<string, unknown> = {}): Promise<number> {
    return this.act('agent-message', { text, ...more });
  }

  agentNotes(text: string): Promise<number> {
    return this.act('note', { text });
  }

  async does(what: string, body: unknown = {}): Promise<void> {
    await this.stage.crisp('POST', `/conversations/${this.sessionId}/${what}`, body);
  }

  /** A hook that Crisp sends to plugins only. */
  async hooks(event: string, data: Record<string, unknown>): Promise<void> {
    const of = { website_id: WEBSITE, session_id: this.sessionId };
    await this.stage.send(this.stage.hookRecord(JSON.stringify({ ...of, event, timestamp: Date.now(), data: { ...of, ...data } })));
  }

  async lines(): Promise<CrispLine[]> {
    return (await this.shown()).messages;
  }

  shown(): Promise<{ state: string; operator_typing: { type: string } | null; messages: CrispLine[] }> {
    return this.stage.crisp('GET', `/conversations/${this.sessionId}`);
  }

  /** What the assistant said to the visitor. */
  async answers(): Promise<CrispLine[]> {
    return (await this.lines()).filter(
      ({ type, from, origin }) => type === 'text' && from === 'operator' && origin.startsWith('urn:baton:ai'),
    );
  }

  async notes(): Promise<CrispLine[]> {
    return (await this.lines()).filter(({ type, origin }) => type === 'note' && origin.startsWith('urn:baton:ai'));
  }

  /** Waits for so many answers in all, and returns the last. */
  async isAnswered(count = 1, within = 30_000): Promise<CrispLine> {
    const what = `answer ${count} in ${this.sessionId}`;
    return eventually(async () => (await this.answers())[count - 1], { what, within });
  }

  async isNoted(count = 1, within = 30_000): Promise<CrispLine> {
    return eventually(async () => (await this.notes())[count - 1], { what: `note ${count} in ${this.sessionId}`, within });
  }

  /** How the assistant sees the session. */
  async state(): Promise<string | undefined> {
    return (await this.row())?.state;
  }

  async row(): Promise<{ state: string; epoch: number; due_at: Date | null } | undefined> {
    const rows = await this.stage.dataSource.query<{ state: string; epoch: number; due_at: Date | null }[]>(
      'SELECT state, epoch, due_at FROM inbox_sessions WHERE session_id = $1',
      [this.sessionId],
    );
    return rows[0];
  }

  async is(state: string, within = 30_000): Promise<void> {
    await eventually(async () => (await this.state()) === state, { what: `${this.sessionId} being ${state}`, within });
  }

  /** What he said last is to be answered. */
  async isDue(): Promise<void> {
    await eventually(async () => (await this.row())?.due_at, { what: `an answer being due in ${this.sessionId}` });
  }

  /** Everything that people said so far has been heard and is dealt with: nothing is due, nothing is under way. */
  async isQuiet(within = 30_000): Promise<void> {
    const said = (await this.lines())
      .filter(({ type, origin }) => type === 'text' && origin === 'chat')
      .map(({ fingerprint }) => fingerprint);
    const query = `SELECT due_at IS NOT NULL OR lease_owner IS NOT NULL OR EXISTS (SELECT FROM effect_lanes WHERE lane = $1) AS busy,
      session->'lines' AS lines FROM inbox_sessions WHERE session_id = $1`;
    const isQuiet = async (): Promise<boolean> => {
      const [row] = await this.stage.dataSource.query<{ busy: boolean; lines: { fingerprint: number }[] }[]>(query, [this.sessionId]);
      const heard = new Set(row?.lines.map(({ fingerprint }) => fingerprint));
      return row?.busy === false && said.every((fingerprint) => heard.has(fingerprint));
    };
    await eventually(isQuiet, { what: `quiet in ${this.sessionId}`, within });
  }

  private async act(what: string, body: unknown): Promise<number> {
    return (await this.stage.crisp<{ fingerprint: number }>('POST', `/conversations/${this.sessionId}/${what}`, body)).fingerprint;
  }
}
