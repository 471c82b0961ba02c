import type { DataSource } from 'typeorm';
import { derivedId } from '@baton/contracts';
import { UnprocessableEvent } from '@baton/messaging';
import { isTransient } from '@baton/persistence';
import type { Logger } from '@baton/telemetry';
import type { TimerKind } from '../floor/conversation.js';
import type { CatchUp } from '../desk/catch-up/catch-up.js';
import type { Judge } from '../judge/judge.js';

export interface RingOptions {
  readonly dataSource: DataSource;
  readonly judge: Judge;
  readonly catchUp: Pick<CatchUp, 'beforeTimeout'>;
  readonly log: Logger;
  /** ms */
  readonly now: () => number;
  /** Between two looks (ms). */
  readonly everyMs?: number;
}

interface Due {
  readonly id: string;
  readonly dueAt: number;
  /** It says that nobody answered. */
  readonly blames: boolean;
}

const EVERY = 500;
/** Conversations whose time has come, looked at together. */
const AT_ONCE = 100;
/** Of these so many at once, for each may need a reading of its session. */
const READ_AT_ONCE = 10;
/** When Crisp cannot be read, a time-out waits so long for it (ms): the visitor must not be stranded by an outage. */
const WAIT_FOR_CRISP = 60_000;
/** A session that could not be read is tried again so often (ms). */
const READ_EVERY = 5_000;
/** What is said or done because nobody answered. */
const BLAMING: readonly TimerKind[] = [
  'no-accept-warning',
  'no-accept',
  'no-first-answer-warning',
  'no-first-answer',
  'silence-warning',
  'silence',
  'promise',
];
/** A conversation whose timer cannot be judged (its bot is gone) is left alone so long. */
const LEAVE_ALONE = '1 hour';
/** One that failed for a reason that nobody foresaw is tried again so soon. */
const TRY_AGAIN = '1 minute';

/** Lets time pass for conversations whose timer is due. The timers are columns: they survive a restart, and any replica rings them. */
export class Ring {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;
  /** Conversations whose session could not be read: since when, and when that was tried last (ms). */
  private readonly unread = new Map<string, { readonly since: number; readonly triedAt: number }>();

  constructor(private readonly options: RingOptions) {}

  start(): void {
    const again = () => {
      if (this.stopped) return;
      this.timer = setTimeout(() => {
        this.running = this.tick()
          .catch((error: unknown) =>
            this.options.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'timers could not be looked at'),
          )
          .finally(again);
      }, this.options.everyMs ?? EVERY);
    };
    again();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Judges that time has passed for all that are due. */
  async tick(): Promise<void> {
    const { dataSource, now } = this.options;
    const at = now();
    // Somebody answered meanwhile, or another replica rang.
    for (const [id, { triedAt }] of this.unread) if (at - triedAt > WAIT_FOR_CRISP) this.unread.delete(id);
    // Those that wait for Crisp must not stand in the way of the others.
    const justTried = [...this.unread].flatMap(([id, { triedAt }]) => (at - triedAt < READ_EVERY ? [id] : []));
    const rows: { id: string; due_at: string; blames: boolean }[] = await dataSource.query(
      `SELECT id, extract(epoch FROM next_timer_at) * 1000 AS due_at,
         (floor IN ('waiting', 'agent') OR state #>> '{followUp,sessionId}' IS NOT NULL) AND EXISTS (SELECT FROM jsonb_array_elements(state -> 'timers') AS timer
           WHERE timer ->> 'kind' = ANY($2::text[]) AND (timer ->> 'dueAt')::float8 <= $1) AS blames
       FROM conversations
       WHERE next_timer_at <= to_timestamp($1 / 1000.0) AND id <> ALL($3::uuid[]) ORDER BY next_timer_at LIMIT ${AT_ONCE}`,
      [at, BLAMING, justTried],
    );
    const due = rows.map(({ id, due_at, blames }): Due => ({ id, blames, dueAt: Math.floor(Number(due_at)) }));
    for (let first = 0; first < due.length && !this.stopped; first += READ_AT_ONCE) {
      const some = due.slice(first, first + READ_AT_ONCE);
      const ready = (await Promise.all(some.map(async (one) => ((await this.mayRing(one)) ? [one] : [])))).flat();
      await this.ring(ready);
    }
  }

  /** Silence of an agent may be a web hook that never came: his session is read first. */
  private async mayRing({ id, blames }: Due): Promise<boolean> {
    if (!blames) return true;
    const now = this.options.now();
    const { since } = this.unread.get(id) ?? { since: now };
    const mayRing = (await this.options.catchUp.beforeTimeout(id)) || now - since >= WAIT_FOR_CRISP;
    if (mayRing) this.unread.delete(id);
    else this.unread.set(id, { since, triedAt: now });
    return mayRing;
  }

  private async ring(due: readonly Due[]): Promise<void> {
    if (due.length === 0) return;
    try {
      await this.options.judge.judge(
        due.map(({ id, dueAt }) => ({
          conversationId: id,
          inboxId: null, // a timer that rang is gone, and one that is not due does nothing
          matter: { about: 'fact', fact: { id: derivedId('time-passed', id, dueAt), kind: 'time-passed' } },
        })),
      );
    } catch (error) {
      // Whatever it is with one of them, the others must not wait for it.
      if (isTransient(error)) throw error;
      if (due.length > 1) return void (await Promise.all(due.map((one) => this.ring([one]))));
      await this.leaveAlone(due[0]!.id, error);
    }
  }

  private async leaveAlone(conversationId: string, error: unknown): Promise<void> {
    this.options.log.error({ conversationId, reason: reasonOf(error) }, 'a timer could not be judged');
    await this.options.dataSource.query(
      `UPDATE conversations SET next_timer_at = now() + interval '${error instanceof UnprocessableEvent ? LEAVE_ALONE : TRY_AGAIN}' WHERE id = $1 AND next_timer_at <= now()`,
      [conversationId],
    );
  }
}

/** Never the data: only what is written to be told is told in words. */
function reasonOf(error: unknown): string {
  if (error instanceof UnprocessableEvent) return error.message;
  return error instanceof Error ? error.name : 'unknown';
}
