import { BotSettingsSchema, decodeEvent, TOPICS } from '@baton/contracts';
import type { BotSettings, OutgoingRecord } from '@baton/contracts';
import type { EffectPlan } from '@baton/effects';
import { Inbox, Outbox } from '@baton/messaging';
import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { START, WEBSITE } from '../floor/conversation.builder.js';
import { floorPolicies } from '../floor-policies.js';
import { Judge } from '../judge/judge.js';
import { pipelined } from '../judge/transaction.js';
import { migrations, SCHEMA } from '../schema/index.js';

export function aBot(patch: Record<string, unknown> = {}): BotSettings {
  return BotSettingsSchema.parse({
    botId: 'demo',
    workspaceId: 'acme',
    name: 'Robin',
    crisp: { websiteId: WEBSITE, tokenId: 'id', tokenKey: 'sealed:v1:crisp:aXY.Y2lwaGVy.dGFn' },
    ...patch,
  });
}

/** A judge over a real Postgres; what it sends and plans is gathered instead. */
export interface JudgeOnTheBench {
  readonly judge: Judge;
  readonly dataSource: DataSource;
  readonly inbox: Inbox;
  readonly plans: EffectPlan[];
  /** Everything that was produced, in order. */
  sent(): ReturnType<typeof eventOf>[];
  /** Another replica on the same database. */
  another(options?: { readonly isNoted: boolean }): Promise<JudgeOnTheBench>;
  now: number;
}

export interface JudgeKit extends JudgeOnTheBench {
  close(): Promise<void>;
}

/** Any event of ours, read back as a consumer would. */
export function eventOf(record: OutgoingRecord) {
  const topic = TOPICS.find((one) => one.name === record.topic)!;
  const event = decodeEvent(topic, record);
  return { topic: record.topic, key: record.key, id: event.id, type: event.type as string, data: event.data as Record<string, unknown> };
}

export async function judgeKit(bots: readonly BotSettings[] = [aBot()]): Promise<JudgeKit> {
  const database = await freshDatabase(process.env['DATABASE_URL']!, 'orchestrator');
  await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
  const closings: (() => Promise<void>)[] = [];

  const onTheBench = async (instanceId: string, { isNoted } = { isNoted: true }): Promise<JudgeOnTheBench> => {
    const dataSource = await pipelined(createDataSource({ url: database.url, schema: SCHEMA, applicationName: instanceId })).initialize();
    const records: OutgoingRecord[] = [];
    const plans: EffectPlan[] = [];
    const outbox = new Outbox({
      dataSource,
      instanceId,
      producer: { send: async (given) => void records.push(...(given as readonly OutgoingRecord[])) },
    });
    outbox.start();
    closings.push(async () => {
      await outbox.stop();
      await dataSource.destroy();
    });
    const inbox = new Inbox('orchestrator');
    const bench: JudgeOnTheBench = {
      dataSource,
      inbox,
      plans,
      now: START,
      sent: () => records.map(eventOf),
      another: (options) => onTheBench(`${instanceId}+`, options),
      judge: new Judge({
        dataSource,
        inbox,
        outbox,
        effects: { plan: async (_manager, given) => void plans.push(...given), wake: () => undefined, cancel: async () => 0 },
        policyOf: floorPolicies({ bot: (botId) => bots.find((bot) => bot.botId === botId), isStopped: () => false }),
        isNoted,
        now: () => bench.now,
      }),
    };
    return bench;
  };

  const first = await onTheBench('one');
  return Object.assign(first, {
    close: async () => {
      for (const close of closings) await close();
      await database.drop();
    },
  });
}
