import type { BotSettings } from '@baton/contracts';
import type { Author, Findings, ShownConnection } from '@baton/control-api';
import { checkConnection } from '@baton/crisp';
import type { WayBack } from '@baton/crisp';
import { botSettingId, open, seal, SecretError } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import { ApiRefusal } from '../api/problem.js';
import { liveBot, requireVersionOf } from '../bots/live-bot.js';
import type { LiveBot } from '../bots/live-bot.js';
import type { Cause, Documents } from '../documents/documents.js';
import { addressOf } from '../documents/versions.js';
import type { PublishDocuments } from '../publishing/publish-documents.js';
import { CheckPace } from './check-pace.js';
import { wantedConnection } from './given-connection.js';
import type { Given, Wanted } from './given-connection.js';
import type { HookEnds } from './hook-ends.js';
import { newHookSecret, rotated } from './hook-secrets.js';
import type { HooksSeen } from './hooks-seen.js';
import type { LastChecks } from './last-checks.js';
import { requireTarget } from './may-connect.js';
import type { MayConnect } from './may-connect.js';
import { shownConnection } from './shown-connection.js';

const PUBLISHED_WITHIN_MS = 3_000;

type Connection = NonNullable<BotSettings['crisp']>;
type Connected = LiveBot & { readonly body: { readonly crisp: Connection } };

/** Whose bot, and who wants something of it. */
export interface OfBot {
  readonly workspaceId: string;
  readonly botId: string;
  readonly by: Author;
  /** The network address it comes from, for the audit log. */
  readonly address?: string | undefined;
}

export interface ConnectCrispOptions {
  readonly documents: Documents;
  readonly publishing: PublishDocuments;
  readonly keys: Required<SecretKeys>;
  readonly ends: HookEnds;
  readonly checks: LastChecks;
  readonly seen: HooksSeen;
  readonly mayConnect: MayConnect;
  /** Under which address Crisp reaches the ingress; without a slash at its end. */
  readonly ingressUrl?: string | undefined;
  readonly now?: () => Date;
}

/** Connects bots to Crisp and disconnects them: checked live, kept sealed in the bot's document, published with it. */
export class ConnectCrisp {
  private readonly pace = new CheckPace();

  constructor(private readonly o: ConnectCrispOptions) {}

  async list(workspaceId: string, by: Author): Promise<{ items: (ShownConnection & { botName: string })[] }> {
    const bots = (await this.o.documents.ofWorkspace('bot', workspaceId)).filter(isConnected);
    const shown = await this.shown(bots, { workspaceId, by });
    return { items: bots.map((bot, i) => ({ ...shown[i]!, botName: bot.body.name })) };
  }

  /** @throws ApiRefusal where nobody is connected */
  async get(of: OfBot): Promise<ShownConnection> {
    return this.shownOne(connected(await this.live(of)), of);
  }

  /**
   * Connects a bot, or changes its connection. The web hook's secret is made with the first connection of a website and shown in this answer
   * only.
   * @param o.version `new` for a bot that is not connected
   * @throws ApiRefusal with what is missing, when the check finds it unable to work
   */
  async put(of: OfBot, o: { readonly given: Given; readonly version: number | 'new'; readonly check: boolean }) {
    const { keys, mayConnect } = this.o;
    const settingId = botSettingId(of.botId);
    const before = await this.live(of);
    requireState(before, o.version);
    const wanted = this.wanted(o.given, before.body.crisp);
    const findings = o.check ? await this.ask(of, wanted, before.body.crisp, { hasSecret: true, hookSeenSince: undefined }) : null;
    if (findings && !findings.ready)
      throw new ApiRefusal('not-connectable', 'Nothing was kept. Mend what is missing, then connect once more.', {
        missing: [...findings.missing],
      });
    const secret = newHookSecret();
    let isNew = false;
    const written = await this.change(of, before.body.crisp ? 'changed' : 'connected', async (bot, manager) => {
      requireState(bot, o.version);
      const was = bot.body.crisp;
      isNew = was?.websiteId !== wanted.websiteId || was.hookSecrets.length === 0;
      const tokenKey = wanted.tokenKey === undefined ? was!.tokenKey : seal({ purpose: 'crisp', settingId }, keys.crisp, wanted.tokenKey);
      const hookSecrets = isNew ? [seal({ purpose: 'webhooks', settingId }, keys.webhooks, secret)] : was!.hookSecrets;
      const body = { ...bot.body, crisp: { ...wanted, tokenKey, hookSecrets } };
      await mayConnect.require(body, bot.body, manager);
      return body;
    });
    if (findings) await this.o.checks.keep(of.botId, written.body.crisp, { at: this.now(), findings });
    const published = await this.published();
    return { ...(await this.shownOne(written, of, isNew ? secret : undefined)), published };
  }

  /** Forgets the connection with its keys. */
  async delete(of: OfBot, version: number | 'new'): Promise<{ published: boolean }> {
    connected(await this.live(of));
    await this.change(of, 'disconnected', (bot) => {
      requireState(bot, version);
      const { crisp: _, ...body } = bot.body;
      return body;
    });
    return { published: await this.published() };
  }

  /** Makes a new secret for the web hook's address; the one in use is taken on for a while, so that Crisp can be told meanwhile. */
  async rotate(of: OfBot, o: { readonly version: number | 'new'; readonly oldEndsInSeconds: number }) {
    const { keys, ends } = this.o;
    connected(await this.live(of));
    const secret = newHookSecret();
    const sealed = seal({ purpose: 'webhooks', settingId: botSettingId(of.botId) }, keys.webhooks, secret);
    const endsAt = new Date(this.now().getTime() + o.oldEndsInSeconds * 1_000);
    const written = await this.change(of, 'secret-rotated', async (bot, manager) => {
      requireState(bot, o.version);
      const { crisp } = connected(bot).body;
      for (const old of crisp.hookSecrets) await ends.remember(manager, of.botId, old, endsAt);
      return { ...bot.body, crisp: { ...crisp, hookSecrets: rotated(crisp.hookSecrets, sealed, o.oldEndsInSeconds > 0) } };
    });
    const published = await this.published();
    return { ...(await this.shownOne(written, of, secret)), published };
  }

  /**
   * Asks Crisp what a connection can do; changes nothing.
   * @param given one that is not kept yet; undefined for the one that the bot has
   */
  async check(of: OfBot, given: Given | undefined): Promise<Findings> {
    const bot = await this.live(of);
    const { crisp } = bot.body;
    const seen = await this.o.seen.of(of.workspaceId, nameOf(of.by));
    const wanted = given ? this.wanted(given, crisp) : { ...connected(bot).body.crisp, tokenKey: undefined };
    const isKept = crisp !== undefined && wanted.websiteId === crisp.websiteId;
    const since = isKept ? seen?.(of.botId, wanted.websiteId).since : undefined;
    const findings = await this.ask(of, wanted, crisp, {
      hasSecret: !isKept || crisp.hookSecrets.length > 0,
      hookSeenSince: since === undefined || since === null ? since : new Date(since),
    });
    if (!given && crisp) await this.o.checks.keep(of.botId, crisp, { at: this.now(), findings });
    return findings;
  }

  private wanted(given: Given, before: Connection | undefined): Wanted {
    const { crisp: targets } = this.o.mayConnect.targets;
    const wanted = wantedConnection(given, before, targets[0]!);
    if (wanted.apiUrl !== before?.apiUrl) requireTarget(targets, wanted.apiUrl, '/apiUrl');
    return wanted;
  }

  private async ask(of: OfBot, wanted: Wanted, before: Connection | undefined, wayBack: WayBack): Promise<Findings> {
    this.pace.take(of.workspaceId);
    const tokenKey = wanted.tokenKey ?? this.opened(of.botId, before!.tokenKey);
    const { websiteId, tier, apiUrl, tokenId } = wanted;
    const found = await checkConnection({ websiteId, tier, apiUrl, tokenId, tokenKey }, wayBack);
    return {
      ...found,
      website: { ...found.website },
      scopes: found.scopes.map((scope) => ({ ...scope })),
      operators: found.operators?.map((operator) => ({ ...operator })) ?? null,
      missing: found.missing.map((one) => ({ ...one })),
    };
  }

  private opened(botId: string, sealed: string): string {
    try {
      return open(botSettingId(botId), this.o.keys, sealed);
    } catch (error) {
      if (!(error instanceof SecretError)) throw error;
      throw new ApiRefusal('conflict', 'The key of this token was sealed with another settings key than ours. Give it once more.');
    }
  }

  private async live({ workspaceId, botId }: OfBot): Promise<LiveBot> {
    return liveBot(await this.o.documents.find('bot', botId), workspaceId);
  }

  private async change(
    { workspaceId, botId, by, address }: OfBot,
    cause: Cause,
    decide: (
      bot: LiveBot,
      manager: Parameters<MayConnect['require']>[2] & Parameters<HookEnds['remember']>[0],
    ) => BotSettings | Promise<BotSettings>,
  ): Promise<Connected> {
    const written = await this.o.documents.change(
      { kind: 'bot', id: botId, by, at: this.now(), ...addressOf({ address }) },
      async (before, manager) => ({
        workspaceId,
        body: await decide(liveBot(before, workspaceId), manager),
        cause,
      }),
    );
    return written as Connected;
  }

  private async shownOne(bot: Connected, of: OfBot, secret?: string): Promise<ShownConnection> {
    const [shown] = await this.shown([bot], of, secret);
    return shown!;
  }

  private async shown(bots: readonly Connected[], of: { workspaceId: string; by: Author }, secret?: string): Promise<ShownConnection[]> {
    if (bots.length === 0) return [];
    const [seen, ends, checks] = await Promise.all([
      this.o.seen.of(of.workspaceId, nameOf(of.by)),
      this.o.ends.of(
        bots.map(({ id }) => id),
        (botId) => bots.find(({ id }) => id === botId)!.body.crisp.hookSecrets,
      ),
      this.o.checks.of(bots.map(({ id, body }) => ({ botId: id, crisp: body.crisp }))),
    ]);
    return bots.map((bot) =>
      shownConnection(bot, {
        ingressUrl: this.o.ingressUrl,
        secret,
        oldSecretEndsAt: ends.get(bot.id),
        seen: seen?.(bot.id, bot.body.crisp.websiteId) ?? null,
        lastCheck: checks.get(bot.id),
      }),
    );
  }

  private async published(): Promise<boolean> {
    await this.o.publishing.refresh();
    return this.o.publishing.published(PUBLISHED_WITHIN_MS);
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}

/** @throws ApiRefusal where the caller read another version, or thought that there is no connection */
function requireState(bot: LiveBot, version: number | 'new'): void {
  if (version !== 'new') return requireVersionOf(bot, version);
  if (bot.body.crisp) throw new ApiRefusal('changed-meanwhile', 'This bot is connected already. Load it again before you change it.');
}

function isConnected(bot: LiveBot): bot is Connected {
  return bot.body.crisp !== undefined;
}

function connected(bot: LiveBot): Connected {
  if (isConnected(bot)) return bot;
  throw new ApiRefusal('not-found', 'This bot is not connected to Crisp.');
}

function nameOf(by: Author): string {
  return by.id ?? by.kind;
}
