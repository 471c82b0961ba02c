import type { DataSource } from 'typeorm';
import { CrispError } from '@baton/crisp';
import type { CrispClient, CrispConnections, CrispConversation } from '@baton/crisp';
import { UnprocessableEvent } from '@baton/messaging';
import type { Logger } from '@baton/telemetry';
import type { Case } from '../../judge/case.js';
import { deskEventId } from '../../judge/desk-events.js';
import type { DeskEvent } from '../../judge/desk-events.js';
import type { Judge } from '../../judge/judge.js';
import type { Observations } from '../../observations.js';
import type { WebsiteHooks } from '../../signals/website-hooks.js';
import { missedEvents } from './missed-events.js';
import { heldLines, noteReading, openSessions, watchedSessions } from './watched-sessions.js';
import type { WatchedSession } from './watched-sessions.js';

export interface CatchUpOptions {
  readonly dataSource: DataSource;
  readonly judge: Judge;
  readonly connections: CrispConnections;
  readonly observations: Observations;
  /** Told of what no web hook had told. */
  readonly hooks: Pick<WebsiteHooks, 'wasMissed'>;
  readonly log: Logger;
  readonly instanceId: string;
  /** Between two looks at a website (ms). */
  readonly everyMs: number;
  /** ms */
  readonly now: () => number;
}

/** How far before the last known change a reading begins: Crisp's times of one message differ a little (ms). */
const OVERLAP = 120_000;
/** Crisp's clock and ours may differ by so much (ms). */
const CLOCK_SLACK = 3_600_000;
/** Sessions of one website read side by side. */
const READ_AT_ONCE = 4;
/** Pages of 50 conversations that one look lists at most. */
const MAX_PAGES = 20;
/** Sessions that are read in one look although no list told of them. */
const UNLISTED_AT_ONCE = 50;
/** A look at a website that takes longer is taken over by another replica (ms). */
const LEASE = 60_000;

/**
 * Finds what web hooks never told. Once a minute one list call per website with open episodes says which sessions changed;
 * those are read, and what is found there is judged under the same names as the hooks would have been.
 */
export class CatchUp {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(private readonly options: CatchUpOptions) {}

  start(): void {
    const again = () => {
      if (this.stopping.signal.aborted) return;
      // Several ticks per interval: whose turn it is, the lease says.
      this.timer = setTimeout(
        () => {
          this.running = this.tick().finally(again);
        },
        Math.min(this.options.everyMs, Math.max(250, this.options.everyMs / 6)),
      );
    };
    again();
  }

  /** What is being read of Crisp at this moment is left to the next replica. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await this.running;
  }

  /** Looks at each website whose turn it is; what fails is looked at again next time. */
  async tick(): Promise<void> {
    const { dataSource, now, log } = this.options;
    try {
      const rows: { website_id: string }[] = await dataSource.query(
        'SELECT DISTINCT website_id FROM crisp_sessions WHERE watched_until IS NULL OR watched_until > to_timestamp($1 / 1000.0)',
        [now()],
      );
      for (const { website_id } of rows) {
        if (this.stopping.signal.aborted) return;
        await this.lookAt(website_id).catch((error: unknown) =>
          log.warn({ websiteId: website_id, reason: codeOf(error) }, 'a catch-up failed and is tried again'),
        );
      }
    } catch (error) {
      log.warn({ reason: codeOf(error) }, 'catch-ups are not possible at this moment');
    }
  }

  /**
   * Reads the sessions in which an answer may stand now, before a time-out acts on silence that may be none.
   * @returns false when Crisp could not be read
   */
  async beforeTimeout(conversationId: string): Promise<boolean> {
    const { dataSource, connections, now } = this.options;
    const sessions = await openSessions(dataSource, conversationId, now());
    const readings = sessions.map(async (session) => {
      const connection = connections.of(session.websiteId, session.botId);
      return connection ? this.readNow(session, connection.client) : false;
    });
    return (await Promise.all(readings)).every((isRead) => isRead);
  }

  private async lookAt(websiteId: string): Promise<void> {
    const client = this.options.connections.of(websiteId)?.client;
    if (!client) return;
    const lease = await this.lease(websiteId);
    if (!lease) return;
    try {
      await this.readChanged(websiteId, client, lease);
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
      await this.options.dataSource.query('UPDATE catch_ups SET leased_until = now() WHERE website_id = $1', [websiteId]);
    }
  }

  private async readChanged(websiteId: string, client: CrispClient, lease: { readonly listedUpTo: number | null }): Promise<void> {
    const { dataSource, now } = this.options;
    const { signal } = this.stopping;
    const watched = await watchedSessions(dataSource, websiteId, now());
    const bySession = new Map(watched.map((session) => [session.sessionId, session]));
    const since =
      lease.listedUpTo === null ? Math.min(...watched.map((session) => session.openedAt)) - CLOCK_SLACK : lease.listedUpTo - OVERLAP;
    const { conversations, complete } = await client.listConversationsUpdatedSince(websiteId, since, { maxPages: MAX_PAGES }, { signal });
    const readings = conversations.flatMap((conversation) => {
      const session = bySession.get(conversation.session_id);
      bySession.delete(conversation.session_id);
      const isRead = session?.readAtChange != null && conversation.updated_at <= session.readAtChange && !session.readAgain;
      return session && !isRead ? [() => this.readNow(session, client, conversation)] : [];
    });
    if (!complete) {
      // More changed than a list tells: those that were not read for longest are read unasked.
      const unlisted = [...bySession.values()].sort((a, b) => (a.readAtChange ?? 0) - (b.readAtChange ?? 0)).slice(0, UNLISTED_AT_ONCE);
      readings.push(...unlisted.map((session) => () => this.readNow(session, client)));
    }
    let areRead = true;
    for (let at = 0; at < readings.length && !this.stopping.signal.aborted; at += READ_AT_ONCE) {
      const ends = await Promise.all(readings.slice(at, at + READ_AT_ONCE).map((reading) => reading()));
      areRead &&= ends.every(Boolean);
    }
    // What could not be read is listed again next time.
    const newest = areRead && !this.stopping.signal.aborted ? (conversations[0]?.updated_at ?? null) : null;
    await dataSource.query('UPDATE catch_ups SET leased_until = now(), listed_up_to = coalesce($2, listed_up_to) WHERE website_id = $1', [
      websiteId,
      newest,
    ]);
  }

  /** One replica at a time looks at a website, and not more often than asked. */
  private async lease(websiteId: string): Promise<{ listedUpTo: number | null } | null> {
    const { dataSource, instanceId, everyMs, now } = this.options;
    const rows: { listed_up_to: string | null }[] = await dataSource.query(
      `WITH mine AS (
         INSERT INTO catch_ups AS c (website_id, leased_by, leased_until, began_at) VALUES ($1, $2, to_timestamp($3 / 1000.0), to_timestamp($4 / 1000.0))
         ON CONFLICT (website_id) DO UPDATE SET leased_by = excluded.leased_by, leased_until = excluded.leased_until, began_at = excluded.began_at
         WHERE c.leased_until <= excluded.began_at AND c.began_at <= to_timestamp($5 / 1000.0)
         RETURNING listed_up_to
       ) SELECT listed_up_to FROM mine`,
      [websiteId, instanceId, now() + LEASE, now(), now() - everyMs],
    );
    const row = rows[0];
    return row ? { listedUpTo: row.listed_up_to === null ? null : Number(row.listed_up_to) } : null;
  }

  /** Reads a session, as a list just told of it or asked for now; false when it has to be read again. */
  private async readNow(session: WatchedSession, client: CrispClient, listed?: CrispConversation): Promise<boolean> {
    const { websiteId, sessionId } = session;
    try {
      await this.read(session, client, listed ?? (await client.getConversation(session, { signal: this.stopping.signal })));
      return true;
    } catch (error) {
      if (this.stopping.signal.aborted) return false;
      if (error instanceof CrispError && error.code === 'crisp.not-found') {
        await this.judgeAll(session, [{ websiteId, sessionId, kind: 'session-removed', at: this.options.now() }]);
        return true;
      }
      this.options.log.warn({ sessionId, reason: codeOf(error) }, 'a session could not be read');
      // What can never be judged is not worth reading again.
      return error instanceof UnprocessableEvent;
    }
  }

  private async read(session: WatchedSession, client: CrispClient, conversation: CrispConversation): Promise<void> {
    const { dataSource, now } = this.options;
    const { websiteId, isStateSettled } = session;
    const since = session.readAtChange === null ? 0 : session.readAtChange - OVERLAP;
    const { messages, complete } = await client.getMessagesSince(session, since, { signal: this.stopping.signal });
    const held = await heldLines(dataSource, session, since, now());
    await this.judgeAll(session, missedEvents({ websiteId, conversation, messages, since, isComplete: complete, held, isStateSettled }));
    // A state that could not be believed yet is read once more.
    if (isStateSettled || conversation.state !== 'resolved') await noteReading(dataSource, session.sessionId, conversation.updated_at);
  }

  private async judgeAll({ conversationId, websiteId }: WatchedSession, events: readonly DeskEvent[]): Promise<void> {
    const { judge, observations, hooks, now } = this.options;
    const cases = events.map((event): Case => ({ conversationId, inboxId: deskEventId(event), matter: { about: 'desk', event } }));
    const verdicts = await judge.judge(cases);
    verdicts.forEach((verdict, index) => {
      if (verdict.came !== 'first' || verdict.after === verdict.before) return;
      observations.foundMissed(events[index]!.kind);
      hooks.wasMissed(websiteId, now());
    });
  }
}

function codeOf(error: unknown): string {
  if (error instanceof CrispError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
