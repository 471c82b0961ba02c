import { readFile } from 'node:fs/promises';
import { LIMITS } from '@baton/persistence/retention';
import { describe, expect, it } from '@jest/globals';
import { type Cost, sumOf, without } from './cost.js';
import { DO_NOT_GROW, KEPT_DAYS, keptDays } from './kept-days.js';
import { type Measured, readMeasured } from './measured.js';
import { CAPACITY_PAGE, withTables } from './page.js';
import { CONNECTIONS, HANDED_OVER, ONCE, planFor, wholeMessage } from './plan.js';

const nothing: Cost = { cpuUs: {}, transactions: 0, walBytes: 0, tableBytes: {}, kafkaBytes: 0, kafkaRecords: 0 };

const measured: Measured = {
  message: {
    cpuUs: { ingress: 100, orchestrator: 400, dispatcher: 300, 'control-plane': 50, kafka: 100, postgres: 200 },
    ...{ transactions: 0.5, walBytes: 5_000, kafkaBytes: 1_500, kafkaRecords: 2.5 },
    tableBytes: { 'orchestrator.transcript_lines': 500, 'orchestrator.inbox': 250, 'orchestrator.outbox': 800 },
  },
  conversation: { ...nothing, tableBytes: { 'orchestrator.conversations': 2_000 } },
  handover: { ...nothing, cpuUs: { orchestrator: 10_000 }, tableBytes: { 'orchestrator.handovers': 1_000 } },
  answer: { ...nothing, cpuUs: { ai: 60_000 } },
};

describe('a plan for a load', () => {
  it('once is 50 messages a minute in the busiest hour, for which two of each do', () => {
    const plan = planFor(ONCE, measured);
    expect(plan.hourPerSecond * 60).toBeCloseTo(50);
    expect(plan.replicas).toEqual({ ingress: 2, orchestrator: 2, dispatcher: 2, ai: 2, 'control-plane': 2 });
    expect(plan).toMatchObject({ messagesPerDay: 20_000, partitions: 24, connections: 2 * (12 + 11 + 16 + 10) });
  });

  it('a thousand times as much needs replicas by CPU, by open chats and by answers, and partitions for them', () => {
    const plan = planFor({ ...ONCE, conversationsPerDay: 1_000_000 }, measured);
    expect(plan.peakPerSecond).toBeCloseTo(2_500);
    expect(plan.answersPerSecond).toBeCloseTo(1_000);
    expect(plan.replicas).toEqual({ ingress: 2, orchestrator: 3, dispatcher: 23, ai: 100, 'control-plane': 2 });
    expect(plan.partitions).toBe(204);
    expect(plan.postgresCores).toBeCloseTo(0.5);
  });

  it('rows are kept as long as they are, those of conversations and handovers too, and what is emptied at once fills no disk', () => {
    const plan = planFor(ONCE, measured);
    const kept = (days: number): number => 20_000 * (500 * days + 250 * 9) + 1_000 * (2_000 + HANDED_OVER * 1_000) * days;
    expect(plan.postgresGB.month).toBeCloseTo(kept(30) / 1e9);
    expect(plan.postgresGB.year).toBeCloseTo(kept(365) / 1e9);
    expect(plan.kafkaDiskGB).toBeCloseTo((20_000 * 1_500 * 7 * 3) / 1e9);
  });

  it('a handover and a conversation cost their part of each message', () => {
    expect(wholeMessage(measured, 20).cpuUs).toMatchObject({ orchestrator: 400 + (HANDED_OVER * 10_000) / 20, ai: 24_000 });
  });
});

describe('costs', () => {
  it('are added table by table, and nothing costs less than nothing', () => {
    const two = sumOf([[2, measured.message]]);
    expect(two).toMatchObject({ walBytes: 10_000, tableBytes: { 'orchestrator.inbox': 500 }, cpuUs: { orchestrator: 800 } });
    const rest = without({ ...two, walBytes: 9_000 }, 2, measured.message);
    expect(rest).toMatchObject({ walBytes: 0, transactions: 0, tableBytes: { 'orchestrator.inbox': 0 } });
  });
});

describe('how long rows are kept', () => {
  it('is known of every table that a measured load made larger', async () => {
    const tables = Object.values(await readMeasured()).flatMap(({ tableBytes }: Cost) => Object.keys(tableBytes));
    expect(tables.length).toBeGreaterThan(10);
    for (const table of tables) expect(keptDays(table)).toBeGreaterThanOrEqual(0);
  });

  it('is asked of a table that nobody knows', () => {
    expect(() => keptDays('orchestrator.news')).toThrow(/orchestrator\.news/);
    expect([...DO_NOT_GROW].filter((table) => table in KEPT_DAYS)).toEqual([]);
  });

  it('is what the services forget by', () => {
    const said: Record<string, number> = { JUDGED_DAYS: 8, SESSION_DAYS: 30, RECEIPT_DAYS: 90, LOG_RETENTION_DAYS: 400 };
    // Only our own, a moment after which nobody reads them, or a table that grows for another reason.
    const others = new Set(['orchestrator.crisp_messages', 'orchestrator.history_links', 'dispatcher.hosted_files']);
    const compared = Object.entries(LIMITS).flatMap(([schema, limits]) =>
      Object.values(limits).flatMap(({ table, keeps }: { table: string; keeps: string | number }) => {
        const name = `${schema}.${table}`;
        return name in KEPT_DAYS && !others.has(name) ? [[name, KEPT_DAYS[name], typeof keeps === 'number' ? keeps : said[keeps]]] : [];
      }),
    );
    expect(compared.length).toBeGreaterThan(8);
    for (const [name, planned, kept] of compared) expect([name, planned]).toEqual([name, kept]);
  });
});

describe('connections', () => {
  const source = (file: string): Promise<string> => readFile(new URL(`../../../../../apps/${file}`, import.meta.url), 'utf8');

  it.each([
    ['orchestrator', 'escalation-orchestrator/src/config.ts', /DATABASE_POOL:.*?\.default\((\d+)\)/s, 0],
    ['dispatcher', 'channel-dispatcher/src/dispatcher.module.ts', /POOL_SIZE = (\d+)/, 1],
    ['ai', 'ai-auto-reply/src/auto-reply.module.ts', /POOL_SIZE = (\d+)/, 0],
    ['control-plane', 'control-plane/src/database/database.ts', /POOL_SIZE = (\d+)/, 2],
  ] as const)('of %s are its pool and what it holds besides', async (name, file, pool, besides) => {
    expect(CONNECTIONS[name]).toBe(Number(pool.exec(await source(file))?.[1]) + besides);
  });
});

describe('the page', () => {
  it('shows what the calculator makes of the measured figures', async () => {
    const page = await readFile(CAPACITY_PAGE, 'utf8');
    expect(withTables(page, await readMeasured())).toBe(page);
  });
});
