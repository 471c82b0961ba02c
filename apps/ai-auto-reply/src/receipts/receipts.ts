import type { DataSource, EntityManager } from 'typeorm';
import { placeText, readPlace } from '../http/place.js';
import type { Receipt, ReceiptState } from './receipt.js';

/** A page of receipts, newest first. */
export interface ReceiptPage {
  readonly receipts: readonly Receipt[];
  /** Give it back as `before` for the page behind; absent on the last. */
  readonly next?: string;
}

export interface ReceiptQuery {
  readonly workspaceId: string;
  readonly botId: string;
  /** Of one session or conversation only. */
  readonly talkId?: string;
  readonly state?: ReceiptState;
  /** Only questions that stayed without an answer. */
  readonly onlyOpen?: boolean;
  /** `next` of the page before. */
  readonly before?: string;
  readonly limit: number;
}

interface Row {
  readonly answer_id: string;
  readonly workspace_id: string;
  readonly bot_id: string;
  readonly place: Receipt['place'];
  readonly talk_id: string;
  readonly epoch: number;
  readonly kind: Receipt['kind'];
  readonly text: string;
  readonly citations: Receipt['citations'];
  readonly trace: Receipt['trace'];
  readonly quota_entry_id: string | null;
  readonly state: ReceiptState;
  readonly why: string | null;
  readonly at: Date;
}

const COLUMNS = 'answer_id, workspace_id, bot_id, place, talk_id, epoch, kind, text, citations, trace, quota_entry_id, state, why, at';
/** Once it is said, suggested or recorded nothing overtakes it. */
const OPEN = "state = 'planned'";
/** Nothing was found or might be said; who asked for a human at once asked nothing. */
const UNANSWERED = `(kind = 'unknown' OR (kind = 'human' AND trace -> 'verdicts' @> '[{"passed": false}]'))`;

/** What was answered, by which passages, under which verdicts; written with the decision, ended with what became of it. */
export class Receipts {
  constructor(private readonly dataSource: DataSource) {}

  /** In the transaction that decides it. The same answer written again changes nothing. */
  async write(manager: EntityManager, receipt: Receipt): Promise<void> {
    const talkId = receipt.sessionId ?? receipt.conversationId;
    if (talkId === undefined) throw new TypeError('a receipt belongs to a session or to a conversation');
    await manager.query(
      `INSERT INTO receipts (${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT (answer_id) DO NOTHING`,
      [
        receipt.answerId,
        receipt.workspaceId,
        receipt.botId,
        receipt.place,
        talkId,
        receipt.epoch,
        receipt.kind,
        receipt.text,
        JSON.stringify(receipt.citations),
        receipt.trace === null ? null : JSON.stringify(receipt.trace),
        receipt.quotaEntryId,
        receipt.state,
        receipt.why ?? null,
        receipt.at,
      ],
    );
  }

  /** What became of a planned answer; false when that was told already (or there is none), and then nothing changes. */
  async end(manager: EntityManager, answerId: string, state: Exclude<ReceiptState, 'planned'>, why?: string): Promise<boolean> {
    const [rows] = (await manager.query(`UPDATE receipts SET state = $2, why = $3 WHERE answer_id = $1 AND ${OPEN} RETURNING answer_id`, [
      answerId,
      state,
      why ?? null,
    ])) as [unknown[], number];
    return rows.length > 0;
  }

  async state(manager: EntityManager, answerId: string): Promise<ReceiptState | undefined> {
    const rows = (await manager.query('SELECT state FROM receipts WHERE answer_id = $1', [answerId])) as { state: ReceiptState }[];
    return rows[0]?.state;
  }

  /** The newest of a session or conversation, as far as it was answered for this workspace. */
  async last(manager: EntityManager, workspaceId: string, talkId: string): Promise<Receipt | undefined> {
    const rows = (await manager.query(
      `SELECT ${COLUMNS} FROM receipts WHERE talk_id = $1 AND workspace_id = $2 ORDER BY at DESC, answer_id DESC LIMIT 1`,
      [talkId, workspaceId],
    )) as Row[];
    return rows[0] && receiptOf(rows[0]);
  }

  async one(of: { readonly workspaceId: string; readonly botId: string }, answerId: string): Promise<Receipt | undefined> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${COLUMNS} FROM receipts WHERE answer_id = $1 AND workspace_id = $2 AND bot_id = $3`,
      [answerId, of.workspaceId, of.botId],
    );
    return rows[0] && receiptOf(rows[0]);
  }

  /** @throws RangeError when `before` is none of ours */
  async list(query: ReceiptQuery): Promise<ReceiptPage> {
    const before = query.before === undefined ? undefined : readPlace(query.before);
    const rows = await this.dataSource.query<Row[]>(
      `SELECT ${COLUMNS} FROM receipts
       WHERE workspace_id = $1 AND bot_id = $2 AND ($3::text IS NULL OR talk_id = $3) AND ($4::text IS NULL OR state = $4)
         AND ($5::timestamptz IS NULL OR (at, answer_id) < ($5, $6::uuid))
         AND ($8::boolean IS NOT TRUE OR ${UNANSWERED})
       ORDER BY at DESC, answer_id DESC LIMIT $7`,
      [
        query.workspaceId,
        query.botId,
        query.talkId ?? null,
        query.state ?? null,
        before?.at ?? null,
        before?.id ?? null,
        query.limit + 1,
        query.onlyOpen ?? false,
      ],
    );
    const receipts = rows.slice(0, query.limit).map(receiptOf);
    const last = receipts.at(-1);
    return rows.length > query.limit && last ? { receipts, next: placeText({ at: last.at, id: last.answerId }) } : { receipts };
  }

  /** Forgets up to `limit` receipts that are older; returns how many. */
  async prune(manager: EntityManager, olderThan: Date, limit: number): Promise<number> {
    const [, removed] = (await manager.query(
      'DELETE FROM receipts WHERE ctid = ANY (ARRAY(SELECT ctid FROM receipts WHERE at < $1 LIMIT $2))',
      [olderThan, limit],
    )) as [unknown, number];
    return removed;
  }
}

function receiptOf(row: Row): Receipt {
  return {
    answerId: row.answer_id,
    workspaceId: row.workspace_id,
    botId: row.bot_id,
    place: row.place,
    ...(row.place === 'inbox' ? { sessionId: row.talk_id } : { conversationId: row.talk_id }),
    epoch: row.epoch,
    kind: row.kind,
    text: row.text,
    citations: row.citations,
    trace: row.trace,
    quotaEntryId: row.quota_entry_id,
    state: row.state,
    ...(row.why === null ? {} : { why: row.why }),
    at: row.at,
  };
}
