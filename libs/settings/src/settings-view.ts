import type { BotSettings, CrispPluginSettings } from '@baton/contracts';
import type { HeldSettings } from './held-settings.js';
import { SecretError } from './secrets/seal.js';
import { botSettingId, pluginSettingId } from './setting.js';

/** The publisher lives as long as it says so every ten seconds; silent for longer than this, what we hold may be out of date. */
export const FRESH_FOR_MS = 60_000;

/** The questions that can be asked of the settings held at this moment. */
export class SettingsView {
  private readonly listeners = new Set<(settingId: string) => void>();
  private byWebsite: Map<string, BotSettings[]> | undefined;
  private byPage: Map<string, BotSettings> | undefined;
  private readToEnd = false;

  constructor(protected readonly held: HeldSettings) {}

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

  bot(botId: string): BotSettings | undefined {
    const setting = this.held.get(botSettingId(botId))?.setting;
    return setting?.type === 'settings.bot' ? setting.bot : undefined;
  }

  bots(): BotSettings[] {
    return [...this.held.all()].flatMap(([, { setting }]) => (setting.type === 'settings.bot' ? [setting.bot] : []));
  }

  /** The bots whose conversations go to this website of Crisp. */
  botsOfWebsite(websiteId: string): readonly BotSettings[] {
    this.byWebsite ??= byWebsite(this.bots());
    return this.byWebsite.get(websiteId) ?? [];
  }

  /** The bot that speaks on this page of Messenger: the one whose settings name it first. */
  botOfPage(pageId: string): BotSettings | undefined {
    this.byPage ??= new Map(
      this.bots()
        .flatMap((bot) => (bot.messenger ? [[bot.messenger.pageId, bot] as const] : []))
        .reverse(),
    );
    return this.byPage.get(pageId);
  }

  plugin(pluginId: string): CrispPluginSettings | undefined {
    const setting = this.held.get(pluginSettingId(pluginId))?.setting;
    return setting?.type === 'settings.crisp-plugin' ? setting.plugin : undefined;
  }

  /** The newest record of this setting had a problem: what is held of it, if anything, is not what was meant. */
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

  protected markCaughtUp(): void {
    this.readToEnd = true;
  }

  protected tell(settingId: string): void {
    this.byWebsite = undefined;
    this.byPage = undefined;
    for (const listener of this.listeners) listener(settingId);
  }
}

function byWebsite(bots: readonly BotSettings[]): Map<string, BotSettings[]> {
  const websites = new Map<string, BotSettings[]>();
  for (const bot of bots) {
    if (!bot.crisp) continue;
    const found = websites.get(bot.crisp.websiteId);
    if (found) found.push(bot);
    else websites.set(bot.crisp.websiteId, [bot]);
  }
  return websites;
}
