import { createHash } from 'node:crypto';
import type { MessengerConnection } from '@baton/contracts';
import type { Budget } from '@baton/effects';
import { MessengerClient } from '@baton/messenger';
import type { Usage } from '@baton/messenger';
import type { SettingsStore } from '@baton/settings';
import { pageOfTarget } from './target.js';

/** A page that can be called now. */
export interface OpenPage {
  readonly client: MessengerClient;
  readonly settings: MessengerConnection;
  /** Tells this token from another one, and does not tell it. */
  readonly tokenMark: string;
}

/** Sends a second for a page that no bot has any more: only enough to look whether it is there again. */
const LEFTOVER_SENDS_PER_SECOND = 1;
/** Questions a second who the people of a page are. */
const PROFILES_PER_SECOND = 5;
/** When Meta says that most of what it allows is used, this share of the pace is kept up … */
const SLOWED = 0.25;
/** … for so long (ms). */
const SLOWED_FOR_MS = 60_000;

/** The pages on which our bots speak; one client per token, made when it is first needed. */
export class MessengerPages {
  private readonly clients = new Map<string, MessengerClient>();
  private readonly slowedUntil = new Map<string, number>();

  constructor(
    private readonly settings: Pick<SettingsStore, 'bot' | 'botOfPage' | 'open' | 'caughtUp' | 'stoppedSince'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** False while settings are still being read: then a page that is not found may well be there. */
  get areKnown(): boolean {
    return this.settings.caughtUp;
  }

  /**
   * How the page is reached: by the bot's own settings, else by those of the bot of the same workspace that speaks there now; undefined while
   * there are none. With the token of another workspace nothing is ever said.
   */
  of(pageId: string, botId: string): OpenPage | undefined {
    const bot = this.settings.bot(botId);
    const own = bot?.messenger;
    const settings = own?.pageId === pageId ? own : bot && this.settings.botOfPage(pageId, bot.workspaceId)?.messenger;
    if (!settings) return undefined;
    const client = this.clientOf(settings);
    return client && { client, settings, tokenMark: markOf(settings.pageToken) };
  }

  /** How a page is reached by whichever bot speaks there now; only for what says nothing to anybody. */
  anyOf(pageId: string): OpenPage | undefined {
    const bot = this.settings.botOfPage(pageId);
    return bot && this.of(pageId, bot.botId);
  }

  /** Since when (ms) everything automatic of this bot is switched off in this conversation; undefined while it is not. */
  stoppedSince(botId: string, conversationId: string, now: Date): number | undefined {
    const bot = this.settings.bot(botId);
    const { workspaceId = '', crisp } = bot ?? {};
    return this.settings.stoppedSince({ workspaceId, botId, websiteId: crisp?.websiteId, conversationId, now })?.getTime();
  }

  /** Our app at Meta, as the bot's settings say. */
  appIdOf(botId: string): string | undefined {
    return this.settings.bot(botId)?.messenger?.appId;
  }

  correctionPrefix(botId: string): string {
    return this.settings.bot(botId)?.messenger?.correctionPrefix ?? 'Correction:';
  }

  /**
   * The pace of a page's sends, or of the questions who its people are; less while Meta says that most of what it allows is used. Undefined for
   * what is no page.
   */
  budgetOf(target: string): Budget | undefined {
    const page = pageOfTarget(target);
    if (page === undefined) return undefined;
    const { pageId, isProfiles } = page;
    const sends = this.settings.botOfPage(pageId)?.messenger?.callsPerSecond ?? LEFTOVER_SENDS_PER_SECOND;
    const given = isProfiles ? Math.min(sends, PROFILES_PER_SECOND) : sends;
    const isSlowed = (this.slowedUntil.get(pageId) ?? 0) > this.now();
    return { perSecond: isSlowed ? given * SLOWED : given };
  }

  private clientOf({ pageId, graphUrl, graphVersion, pageToken, proofSecret }: MessengerConnection): MessengerClient | undefined {
    const name = JSON.stringify([pageId, graphUrl, graphVersion, pageToken, proofSecret]);
    const known = this.clients.get(name);
    if (known) return known;
    let secrets: { pageToken: string; proofSecret?: string };
    try {
      secrets = {
        pageToken: this.settings.open(pageToken),
        ...(proofSecret === undefined ? {} : { proofSecret: this.settings.open(proofSecret) }),
      };
    } catch {
      return undefined;
    }
    const onUsage = (usage: Usage): void => {
      if (usage.slowDown) this.slowedUntil.set(pageId, this.now() + Math.max(usage.waitMs, SLOWED_FOR_MS));
    };
    const client = new MessengerClient({ ...secrets, graphUrl, graphVersion, onUsage });
    this.clients.set(name, client);
    return client;
  }
}

function markOf(sealed: string): string {
  return createHash('sha256').update(sealed).digest('base64url').slice(0, 22);
}
