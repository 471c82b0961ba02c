import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { readMeasured } from './measured.js';
import { type Measured, ONCE, planFor, planTable } from './plan.js';

const DOCUMENT = new URL('../../../../../docs/operations/capacity.md', import.meta.url);

const measured: Measured = {
  cpuUs: { ingress: 100, orchestrator: 400, dispatcher: 300, kafka: 100, postgres: 200 },
  ...{ transactions: 0.5, walBytes: 5_000, kafkaBytes: 1_500, kafkaRecords: 2.5 },
  tableBytes: { 'orchestrator.transcript_lines': 500, 'orchestrator.inbox': 250, 'orchestrator.outbox': 800 },
};

describe('a plan for a load', () => {
  it('once is 50 messages a minute in the busiest hour, for which two of each do', () => {
    const plan = planFor(ONCE, measured);
    expect(plan.hourPerSecond * 60).toBeCloseTo(50);
    expect(plan).toMatchObject({ messagesPerDay: 20_000, replicas: { ingress: 2, orchestrator: 2, dispatcher: 2 }, partitions: 24 });
  });

  it('a thousand times as much needs replicas by CPU and by open chats, and partitions for them', () => {
    const plan = planFor({ ...ONCE, conversationsPerDay: 1_000_000 }, measured);
    expect(plan.peakPerSecond).toBeCloseTo(2_500);
    expect(plan.replicas).toEqual({ ingress: 2, orchestrator: 2, dispatcher: 23 });
    expect(plan.partitions).toBe(48);
    expect(plan.postgresCores).toBeCloseTo(0.5);
  });

  it('rows are kept as long as they are, and what is emptied at once fills no disk', () => {
    const plan = planFor(ONCE, measured);
    expect(plan.postgresGB.month).toBeCloseTo((20_000 * (500 * 30 + 250 * 9)) / 1e9);
    expect(plan.postgresGB.year).toBeCloseTo((20_000 * (500 * 365 + 250 * 9)) / 1e9);
    expect(plan.kafkaDiskGB).toBeCloseTo((20_000 * 1_500 * 7 * 3) / 1e9);
  });

  it('the table on the page is what the calculator makes of the measured figures', async () => {
    const page = (await readFile(DOCUMENT, 'utf8')).replaceAll(/ +/g, ' ').replaceAll(/-+/g, '-');
    const expected = planTable(await readMeasured(), [1, 10, 100, 1_000])
      .replaceAll(/ +/g, ' ')
      .replaceAll(/-+/g, '-');
    for (const line of expected.split('\n').slice(2)) expect(page).toContain(line);
  });
});
