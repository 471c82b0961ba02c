import { setTimeout as pause } from 'node:timers/promises';
import { settings, topicOnTheWire } from '@baton/contracts';
import type { BotSettings, CrispPluginSettings } from '@baton/contracts';
import { createKafka, followTopic } from '@baton/messaging';
import type { Following, KafkaConfig, KafkaRecord, MessagingLog } from '@baton/messaging';
import { HeldSettings } from './held-settings.js';
import type { SettingsProblem } from './held-settings.js';
import { SecretError } from './secrets/seal.js';
import type { SecretKeys } from './secrets/seal.js';
import { botSettingId, pluginSettingId } from './setting.js';

export interface SettingsStoreOptions {
  readonly kafka: KafkaConfig;
  /** The keys of the secrets that this service opens. */
  readonly keys: SecretKeys;
  /** Told of each record that is broken or of an unknown version (the older good one stays), or whose secrets cannot be opened. */
  readonly onProblem?: (problem: SettingsProblem) => void;
  readonly log?: MessagingLog;
}

/** The publisher lives as long as it says so every ten seconds; silent for longer than this, what we hold may be out of date. */
export const FRESH_FOR_MS = 60_000;

const RETRY_MS = { first: 100, cap: 3_000 };

/** The settings of every bot and connection, held in memory and kept current from the compacted settings topic. */
export class SettingsStore {
  private readonly held: HeldSettings;
  private readonly listeners = new Set<(settingId: string) => void>();
  private readonly stopping = new AbortController();
  private byWebsite: Map<string, BotSettings[]> | undefined;
  private following: Following | undefined;
  private connecting: Promise<void> | undefined;
  private lastError: unknown;
  private readToEnd = false;

  constructor(private readonly options: SettingsStoreOptions) {
    this.held = new HeldSettings(options.keys);
  }

  /**
   * Begins to follow the topic and resolves when all that was there has been read, however long Kafka takes to come; never rejects.
   * Who must serve meanwhile does not wait for it and asks {@link caughtUp}.
   */
  start(): Promise<void> {
    return new Promise((resolve) => {
      this.stopping.signal.addEventListener('abort', () => resolve(), { once: true });
      this.connecting ??= this.connect(() => {
        this.readToEnd = true;
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.connecting;
    await this.following?.stop();
  }

  /** Everything that was on the topic at the start has been read: who is not held did not exist then. */
  get caughtUp(): boolean {
    return this.readToEnd;
  }

  /** When the publisher last said that settings are current, by its clock. */
  get freshAt(): Date | undefined {
    return this.held.freshAt;
  }

  /** What is held is all there is: caught up, and the publisher was heard within the last minute. */
  isFresh(now: Date): boolean {
    const { freshAt } = this.held;
    return this.readToEnd && freshAt !== undefined && now.getTime() - freshAt.getTime() < FRESH_FOR_MS;
  }

  /** Why settings cannot be relied on yet, in words for a readiness check; undefined once they can. */
  get notReady(): string | undefined {
    if (this.readToEnd) return undefined;
    const why = this.lastError instanceof Error ? `: ${this.lastError.message}` : '';
    return `the settings have not been read to their end${why}`;
  }

  bot(botId: string): BotSettings | undefined {
    const setting = this.held.get(botSettingId(botId))?.setting;
    return setting?.type === 'settings.bot' ? setting.bot : undefined;
  }

  bots(): BotSettings[] {
    return [...this.held.all()].flatMap(([, { setting }]) => (setting.type === 'settings.bot' ? [setting.bot] : []));
  }

  /** The bots whose conversations go to this website of Crisp. */
  botsOfWebsite(websiteId: string): readonly BotSettings[] {
    if (!this.byWebsite) {
      this.byWebsite = new Map();
      for (const bot of this.bots()) {
        if (!bot.crisp) continue;
        const found = this.byWebsite.get(bot.crisp.websiteId);
        if (found) found.push(bot);
        else this.byWebsite.set(bot.crisp.websiteId, [bot]);
      }
    }
    return this.byWebsite.get(websiteId) ?? [];
  }

  plugin(pluginId: string): CrispPluginSettings | undefined {
    const setting = this.held.get(pluginSettingId(pluginId))?.setting;
    return setting?.type === 'settings.crisp-plugin' ? setting.plugin : undefined;
  }

  /** The newest record of this setting was kept out: what is held of it, if anything, is not what was meant. */
  isDoubtful(settingId: string): boolean {
    return this.held.doubtful.has(settingId);
  }

  /**
   * The secret behind a sealed one of the settings held now.
   * @throws SecretError when this service lacks the key of its purpose, or the secret was sealed with another one
   */
  open(sealed: string): string {
    const secret = this.held.secret(sealed);
    if (secret !== undefined) return secret;
    throw new SecretError('secret.unreadable', 'no setting held now has this secret, or our key does not open it');
  }

  /** Calls back after each change with the id of what changed; returns the way to stop that. */
  onChange(listener: (settingId: string) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private async connect(onCaughtUp: () => void): Promise<void> {
    const { kafka, log } = this.options;
    const topic = topicOnTheWire(settings.name, kafka.topicPrefix);
    for (let waitMs = RETRY_MS.first; !this.stopping.signal.aborted; waitMs = Math.min(waitMs * 2, RETRY_MS.cap)) {
      try {
        this.following = await followTopic({
          kafka: createKafka(kafka, log),
          topic,
          onRecord: (record) => this.take(record),
          onCaughtUp,
          ...(log && { log }),
        });
        return;
      } catch (error) {
        this.lastError = error;
        log?.warn({ topic, error: error instanceof Error ? error.message : String(error), retryInMs: waitMs }, 'the settings cannot be read yet');
        await pause(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      }
    }
  }

  private take(record: KafkaRecord): void {
    const { changed, problem } = this.held.apply(record);
    if (problem) {
      const { settingId, reason, message } = problem;
      this.options.log?.error({ settingId, reason }, `a setting is not as it was meant: ${message}`);
      this.options.onProblem?.(problem);
    }
    if (changed === undefined) return;
    this.byWebsite = undefined;
    for (const listener of this.listeners) listener(changed);
  }
}
