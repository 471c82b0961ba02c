import { query, readAnswer, readRows, SYNC } from './wire.js';

/** A database that has exactly one session for everybody. */
export interface SingleSession {
  execProtocolRaw(message: Uint8Array): Promise<Uint8Array>;
}

export interface Turn {
  /** Whole messages, up to one after which the database answers. */
  readonly bytes: Buffer;
  /** What of them is SQL. */
  readonly sql: readonly string[];
}

interface Waiting extends Turn {
  readonly seat: Seat;
  resolve(answer: Buffer): void;
  reject(error: Error): void;
}

/** A transaction that its client forgot would hold up everybody else. */
const IDLE_IN_TRANSACTION_MS = 60_000;
/**
 * PGlite has no clock of its own: one of these makes it turn in circles for ever instead of ending the session. They are kept from
 * it; the first is kept here.
 */
const NO_TIMEOUTS = ['idle_in_transaction_session_timeout', 'idle_session_timeout', 'transaction_timeout'];
const SETS_TIMEOUT = new RegExp(`\\b(${NO_TIMEOUTS.join('|')})\\b`, 'i');
/** Functions can set something without any command that says so. */
const SETS = /\bset_config\s*\(/i;
const SET_COMMANDS = new Set(['SET', 'RESET', 'DISCARD ALL']);
const TAKES_LOCK = /\bpg_advisory_lock\s*\(/i;
const RETURNS_LOCK = /\bpg_advisory_unlock(_all)?\s*\(/i;

/**
 * Lets clients take turns in one session as if each had its own. Who has opened a transaction keeps the session until its end,
 * so that transactions run one after the other. Between turns of two clients their settings are exchanged (`search_path` above all).
 * `pg_advisory_lock` would not keep anybody out, all being one session: here a client waits for another one's lock of the same
 * words. Shared all the same are temporary tables; not kept out are `pg_try_advisory_lock`; `NOTIFY` reaches nobody.
 */
export class SharedSession {
  private readonly queue: Waiting[] = [];
  private readonly locks = new Map<string, Seat>();
  private working = false;
  /** In a transaction, or in the middle of its messages. */
  private holder: Seat | undefined;
  /** Whose settings are in force. */
  private current: Seat | undefined;
  private idleTimer: NodeJS.Timeout | undefined;

  constructor(private readonly database: SingleSession) {}

  /**
   * A place for one client, with its settings.
   * @throws Error in the database's words when it refuses a setting
   */
  async enter(settings: ReadonlyMap<string, string>, onForgotten: () => void): Promise<Seat> {
    const ownIdleMs = Number(settings.get('idle_in_transaction_session_timeout'));
    const forDatabase = new Map([...settings].filter(([name]) => !NO_TIMEOUTS.includes(name.toLowerCase())));
    const seat = new Seat(forDatabase, ownIdleMs > 0 ? ownIdleMs : IDLE_IN_TRANSACTION_MS, onForgotten);
    await this.take(seat, { bytes: SYNC, sql: [] });
    return seat;
  }

  /** @throws Error when the client left before its turn came, or the database is broken */
  take(seat: Seat, turn: Turn): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.queue.push({ ...turn, seat, resolve, reject });
      void this.work();
    });
  }

  /** Nothing of the client stays: neither its transaction nor its locks and prepared statements. */
  async leave(seat: Seat): Promise<void> {
    for (const waiting of this.queue.filter((other) => other.seat === seat)) {
      this.queue.splice(this.queue.indexOf(waiting), 1);
      waiting.reject(new Error('The client left'));
    }
    this.unlock(seat);
    const statements = [...seat.statements].map((name) => query(`DEALLOCATE "${name.replaceAll('"', '""')}"`));
    if (this.holder === seat || this.working || statements.length > 0)
      await this.take(seat, { bytes: Buffer.concat([SYNC, query('ROLLBACK'), ...statements]), sql: [] });
    // Its last turn may have taken one.
    this.unlock(seat);
    if (this.current === seat) seat.mayHaveSet = false;
    // Somebody may have waited for its lock.
    void this.work();
  }

  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    for (let turn = this.next(); turn; turn = this.next()) {
      try {
        turn.resolve(await this.perform(turn));
      } catch (error) {
        turn.reject(error as Error);
      }
    }
    this.working = false;
    clearTimeout(this.idleTimer);
    if (this.holder) this.idleTimer = setTimeout(this.holder.onForgotten, this.holder.idleInTransactionMs);
  }

  private next(): Waiting | undefined {
    const mayGo = ({ seat, sql, bytes }: Waiting): boolean => {
      if (this.holder) return this.holder === seat;
      const owner = sql.some((text) => TAKES_LOCK.test(text)) ? this.locks.get(lockOf(sql, bytes)) : undefined;
      return owner === undefined || owner === seat;
    };
    const index = this.queue.findIndex(mayGo);
    return index === -1 ? undefined : this.queue.splice(index, 1)[0];
  }

  private async perform({ seat, bytes, sql }: Waiting): Promise<Buffer> {
    if (this.current !== seat) await this.handOver(seat);
    const answer = await this.ask(bytes);
    const { status, commands, error } = readAnswer(answer);
    if (status !== undefined) this.holder = status === 'I' ? undefined : seat;
    else this.holder = seat;
    if (commands.some((command) => SET_COMMANDS.has(command)) || sql.some((text) => SETS.test(text))) seat.mayHaveSet = true;
    if (error === undefined && sql.some((text) => TAKES_LOCK.test(text))) this.locks.set(lockOf(sql, bytes), seat);
    if (sql.some((text) => RETURNS_LOCK.test(text))) this.unlock(seat);
    if (sql.some((text) => SETS_TIMEOUT.test(text))) await this.ask(query(NO_TIMEOUTS.map((name) => `SET ${name} = 0`).join(';')));
    return answer;
  }

  private unlock(seat: Seat): void {
    for (const [lock, owner] of this.locks) if (owner === seat) this.locks.delete(lock);
  }

  private async handOver(to: Seat): Promise<void> {
    const from = this.current;
    if (from?.mayHaveSet) {
      const rows = readRows(await this.ask(query(`SELECT name, setting FROM pg_settings WHERE source = 'session'`)));
      from.settings = new Map(rows.map(([name, setting]) => [name!, setting!]));
      from.mayHaveSet = false;
    }
    if (!from || !sameSettings(from.settings, to.settings)) {
      const wanted = [...to.settings].map(([name, value]) => `set_config(${literal(name)}, ${literal(value)}, false)`);
      // In a statement of its own: it decides how the next one is read.
      this.current = undefined;
      const answers = await this.ask(
        Buffer.concat([query('RESET ALL'), ...(wanted.length > 0 ? [query(`SELECT ${wanted.join(', ')}`)] : [])]),
      );
      const { error } = readAnswer(answers);
      if (error !== undefined) throw new Error(error);
    }
    this.current = to;
  }

  private async ask(bytes: Buffer): Promise<Buffer> {
    return Buffer.from(await this.database.execProtocolRaw(bytes));
  }
}

/** A client's place in the shared session. */
export class Seat {
  /** Its prepared statements, by the names the database knows them by. */
  readonly statements = new Set<string>();
  /** Its settings may be others by now than `settings` says. */
  mayHaveSet = false;

  constructor(
    public settings: ReadonlyMap<string, string>,
    readonly idleInTransactionMs: number,
    /** It left a transaction open and asks nothing. */
    readonly onForgotten: () => void,
  ) {}
}

/** Two ask for the same lock when they say the same. */
function lockOf(sql: readonly string[], bytes: Buffer): string {
  return `${sql.join(';')} ${bytes.toString('latin1')}`;
}

function sameSettings(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}

function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
