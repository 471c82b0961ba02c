import type { DataSource } from 'typeorm';
import type { Effects } from '@baton/effects';
import type { Inbox } from '@baton/messaging';
import type { Logger } from '@baton/telemetry';

/** Inbox rows outlive the longest retention of a topic (7 days), so that nothing that can still come is judged twice. */
const INBOX_DAYS = 9;
/** What was done at Crisp and how it ended, for whoever asks why. */
const EFFECT_DAYS = 14;
/** What was promised and how it ended, for the list of promises. */
const PROMISE_DAYS = 90;
/** Why a conversation went as it did; with it, at the latest. */
const DECISION_DAYS = 90;
const DAY = 86_400_000;
const EVERY = 10 * 60_000;
const AT_ONCE = 5_000;
const MAX_ROUNDS = 200;

/** What is forgotten, and when. Conversations and their lines are kept until they are erased. */
const FORGOTTEN = {
  // An edit or removal whose message never came, and our own messages once their echo cannot come any more.
  crispMessages: `DELETE FROM crisp_messages WHERE ctid = ANY (ARRAY(SELECT ctid FROM crisp_messages WHERE noted_at < now() - interval '${INBOX_DAYS} days' AND (ours OR message_id IS NULL) LIMIT $1))`,
  requests: `DELETE FROM escalation_requests WHERE ctid = ANY (ARRAY(SELECT ctid FROM escalation_requests WHERE created_at < now() - interval '1 day' LIMIT $1))`,
  links: `DELETE FROM history_links WHERE ctid = ANY (ARRAY(SELECT ctid FROM history_links WHERE expires_at < now() - interval '90 days' LIMIT $1))`,
  // An open one that is this late belongs to a bot that is gone: nobody can end it.
  promises: `DELETE FROM promises WHERE ctid = ANY (ARRAY(SELECT ctid FROM promises
    WHERE ended_at < now() - interval '${PROMISE_DAYS} days' OR (ended_at IS NULL AND due_at < now() - interval '${PROMISE_DAYS} days') LIMIT $1))`,
  decisions: `DELETE FROM decisions WHERE ctid = ANY (ARRAY(SELECT ctid FROM decisions WHERE at < now() - interval '${DECISION_DAYS} days' LIMIT $1))`,
  catchUps: `DELETE FROM catch_ups WHERE ctid = ANY (ARRAY(SELECT ctid FROM catch_ups WHERE began_at < now() - interval '7 days' LIMIT $1))`,
  crispCalls: `DELETE FROM crisp_calls WHERE ctid = ANY (ARRAY(SELECT ctid FROM crisp_calls WHERE day < current_date - 30 LIMIT $1))`,
} as const;

/** Notes of what was judged, by whole days, UTC: the first of a day stands with the state before it, so that what is left can be judged again. */
const NOTES = [
  `DELETE FROM judged_facts WHERE ctid = ANY (ARRAY(SELECT ctid FROM judged_facts
    WHERE at < (date_trunc('day', now() AT TIME ZONE 'UTC') - make_interval(days => $2)) AT TIME ZONE 'UTC' LIMIT $1))`,
  // Named by notes of the whole day before.
  `DELETE FROM judged_policies WHERE ctid = ANY (ARRAY(SELECT ctid FROM judged_policies
    WHERE day < (now() AT TIME ZONE 'UTC')::date - 1 - $2::integer LIMIT $1))`,
];

/** Forgets, in small portions, what can not be asked for any more. */
export class Prune {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly parts: {
      readonly dataSource: DataSource;
      readonly inbox: Inbox;
      readonly effects: Pick<Effects, 'prune'>;
      /** Erases conversations that are older than their workspace keeps them; returns how many, fewer than it could at once when none is left. */
      readonly eraseOld: () => Promise<number>;
      /** Whole days for which notes of what was judged are kept, today aside. */
      readonly judgedDays: number;
      readonly log: Logger;
      /** ms */
      readonly now: () => number;
    },
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.running = this.run().catch((error: unknown) =>
        this.parts.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'pruning failed and is tried again'),
      );
    }, EVERY);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  async run(): Promise<void> {
    const { dataSource, inbox, effects, eraseOld, judgedDays, now } = this.parts;
    for (let round = 0; round < MAX_ROUNDS && !this.stopped && (await eraseOld()) > 0; round++);
    await this.repeat(() => inbox.prune(dataSource.manager, new Date(now() - INBOX_DAYS * DAY), AT_ONCE));
    await this.repeat(() => effects.prune(dataSource.manager, new Date(now() - EFFECT_DAYS * DAY), AT_ONCE));
    for (const statement of Object.values(FORGOTTEN)) await this.repeat(() => deleted(dataSource, statement, [AT_ONCE]));
    for (const statement of NOTES) await this.repeat(() => deleted(dataSource, statement, [AT_ONCE, judgedDays]));
  }

  private async repeat(portion: () => Promise<number>): Promise<void> {
    for (let round = 0; round < MAX_ROUNDS && !this.stopped; round++) {
      if ((await portion()) < AT_ONCE) return;
    }
  }
}

async function deleted(dataSource: DataSource, statement: string, values: readonly number[]): Promise<number> {
  return ((await dataSource.query(statement, [...values])) as [unknown, number])[1];
}
