import type { Signals } from '@baton/passes';

/** Services that are looked at. */
export const WATCHED = ['control-plane', 'ingress', 'orchestrator', 'dispatcher', 'ai'] as const;
export type Watched = (typeof WATCHED)[number];

export interface ServiceSeen {
  readonly name: Watched;
  /** `unknown`: nobody said where it is, or it does not show its health. */
  readonly state: 'ready' | 'not-ready' | 'away' | 'unknown';
  /** Why it is not ready, in its own words. */
  readonly problems: Readonly<Record<string, string>>;
  readonly version: string | null;
  /** ISO 8601. */
  readonly startedAt: string | null;
  /** Seconds; null where it has none. */
  readonly outboxAge: number | null;
  readonly outboxWaiting: number | null;
}

/** How far a consumer group is behind in a topic. */
export interface LagSeen {
  /** Without the prefix. */
  readonly group: string;
  readonly topic: string;
  /** A group of one of our services. */
  readonly isOurs: boolean;
  /** Records. */
  readonly lag: number;
  /** How long they take at the pace of the last minute (s); absent after a single look. */
  readonly lagSeconds?: number;
  /** For so long it has handled nothing although something waited (ms). */
  readonly stuckMs: number;
}

/** What Crisp said when a connection's token was tried. */
export type TokenState = 'taken' | 'refused' | 'not-bound' | 'no-answer' | 'limited' | 'unreadable';

export interface TokenSeen {
  readonly workspaceId: string;
  readonly botId: string;
  readonly websiteId: string;
  readonly state: TokenState;
  /** ISO 8601. */
  readonly at: string;
  /** Since when it is so. */
  readonly since: string;
}

/** What is known of a workspace; a service that could not be asked is absent. */
export interface WorkspaceSeen {
  readonly workspaceId: string;
  readonly bots: readonly { readonly botId: string; readonly name: string; readonly websiteId: string | null }[];
  readonly signals: Readonly<Partial<Record<'orchestrator' | 'dispatcher' | 'ai', Signals>>>;
  readonly deadLettersOpen: number;
}

/** Everything that rules look at, of one moment. */
export interface Snapshot {
  /** ISO 8601. */
  readonly at: string;
  readonly services: readonly ServiceSeen[];
  /** Null while Kafka could not be asked. */
  readonly lag: readonly LagSeen[] | null;
  /** Why what is set is not on the topic of settings; null when it is. */
  readonly notPublished: string | null;
  /** Dead letters of nobody. */
  readonly unownedDeadLetters: number;
  readonly tokens: readonly TokenSeen[];
  readonly workspaces: readonly WorkspaceSeen[];
}
