import type { BotSettings, CrispPluginSettings, KillSwitch, WorkspaceSettings } from '@baton/contracts';
import type { HeldSettings } from './held-settings.js';
import { SecretError } from './secrets/seal.js';
import { whatIsAsked } from './kill-switch.js';
import type { AutomaticSpeech } from './kill-switch.js';
import { botSettingId, pluginSettingId, workspaceSettingId } from './setting.js';

/** The publisher lives as long as it says so every ten seconds; silent for longer than this, what we hold may be out of date. */
export const FRESH_FOR_MS = 60_000;

/** The questions that can be asked of the settings held at this moment. */
export class SettingsView {
  private readonly listeners = new Set<(settingId: string) => void>();
  private byWebsite: Map<string, BotSettings[]> | undefined;
  private byPage: Map<string, BotSettings[]> | undefined;
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

  /** The workspaces of which something is held. */
  workspaceIds(): string[] {
    const ids = [...this.held.all()].flatMap(([, { setting }]) => {
      if (setting.type === 'settings.bot') return [setting.bot.workspaceId];
      return setting.type === 'settings.workspace' ? [setting.workspaceId] : [];
    });
    return [...new Set(ids)];
  }

  /**
   * Whose conversations are a workspace's: its bots, and those of its bots that were taken away. Who was taken away here and is a bot of
   * another workspace now is that one's.
   */
  botIdsOf(workspaceId: string): string[] {
    const bots = this.bots();
    const setting = this.held.get(workspaceSettingId(workspaceId))?.setting;
    const former = (setting?.type === 'settings.workspace' && setting.formerBots) || [];
    const live = new Set(bots.map(({ botId }) => botId));
    return [...bots.flatMap((bot) => (bot.workspaceId === workspaceId ? [bot.botId] : [])), ...former.filter((botId) => !live.has(botId))];
  }

  /** The bots whose conversations go to this website of Crisp. */
  botsOfWebsite(websiteId: string): readonly BotSettings[] {
    this.byWebsite ??= groups(this.bots(), ({ crisp }) => crisp?.websiteId);
    return this.byWebsite.get(websiteId) ?? [];
  }

  /**
   * The bot that speaks on this page of Messenger. When several name it, the first by id, so that all replicas mean the same one; with a
   * workspace, only its own bots count: what another one claims takes nothing away from it.
   */
  botOfPage(pageId: string, workspaceId?: string): BotSettings | undefined {
    this.byPage ??= groups(this.bots().sort(byId), ({ messenger }) => messenger?.pageId);
    const bots = this.byPage.get(pageId) ?? [];
    return workspaceId === undefined ? bots[0] : bots.find((bot) => bot.workspaceId === workspaceId);
  }

  plugin(pluginId: string): CrispPluginSettings | undefined {
    const setting = this.held.get(pluginSettingId(pluginId))?.setting;
    return setting?.type === 'settings.crisp-plugin' ? setting.plugin : undefined;
  }

  /** What was set for a workspace; undefined where nothing was. */
  workspace(workspaceId: string): WorkspaceSettings | undefined {
    const setting = this.held.get(workspaceSettingId(workspaceId))?.setting;
    return setting?.type === 'settings.workspace' ? setting.workspace : undefined;
  }

  /**
   * Whether somebody has switched off everything automatic there: for the installation, the workspace, the website, the bot or the conversation.
   * A switch that cannot be read counts as on.
   */
  isStopped(of: AutomaticSpeech): boolean {
    return this.stoppedSince(of) !== undefined;
  }

  /** As {@link isStopped}: since when, of several the last; undefined where nobody has. One that cannot be read is as old as now. */
  stoppedSince(of: AutomaticSpeech): Date | undefined {
    const times = whatIsAsked(of).flatMap((settingId): number[] => {
      if (this.held.doubtful.has(settingId)) return [of.now.getTime()];
      const setting = this.held.get(settingId)?.setting;
      if (setting?.type !== 'settings.kill-switch') return [];
      const { since, endsAt } = setting.killSwitch;
      return endsAt === undefined || Date.parse(endsAt) > of.now.getTime() ? [Date.parse(since)] : [];
    });
    return times.length === 0 ? undefined : new Date(Math.max(...times));
  }

  /** Every kill switch that is held, also one that has ended and is about to be taken away. */
  killSwitches(): KillSwitch[] {
    return [...this.held.all()].flatMap(([, { setting }]) => (setting.type === 'settings.kill-switch' ? [setting.killSwitch] : []));
  }

  /** Which revision of a setting is held, since when by the publisher's clock; nothing of what it says. */
  revisionOf(settingId: string): { readonly revision: number; readonly publishedAt: string } | undefined {
    const found = this.held.get(settingId);
    return found && { revision: found.revision, publishedAt: found.publishedAt };
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

/** The bots by what each of them names; those that name nothing are left out. */
function groups(bots: readonly BotSettings[], nameOf: (bot: BotSettings) => string | undefined): Map<string, BotSettings[]> {
  const found = new Map<string, BotSettings[]>();
  for (const bot of bots) {
    const name = nameOf(bot);
    if (name === undefined) continue;
    const group = found.get(name);
    if (group) group.push(bot);
    else found.set(name, [bot]);
  }
  return found;
}

const byId = (a: BotSettings, b: BotSettings): number => (a.botId < b.botId ? -1 : 1);
