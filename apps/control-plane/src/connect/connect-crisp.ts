import { randomBytes } from 'node:crypto';
import type { CrispConnectionSchema } from '@baton/contracts';
import { checkConnection, hookEventsOf } from '@baton/crisp';
import type { ConnectionFindings } from '@baton/crisp';
import { isTransient } from '@baton/persistence';
import { botSettingId, open, seal, SecretError } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import type { Logger } from '@baton/telemetry';
import type { z } from 'zod';
import type { ConnectRequest } from './connect-request.js';
import type { ConnectionStore, StoredConnection } from './connection-store.js';
import { rotated, validAt } from './hook-secrets.js';
import type { HookSecret } from './hook-secrets.js';
import { Refusal } from './refusal.js';
import type { WantedSettings } from './wanted-settings.js';

/** A connection as it may be shown. */
export interface ShownConnection {
  readonly botId: string;
  readonly managedBy: 'api' | 'file';
  readonly websiteId: string;
  readonly tier: 'plugin' | 'website';
  readonly apiUrl: string;
  readonly tokenId: string;
  /** The last characters of the key, to know it again; null when it is too short to show any. */
  readonly tokenKeyEnds: string | null;
  readonly hook: {
    /** Where Crisp is to send web hooks, without the secret; a path alone where nobody said how we are reached from outside. */
    readonly address: string;
    /** The same with its secret: only when it was just made, and never again. */
    readonly url?: string;
    /** To be ticked for it. */
    readonly events: readonly string[];
    /** To be ticked where a plugin has a signed web hook of its own instead; null for a website token. */
    readonly eventsOfPlugin: readonly string[] | null;
    readonly secrets: number;
    /** When the secret of before stops being taken, ISO 8601; null when there is none. */
    readonly oldSecretEndsAt: string | null;
  };
}

/** What a change did; `published` is false when it waits for Kafka, and comes as soon as that is back. */
export type Changed<T> = T & { readonly published: boolean };

const HOOK_PATH = '/api/integrations/livechat/crisp/webhook/';
const PUBLISHED_WITHIN_MS = 3_000;
/** Fewer characters than these give too much of a key away with their end. */
const LEAST_KEY_TO_SHOW = 16;

export interface ConnectCrispOptions {
  /** Absent without a database. */
  readonly store: ConnectionStore | undefined;
  readonly wanted: WantedSettings;
  readonly keys: Required<SecretKeys>;
  readonly settingsFile: string;
  /** Under which address Crisp reaches the ingress; without a slash at its end. */
  readonly ingressUrl?: string | undefined;
  readonly log: Logger;
  readonly now?: () => Date;
}

/** Connects bots to Crisp and disconnects them: checked live, kept sealed, published like the file's own settings. */
export class ConnectCrisp {
  private lastRefresh: Promise<void> = Promise.resolve();

  constructor(private readonly o: ConnectCrispOptions) {}

  /** @throws Refusal where nobody is connected */
  async show(botId: string): Promise<ShownConnection> {
    const bot = this.botOf(botId);
    if (bot.crisp) return this.shown('file', botId, { ...bot.crisp, hookSecrets: bot.crisp.hookSecrets.map((sealed) => ({ sealed })) });
    const stored = (await this.ready(this.store.all())).find((one) => one.botId === botId);
    if (!stored) throw notConnected();
    return this.shown('api', botId, stored);
  }

  /**
   * Connects a bot, or gives its connection another token. The web hook's secret is made with the first connection of a website and shown
   * in this answer only.
   * @throws Refusal with what is missing, when the check finds it unable to work
   */
  async connect(
    botId: string,
    request: ConnectRequest,
    o: { readonly check: boolean },
  ): Promise<Changed<ShownConnection & { check: ConnectionFindings | null }>> {
    this.requireOurs(botId);
    const store = this.store;
    const check = o.check ? await checkConnection(request, { hasSecret: true, hookSeenSince: undefined }) : null;
    if (check && !check.ready)
      throw new Refusal('not-connectable', 'Crisp does not let this connection do what it must', { missing: check.missing });
    const now = this.now();
    const tokenKey = this.seal('crisp', botId, request.tokenKey);
    const secret = newSecret();
    const { keep, isNew } = await this.ready(
      store.change(botId, (before) => {
        const same = before?.websiteId === request.websiteId ? before : undefined;
        const hookSecrets = same?.hookSecrets ?? [{ sealed: this.seal('webhooks', botId, secret) }];
        const keep: StoredConnection = { ...request, botId, tokenKey, hookSecrets, createdAt: before?.createdAt ?? now, updatedAt: now };
        return { keep, isNew: !same };
      }),
    );
    this.audit('connected', botId, { websiteId: request.websiteId, tier: request.tier, checked: o.check });
    const published = await this.publish();
    return { ...this.shown('api', botId, keep, isNew ? secret : undefined), check, published };
  }

  /** Makes a new secret for the web hook's URL; the one in use is taken on for a while, so that Crisp can be told meanwhile. */
  async rotate(botId: string, o: { readonly oldEndsInSeconds: number }): Promise<Changed<ShownConnection>> {
    this.requireOurs(botId);
    const secret = newSecret();
    const now = this.now();
    const oldEndsAt = new Date(now.getTime() + o.oldEndsInSeconds * 1_000);
    const { keep } = await this.ready(
      this.store.change(botId, (before) => {
        if (!before) throw notConnected();
        const hookSecrets = validAt(rotated(before.hookSecrets, this.seal('webhooks', botId, secret), oldEndsAt), now);
        return { keep: { ...before, hookSecrets, updatedAt: now } };
      }),
    );
    this.audit('rotated the hook secret of', botId, { websiteId: keep.websiteId, oldEndsAt: oldEndsAt.toISOString() });
    const published = await this.publish();
    return { ...this.shown('api', botId, keep, secret), published };
  }

  /**
   * Forgets the connection with its keys: nothing is said in Crisp for this bot any more, and its web hooks are not taken. Works for a bot
   * that the file has no longer, too: nothing that was stored is out of reach.
   * @throws Refusal where nobody is connected, or where the file is what connects it
   */
  async disconnect(botId: string): Promise<Changed<{ readonly botId: string; readonly disconnected: true }>> {
    if (!this.o.store) this.requireOurs(botId);
    const { before } = await this.ready(this.store.change(botId, (before) => ({ before, keep: null })));
    if (before) this.audit('disconnected', botId, { websiteId: before.websiteId });
    const published = await this.publish();
    if (!before || this.o.wanted.botOfFile(botId)?.crisp) this.requireOurs(botId);
    if (!before) throw notConnected();
    return { botId, disconnected: true, published };
  }

  /** Takes what is stored as wanted, and forgets secrets whose time is over. */
  refresh(): Promise<void> {
    // One after the other: what was read first never replaces what was read later.
    const done = this.lastRefresh.then(() => this.refreshNow());
    this.lastRefresh = done.catch(() => undefined);
    return done;
  }

  private async refreshNow(): Promise<void> {
    const { store, wanted } = this.o;
    if (!store) return;
    const now = this.now();
    const isOver = ({ hookSecrets }: StoredConnection) => validAt(hookSecrets, now).length < hookSecrets.length;
    for (const { botId } of (await store.all()).filter(isOver)) {
      await store.change(botId, (before) => ({ keep: before && { ...before, hookSecrets: validAt(before.hookSecrets, now) } }));
      this.audit('let end the old hook secret of', botId, {});
    }
    wanted.connectionsAre(await store.all());
  }

  private async publish(): Promise<boolean> {
    await this.ready(this.refresh());
    return this.o.wanted.published(PUBLISHED_WITHIN_MS);
  }

  private requireOurs(botId: string): void {
    if (!this.botOf(botId).crisp) return;
    const { settingsFile } = this.o;
    throw new Refusal(
      'managed-by-file',
      `the connection of ${botId} is managed by the file ${settingsFile}: change or take away its "crisp" there`,
    );
  }

  private botOf(botId: string) {
    const bot = this.o.wanted.botOfFile(botId);
    if (!bot) throw new Refusal('not-found', 'the settings file has no such bot');
    return bot;
  }

  private get store(): ConnectionStore {
    if (this.o.store) return this.o.store;
    throw new Refusal(
      'not-configured',
      'set DATABASE_URL to keep connections that are made here; without it they are set in the settings file',
    );
  }

  private shown(
    managedBy: 'api' | 'file',
    botId: string,
    of: Pick<z.output<typeof CrispConnectionSchema>, 'websiteId' | 'tier' | 'apiUrl' | 'tokenId' | 'tokenKey'> & {
      readonly hookSecrets: readonly HookSecret[];
    },
    secret?: string,
  ): ShownConnection {
    const address = `${this.o.ingressUrl ?? ''}${HOOK_PATH}${botId}`;
    const secrets = validAt(of.hookSecrets, this.now());
    return {
      botId,
      managedBy,
      websiteId: of.websiteId,
      tier: of.tier,
      apiUrl: of.apiUrl,
      tokenId: of.tokenId,
      tokenKeyEnds: this.endOf(botId, of.tokenKey),
      hook: {
        address,
        ...(secret !== undefined && { url: `${address}?key=${secret}` }),
        events: hookEventsOf('website'),
        eventsOfPlugin: of.tier === 'plugin' ? hookEventsOf('plugin') : null,
        secrets: secrets.length,
        oldSecretEndsAt: secrets.find(({ endsAt }) => endsAt !== undefined)?.endsAt ?? null,
      },
    };
  }

  private endOf(botId: string, sealed: string): string | null {
    try {
      const key = open(botSettingId(botId), this.o.keys, sealed);
      return key.length < LEAST_KEY_TO_SHOW ? null : key.slice(-4);
    } catch (error) {
      if (error instanceof SecretError) return null; // sealed with a key of before
      throw error;
    }
  }

  private seal(purpose: 'crisp' | 'webhooks', botId: string, secret: string): string {
    return seal({ purpose, settingId: botSettingId(botId) }, this.o.keys[purpose], secret);
  }

  private audit(did: string, botId: string, about: object): void {
    this.o.log.info({ audit: true, botId, ...about }, `an administrator ${did} ${botId}`);
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }

  private async ready<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!isTransient(error)) throw error;
      throw new Refusal('not-ready', 'the database does not answer; try again in a moment');
    }
  }
}

function newSecret(): string {
  return randomBytes(24).toString('base64url');
}

function notConnected(): Refusal {
  return new Refusal('not-found', 'this bot is not connected to Crisp');
}
