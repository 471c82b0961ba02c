import { randomUUID } from 'node:crypto';
import { BotSettingsSchema, decodeEvent, botEvents, usage } from '@baton/contracts';
import type { BotSettings, OutgoingRecord, WorkspaceSettings } from '@baton/contracts';
import type { Answered } from '@baton/answering';
import { messagingMigrations, Outbox } from '@baton/messaging';
import { createDataSource, runMigrations } from '@baton/persistence';
import { eventually, freshDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import type { Question } from '../../asking/asking.js';
import type { SpeechInChannels } from '../../connection/may-speak.js';
import { SCHEMA } from '../../database/index.js';
import { quotaMigrations } from '../../quota/quota.migration.js';
import { Quota } from '../../quota/quota.js';
import { Receipts1767690000000 } from '../../receipts/receipts.migration.js';
import { Receipts } from '../../receipts/receipts.js';
import type { FrontBot } from '../front-bot.js';
import { frontBot } from '../providers.js';
import { botMigrations } from '../talks.migration.js';
import type { Orchestrated } from './events.js';

export function aBot(assistant: Record<string, unknown> = {}, patch: Record<string, unknown> = {}): BotSettings {
  return BotSettingsSchema.parse({
    botId: 'demo',
    workspaceId: 'acme',
    name: 'Robin',
    crisp: { websiteId: '11111111-2222-4333-8444-555555555555', tokenId: 'id', tokenKey: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn' },
    assistant: { channels: true, burst: { quietMs: 0, longestMs: 8_000 }, ...assistant },
    ...patch,
  });
}

/** What the brain says; its trace is what the tests do not look at. */
export function anAnswer(kind: 'answer' | 'unknown' | 'human' | 'courtesy' | 'trouble', text: string): Answered {
  const trace = {
    question: text,
    language: 'en',
    passages: [],
    support: 0.9,
    threshold: 0.5,
    verdicts: [],
    by: 'extract' as const,
    ms: { retrieve: 1, model: 0, total: 1 },
  };
  switch (kind) {
    case 'answer':
      return { kind, text, citations: [], trace };
    case 'human':
      return { kind, text, reason: 'asked', note: 'Wants a human', trace };
    case 'trouble':
      return { kind, text, error: 'answering.retrieval-failed', trace };
    default:
      return { kind, text, trace };
  }
}

async function answersAll({ talk }: Question): Promise<Answered> {
  return anAnswer('answer', `answer to ${talk.at(-1)!.text}`);
}

/** The bot in front over a real Postgres; the brain is the test's, what it produces is gathered. */
export class Bench {
  bot = aBot();
  plan: WorkspaceSettings['answers'] | undefined;
  speech: SpeechInChannels = { speak: true };
  /** What the brain does with a question. */
  thinks: (question: Question, bot: BotSettings) => Promise<Answered> = answersAll;
  /** Chunks whose source was deleted. */
  readonly gone = new Set<string>();
  readonly asked: Question[] = [];
  readonly bots: FrontBot[] = [];
  private readonly records: OutgoingRecord[] = [];
  private readonly closings: (() => Promise<void>)[] = [];

  private constructor(
    private readonly database: { url: string; drop(): Promise<void> },
    readonly dataSource: DataSource,
  ) {}

  static async build(): Promise<Bench> {
    const database = await freshDatabase(process.env['DATABASE_URL']!, 'front_bot');
    const migrations = [...messagingMigrations, ...quotaMigrations, Receipts1767690000000, ...botMigrations];
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
    const dataSource = await createDataSource({ url: database.url, schema: SCHEMA, applicationName: 'test' }).initialize();
    return new Bench(database, dataSource);
  }

  /** Everything as it was; what was said stays. */
  reset(): void {
    this.bot = aBot();
    this.plan = undefined;
    this.speech = { speak: true };
    this.thinks = answersAll;
    this.asked.length = 0;
  }

  /** The orchestrator tells the first replica. */
  async hear(...events: Parameters<FrontBot['turns']['hear']>[0]): Promise<void> {
    await this.bots[0]!.turns.hear(events);
  }

  /** Nothing is due in a conversation. */
  async isSettled(conversationId: string): Promise<void> {
    await eventually(
      async () => {
        const rows: { due_at: unknown }[] = await this.dataSource.query('SELECT due_at FROM talks WHERE conversation_id = $1', [
          conversationId,
        ]);
        return rows[0]?.due_at === null;
      },
      { what: 'nothing being due' },
    );
  }

  /** One more replica, on the same database; it works until it is stopped. */
  replica(): FrontBot {
    const { dataSource } = this;
    const producer = { send: async (given: readonly OutgoingRecord[]) => void this.records.push(...given) } as never;
    const instanceId = randomUUID();
    const outbox = new Outbox({ dataSource, producer, instanceId });
    outbox.start();
    const bot = frontBot({
      dataSource,
      settings: { bot: (botId) => (botId === this.bot.botId ? this.bot : undefined) },
      producer,
      outbox,
      asking: {
        run: (of, question) => {
          this.asked.push(question);
          return this.thinks(question, of);
        },
      },
      maySpeak: { inChannels: () => this.speech },
      quota: new Quota({ plans: { workspace: () => (this.plan ? { answers: this.plan } : undefined) } }),
      receipts: new Receipts(dataSource),
      stillLive: async (_scope, used) => new Set(used.flatMap(({ chunkId }) => (this.gone.has(chunkId) ? [] : [chunkId]))),
      instanceId,
      answersAtOnce: 20,
      talkDays: 30,
      logger: { warn: () => undefined },
    });
    bot.start();
    this.bots.push(bot);
    this.closings.push(async () => {
      await bot.stop();
      await outbox.stop();
    });
    return bot;
  }

  async close(): Promise<void> {
    for (const close of this.closings) await close();
    await this.dataSource.destroy();
    await this.database.drop();
  }

  /** He asks, and the brain thinks until the door is opened; then it would answer this. */
  async hangs(visitor: Orchestrated, text = 'too late'): Promise<Door> {
    const door = aDoor();
    this.thinks = async ({ signal }) => {
      await door.pass(signal);
      return anAnswer('answer', text);
    };
    await this.hear(visitor.says('hello'));
    await door.reached;
    return door;
  }

  /** What was answered in a conversation, the first time each. */
  said(conversationId: string) {
    const seen = new Set<string>();
    return this.records.flatMap((record) => {
      if (record.topic !== 'bot-events' || record.key !== conversationId) return [];
      const event = decodeEvent(botEvents, record);
      if (event.type !== 'bot.answered' || seen.has(event.id)) return [];
      seen.add(event.id);
      return [{ id: event.id, ...event.data }];
    });
  }

  texts(conversationId: string): string[] {
    return this.said(conversationId).flatMap(({ messages }) => messages.map(({ text }) => text));
  }

  typing(conversationId: string): boolean[] {
    return this.records.flatMap((record) => {
      if (record.topic !== 'bot-events' || record.key !== conversationId) return [];
      const event = decodeEvent(botEvents, record);
      return event.type === 'bot.typing' ? [event.data.typing] : [];
    });
  }

  used() {
    return this.records.flatMap((record) => (record.topic === 'usage' ? [decodeEvent(usage, record).data] : []));
  }

  async answers(conversationId: string, count: number): Promise<void> {
    await eventually(() => this.said(conversationId).length >= count, { what: `${count} answers` });
  }

  async receipts(conversationId: string): Promise<{ kind: string; state: string; why: string | null; text: string }[]> {
    return this.dataSource.query('SELECT kind, state, why, text FROM receipts WHERE talk_id = $1 ORDER BY at, answer_id', [conversationId]);
  }

  /** Answers taken from the plan, counted for good or not yet: what earlier tests still hold does not move it. */
  async taken(): Promise<number> {
    const { reserved, committed } = await this.quota();
    return reserved + committed;
  }

  async quota(): Promise<{ reserved: number; committed: number }> {
    const rows: { reserved: number; committed: number }[] = await this.dataSource.query('SELECT reserved, committed FROM quota_periods');
    return rows[0] ?? { reserved: 0, committed: 0 };
  }
}

/** A door that the brain waits at until it is opened. */
export interface Door {
  readonly reached: Promise<void>;
  readonly open: () => void;
  readonly pass: (signal: AbortSignal) => Promise<void>;
}

export function aDoor(): Door {
  let tellReached = (): void => undefined;
  let open = (): void => undefined;
  const reached = new Promise<void>((resolve) => (tellReached = resolve));
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    reached,
    open: () => open(),
    pass: async (signal) => {
      tellReached();
      await Promise.race([
        opened,
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })),
      ]);
    },
  };
}
