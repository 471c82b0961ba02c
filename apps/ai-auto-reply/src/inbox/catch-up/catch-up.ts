import { setTimeout as pause } from 'node:timers/promises';
import type { BotSettings } from '@baton/contracts';
import { CrispError } from '@baton/crisp';
import type { CrispClient, CrispConnections } from '@baton/crisp';
import type { SettingsStore } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import { caseOf } from '../case-of.js';
import type { Case, InboxJudge } from '../inbox-judge.js';
import { botOfInbox } from '../mode-of.js';
import type { Observations } from '../observations.js';
import { readMessage } from '../read-hook.js';
import { TOO_LATE } from '../session.js';
import { readSession, readSessions } from '../session-store.js';
import { CatchUpStore } from './catch-up-store.js';
import type { Turn } from './catch-up-store.js';
import { dealtWithUpTo, whatToRead } from './what-to-read.js';
import type { SessionToRead } from './what-to-read.js';

export interface CatchUpOptions {
  readonly dataSource: DataSource;
  readonly judge: Pick<InboxJudge, 'judge'>;
  readonly settings: Pick<SettingsStore, 'botsOfWebsite'>;
  readonly connections: CrispConnections;
  readonly observations: Pick<Observations, 'foundMissed'>;
  readonly log: Pick<Logger, 'warn'>;
  /** Between two looks at a website (ms); 0: nobody looks. */
  readonly everyMs: number;
  /** ms */
  readonly now: () => number;
}

interface Website {
  readonly websiteId: string;
  readonly bot: BotSettings;
}

/** A list begins so long before what is dealt with (ms): it may be a moment old, and two changes may be of one time. */
const LIST_OVERLAP = 10_000;
/** Pages of 50 conversations at most: more than one only where more than 50 changed since the last look. What changed before those is not found. */
const MAX_PAGES = 4;
/** Sessions that one look reads at most; the rest waits for the next. */
const READ_AT_MOST = 50;
/** No reading begins later in a look (ms), so that it ends well before another replica takes it over. */
const READ_WITHIN = 30_000;
/** Of what a website allows, so much is used: the rest is for what is said. */
const SHARE_OF_CALLS = 1 / 2;
/** Looks are spread by so much around their interval, so that websites do not come all at once. */
const JITTER = 0.1;

/**
 * Finds what visitors and agents wrote and no web hook told. Every now and then one list call per website says which sessions
 * changed; those that changed behind what we know are read, and judged under the same names as the hooks would have been.
 */
export class CatchUp {
  private readonly store: CatchUpStore;
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(private readonly options: CatchUpOptions) {
    this.store = new CatchUpStore(options.dataSource);
  }

  /** Looks at once, and again from time to time; settings must have been read. */
  start(): void {
    if (this.options.everyMs > 0) this.running ??= this.keepLooking();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async keepLooking(): Promise<void> {
    const { signal } = this.stopping;
    // Several ticks per interval: whose turn it is, the store says.
    const tickMs = Math.max(250, this.options.everyMs / 6);
    while (!signal.aborted) {
      await this.tick().catch((error: unknown) =>
        this.options.log.warn({ reason: codeOf(error) }, 'looks for lost web hooks are not possible at this moment'),
      );
      await pause(tickMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private async tick(): Promise<void> {
    const websites = this.websites();
    await this.store.forgetAllBut(websites.map(({ websiteId }) => websiteId));
    for (const website of websites) {
      if (this.stopping.signal.aborted) return;
      await this.lookAt(website).catch((error: unknown) =>
        this.options.log.warn(
          { websiteId: website.websiteId, reason: codeOf(error) },
          'a look for lost web hooks failed and is tried again',
        ),
      );
    }
  }

  /** Those in whose inbox a bot of ours answers. */
  private websites(): Website[] {
    const { connections, settings } = this.options;
    return connections.websites().flatMap((websiteId) => {
      const bot = botOfInbox(settings.botsOfWebsite(websiteId), undefined);
      return bot === undefined || bot === 'ambiguous' ? [] : [{ websiteId, bot }];
    });
  }

  private async lookAt(website: Website): Promise<void> {
    const { connections, everyMs, now } = this.options;
    const { websiteId, bot } = website;
    const client = connections.of(websiteId, bot.botId)?.client;
    const began = now();
    const turn = client && (await this.store.take(websiteId, began, everyMs));
    if (!turn) return;
    let upTo: number | undefined;
    try {
      upTo = await this.look(website, client, turn, began);
    } finally {
      const spread = 1 + JITTER * (2 * Math.random() - 1);
      await this.store.giveBack(websiteId, began + everyMs * spread, upTo);
    }
  }

  /** @returns the change up to which all is dealt with */
  private async look(website: Website, client: CrispClient, turn: Turn, now: number): Promise<number | undefined> {
    const { dataSource, connections } = this.options;
    const { websiteId } = website;
    const { signal } = this.stopping;
    const since = Math.max(turn.listedUpTo === null ? 0 : turn.listedUpTo - LIST_OVERLAP, turn.watchedSince, now - TOO_LATE);
    const { conversations } = await client.listConversationsUpdatedSince(websiteId, since, { maxPages: MAX_PAGES }, { signal });
    const ids = conversations.map(({ session_id }) => session_id);
    const [sessions, readAt] = await Promise.all([readSessions(dataSource, ids), this.store.readAt(ids)]);
    const { toRead, leftFrom } = whatToRead({ conversations, sessions, readAt, watchedSince: turn.watchedSince, now });
    const left = [...(leftFrom === undefined ? [] : [leftFrom]), ...toRead.slice(READ_AT_MOST).map(({ changedAt }) => changedAt)];
    const between = 1_000 / (connections.callsPerSecond(websiteId) * SHARE_OF_CALLS);
    for (const session of toRead.slice(0, READ_AT_MOST)) {
      if (this.options.now() > now + READ_WITHIN) {
        left.push(session.changedAt);
        continue;
      }
      if (!(await this.read(website, client, session))) left.push(session.changedAt);
      await pause(between, undefined, { signal }).catch(() => undefined);
    }
    await this.store.forgetReadings(websiteId, now);
    return dealtWithUpTo(conversations, left);
  }

  /**
   * @returns false when it has to be read again
   * @throws CrispError when Crisp cannot be read
   */
  private async read(website: Website, client: CrispClient, { sessionId, since, changedAt }: SessionToRead): Promise<boolean> {
    const { websiteId, bot } = website;
    const { signal } = this.stopping;
    if (signal.aborted) return false;
    try {
      const { messages } = await client.getMessagesSince({ websiteId, sessionId }, since, { signal });
      const session = await readSession(this.options.dataSource, sessionId);
      const known = new Set(session?.lines.flatMap(({ fingerprint, from }) => (from === null ? [] : [fingerprint])));
      const cases = messages.flatMap((message): Case[] => {
        if (known.has(message.fingerprint)) return [];
        // By its writer's clock, which may be ahead: it was written before the session changed by it.
        const reading = readMessage(message, Math.min(message.timestamp, changedAt));
        return 'ignored' in reading ? [] : [caseOf({ websiteId, sessionId, bot }, reading)];
      });
      await this.options.judge.judge(cases);
      for (const { facts } of cases)
        for (const { kind } of facts) if (kind === 'visitor-line' || kind === 'human-line') this.options.observations.foundMissed(kind);
      await this.store.noteReading(websiteId, sessionId, changedAt);
      return true;
    } catch (error) {
      // It was removed meanwhile.
      if (error instanceof CrispError && error.code === 'crisp.not-found') return true;
      // Crisp is sick, or wants to be left alone: so are the other sessions.
      if (error instanceof CrispError) throw error;
      this.options.log.warn({ sessionId, reason: codeOf(error) }, 'a session could not be read for lost web hooks');
      return false;
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof CrispError) return error.code;
  return error instanceof Error ? error.name : 'unknown';
}
