import { DatabaseClient } from '@baton/persistence';
import type { Logger } from '@baton/telemetry';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { CatchUp } from './catch-up.js';
import type { Rooms } from './rooms.js';

export interface NoticesOptions {
  readonly url: string;
  readonly instance: string;
  readonly dataSource: DataSource;
  readonly rooms: Rooms;
  readonly catchUp: CatchUp;
  readonly logger: Logger;
  /** How often the line is asked whether it lives, and how long its answer may take, in ms. Default 5 s. */
  readonly patienceMs?: number;
}

/** What one replica tells another: conversations that were written to, or a frame that is in no log. */
type Notice = { written: string[] } | { tell: { conversationId: string; frame: string } };

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** A line that carries nothing looks the same as one whose other end is gone: so often it is asked, and so long an answer may take. */
const PATIENCE_MS = 5_000;
/** Postgres carries no longer notice; who types is not worth a second way. */
const MAX_NOTICE = 7_000;

/**
 * The line between replicas: Postgres' LISTEN and NOTIFY, on a connection of its own that is rebuilt whenever it breaks. What was
 * missed meanwhile is looked up as soon as it stands again.
 */
export class Notices {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pause = FIRST_PAUSE_MS;
  private stopped = false;

  private readonly patienceMs: number;

  constructor(private readonly options: NoticesOptions) {
    this.patienceMs = options.patienceMs ?? PATIENCE_MS;
  }

  async start(): Promise<void> {
    await this.connect();
  }

  get isListening(): boolean {
    return this.client !== undefined;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  /** Best effort: tells the replicas that hold sockets of these conversations a frame for them. */
  tellOthers(frames: readonly { conversationId: string; frame: string }[]): void {
    const short = frames.filter(({ frame }) => frame.length < MAX_NOTICE / 4);
    if (short.length === 0) return;
    this.options.dataSource
      .query(
        `SELECT pg_notify('dispatcher_' || p.instance, json_build_object('tell',
                  json_build_object('conversationId', f."conversationId", 'frame', f.frame))::text)
         FROM json_to_recordset($1) AS f("conversationId" uuid, frame text)
         JOIN presence p ON p.conversation_id = f."conversationId" AND p.instance <> $2
         JOIN replicas r ON r.instance = p.instance AND r.lease_until > now()`,
        [JSON.stringify(short), this.options.instance],
      )
      .catch((error: unknown) => this.options.logger.debug({ err: error }, 'other replicas were not told who types'));
  }

  private async connect(): Promise<void> {
    const { url, instance, logger, rooms, catchUp } = this.options;
    const client = new DatabaseClient({
      ...{ connectionString: url, application_name: `dispatcher-notices-${instance}`, keepAlive: true },
      ...{ connectionTimeoutMillis: this.patienceMs, answerWithinMs: this.patienceMs },
    });
    let broken = false;
    const asks = setInterval(() => void (this.client === client && client.query('SELECT 1').catch(rebuild)), this.patienceMs).unref();
    const rebuild = (error?: Error): void => {
      if (broken) return;
      broken = true;
      clearInterval(asks);
      if (this.client === client) this.client = undefined;
      client.end().catch(() => undefined);
      if (this.stopped) return;
      logger.warn({ err: error, againInMs: this.pause }, 'the line to the other replicas broke');
      this.timer = setTimeout(() => void this.connect(), this.pause);
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    };
    client.on('error', rebuild);
    client.on('end', () => rebuild());
    client.on('notification', ({ payload }) => this.take(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${client.escapeIdentifier(`dispatcher_${instance}`)}`);
      if (this.stopped || broken) return void (await client.end().catch(() => undefined));
      this.client = client;
      this.pause = FIRST_PAUSE_MS;
      catchUp.wake(rooms.conversationIds());
    } catch (error) {
      rebuild(error as Error);
    }
  }

  private take(payload: string): void {
    const notice = JSON.parse(payload) as Notice;
    if ('written' in notice) this.options.catchUp.wake(notice.written);
    else this.options.rooms.tell(notice.tell.conversationId, notice.tell.frame);
  }
}
