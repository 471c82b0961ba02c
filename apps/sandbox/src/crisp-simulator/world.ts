import { type Faults, noFaults } from './faults/faults.js';
import type { Conversation, Profile, SimulatedEvent } from './model.js';
import { type Random, seededRandom } from '../simulator-kit/random.js';
import { OperatorSchema, type Operator, type Plugin, type Setup, type Token, type WebsiteSetup } from './setup.js';

export interface Website {
  setup: WebsiteSetup;
  operators: Operator[];
  readonly conversations: Map<string, Conversation>;
  readonly profiles: Map<string, Profile>;
  /** The answer of `availability/status` and since when. */
  status: 'online' | 'away';
  statusSince: number;
}

export interface CallCounts {
  total: number;
  readonly byRoute: Record<string, number>;
  readonly byStatus: Record<string, number>;
  readonly byFault: Record<string, number>;
}

/** Everything that the simulated Crisp knows, in memory. What changes it is in `acts/`; who may ask is in `rest/`. */
export class World {
  readonly websites = new Map<string, Website>();
  readonly tokens = new Map<string, Token>();
  readonly plugins = new Map<string, Plugin>();
  faults: Faults = noFaults();
  calls: CallCounts = emptyCounts();
  /** Calls by token and UTC day. */
  readonly quotaUsed = new Map<string, number>();
  random: Random;
  private readonly listeners = new Set<(event: SimulatedEvent) => void>();
  /** Sessions by id, across websites: control acts name the session only. */
  private readonly sessions = new Map<string, Conversation>();

  constructor(
    private seed: number,
    readonly now: () => number = Date.now,
  ) {
    this.random = seededRandom(seed);
  }

  /** Adds or replaces workspaces, tokens and plugins; conversations of a workspace that was there stay. */
  apply(setup: Setup): void {
    for (const website of setup.websites) {
      const known = this.websites.get(website.website_id);
      const operators = website.operators.map((operator) => ({ ...operator }));
      this.websites.set(website.website_id, {
        setup: website,
        operators,
        conversations: known?.conversations ?? new Map(),
        profiles: known?.profiles ?? new Map(),
        status: statusOf(operators),
        statusSince: this.now(),
      });
    }
    for (const token of setup.tokens) this.tokens.set(token.identifier, token);
    for (const plugin of setup.plugins) this.plugins.set(plugin.plugin_id, plugin);
  }

  /** Forgets conversations, profiles, counts and faults; workspaces and tokens stay; every agent is as set up. */
  reset(seed: number = this.seed): void {
    this.seed = seed;
    this.random = seededRandom(seed);
    this.faults = noFaults();
    this.calls = emptyCounts();
    this.quotaUsed.clear();
    this.sessions.clear();
    for (const website of this.websites.values()) {
      website.conversations.clear();
      website.profiles.clear();
      website.operators = website.setup.operators.map((operator) => OperatorSchema.parse(operator));
      website.status = statusOf(website.operators);
      website.statusSince = this.now();
    }
  }

  keep(website: Website, conversation: Conversation): void {
    website.conversations.set(conversation.session_id, conversation);
    this.sessions.set(conversation.session_id, conversation);
  }

  forget(conversation: Conversation): void {
    this.websites.get(conversation.website_id)?.conversations.delete(conversation.session_id);
    this.sessions.delete(conversation.session_id);
  }

  session(sessionId: string): Conversation | undefined {
    return this.sessions.get(sessionId);
  }

  allSessions(): Iterable<Conversation> {
    return this.sessions.values();
  }

  /** Tells that something happened; `data` gets the ids every event carries. */
  tell(event: string, about: { website_id: string; session_id?: string }, data: Record<string, unknown> = {}): void {
    const told: SimulatedEvent = {
      event,
      website_id: about.website_id,
      session_id: about.session_id,
      data: { website_id: about.website_id, ...(about.session_id ? { session_id: about.session_id } : {}), ...data },
      timestamp: this.now(),
    };
    for (const listener of this.listeners) listener(told);
  }

  onEvent(listener: (event: SimulatedEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Milliseconds x 100 and two digits of chance, as Crisp's own look. */
  newFingerprint(): number {
    return this.now() * 100 + this.random.below(100);
  }
}

/** A workspace is online while one of its agents is. */
export function statusOf(operators: readonly Operator[]): 'online' | 'away' {
  return operators.some((operator) => operator.availability === 'online') ? 'online' : 'away';
}

function emptyCounts(): CallCounts {
  return { total: 0, byRoute: {}, byStatus: {}, byFault: {} };
}
