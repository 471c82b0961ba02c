import type { Setting } from '@baton/settings';
import type { StoredConnection } from './connection-store.js';
import { withConnections } from './overlay.js';

/** What publishes: `KeepPublished`. */
interface Keeper {
  want(settings: readonly Setting[]): void;
  whenPublished(withinMs: number): Promise<boolean>;
}

/** Brings together what the file says and what was connected over the API, and wants that published. */
export class WantedSettings {
  private ofFile: readonly Setting[] | undefined;
  private connections: readonly StoredConnection[] | undefined;

  /** @param hasConnections false when there is no database: then the file alone is wanted */
  constructor(
    private readonly keeper: Keeper,
    hasConnections: boolean,
    private readonly now: () => Date = () => new Date(),
  ) {
    if (!hasConnections) this.connections = [];
  }

  /** Nothing is published before the connections are known: the bots would lose theirs meanwhile. */
  get isWaitingForConnections(): boolean {
    return this.connections === undefined;
  }

  fileSays(settings: readonly Setting[]): void {
    this.ofFile = settings;
    this.want();
  }

  connectionsAre(connections: readonly StoredConnection[]): void {
    this.connections = connections;
    this.want();
  }

  /** A bot as the file alone has it. */
  botOfFile(botId: string) {
    for (const setting of this.ofFile ?? []) if (setting.type === 'settings.bot' && setting.bot.botId === botId) return setting.bot;
    return undefined;
  }

  /** @returns false when Kafka has not taken what is wanted within this time; it is tried on */
  published(withinMs: number): Promise<boolean> {
    return this.keeper.whenPublished(withinMs);
  }

  private want(): void {
    if (this.ofFile && this.connections) this.keeper.want(withConnections(this.ofFile, this.connections, this.now()));
  }
}
