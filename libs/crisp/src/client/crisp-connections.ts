import type { BotSettings } from '@baton/contracts';
import { CrispClient } from './crisp-client.js';
import type { AnswerHeard } from './requests.js';

type Connection = NonNullable<BotSettings['crisp']>;

/** What is asked of the settings; `@baton/settings` answers it. */
export interface ConnectionSettings {
  bot(botId: string): BotSettings | undefined;
  bots(): readonly BotSettings[];
  botsOfWebsite(websiteId: string): readonly BotSettings[];
  /** @throws when this service cannot open it */
  open(sealed: string): string;
}

export interface OpenConnection {
  readonly client: CrispClient;
  readonly settings: Connection;
}

/** Calls a second for a website that no bot has any more: only enough to end what was begun. */
const LEFTOVER_CALLS_PER_SECOND = 1;

/** The clients of the websites that our bots use; one per token, made when it is first needed. */
export class CrispConnections {
  private readonly clients = new Map<string, CrispClient>();

  /** @param onAnswer told of every answer to a call with that token; it must not throw */
  constructor(
    private readonly settings: ConnectionSettings,
    private readonly onAnswer: (tokenId: string, answer: AnswerHeard) => void = () => undefined,
  ) {}

  /** The bot's own connection to this website, else another bot's; null when nobody has one (any more) or its secret cannot be opened. */
  of(websiteId: string, botId?: string): OpenConnection | null {
    const own = botId === undefined ? undefined : this.settings.bot(botId)?.crisp;
    const settings = own?.websiteId === websiteId ? own : this.settings.botsOfWebsite(websiteId)[0]?.crisp;
    if (!settings) {
      this.forgetUnused();
      return null;
    }
    const client = this.clientOf(settings);
    return client && { client, settings };
  }

  /** Websites that bots use now. */
  websites(): string[] {
    return [...new Set(this.settings.bots().flatMap((bot) => bot.crisp?.websiteId ?? []))];
  }

  /** For the effects' budget of `crisp:<websiteId>`: the highest that a bot of the website was given. */
  callsPerSecond(websiteId: string): number {
    const given = this.settings.botsOfWebsite(websiteId).map((bot) => bot.crisp?.callsPerSecond ?? 0);
    return Math.max(LEFTOVER_CALLS_PER_SECOND, ...given);
  }

  /** What the tokens may do in a day, where somebody said so: the highest that a bot was given. */
  callsPerDay(): Map<string, number> {
    const given = new Map<string, number>();
    for (const { crisp } of this.settings.bots()) {
      if (crisp?.callsPerDay !== undefined) given.set(crisp.tokenId, Math.max(given.get(crisp.tokenId) ?? 0, crisp.callsPerDay));
    }
    return given;
  }

  private clientOf(connection: Connection): CrispClient | null {
    const { apiUrl, tier, tokenId, tokenKey } = connection;
    const name = nameOf(connection);
    const known = this.clients.get(name);
    if (known) return known;
    this.forgetUnused();
    let key: string;
    try {
      key = this.settings.open(tokenKey);
    } catch {
      return null;
    }
    const client = new CrispClient({ apiUrl, tier, tokenId, tokenKey: key, onAnswer: (answer) => this.onAnswer(tokenId, answer) });
    this.clients.set(name, client);
    return client;
  }

  /** A client holds its key: one of a connection that nobody has any more, or has with another key, is let go. */
  private forgetUnused(): void {
    const used = new Set(this.settings.bots().flatMap(({ crisp }) => (crisp ? [nameOf(crisp)] : [])));
    for (const name of this.clients.keys()) if (!used.has(name)) this.clients.delete(name);
  }
}

function nameOf({ apiUrl, tier, tokenId, tokenKey }: Connection): string {
  return JSON.stringify([apiUrl, tier, tokenId, tokenKey]);
}
