import { readFile } from 'node:fs/promises';
import type { Measured } from './plan.js';
import type { Costs } from '../steady/costs.js';
import { median } from '../summary.js';
import type { Sample } from '../steady/sampler.js';

/** What the plan is made from; a soak on the full road prints such a line as `measured`. */
export const MEASURED_FILE = new URL('../../../bench/measured.json', import.meta.url);

export async function readMeasured(): Promise<Measured> {
  return JSON.parse(await readFile(MEASURED_FILE, 'utf8')) as Measured;
}

/** A soak's figures as the plan needs them: medians of the looks after the warm-up. */
export function measuredFrom(samples: readonly Sample[], costs: Costs): Measured {
  const settled = samples.slice(Math.floor(samples.length / 3));
  const cpu = (value: (sample: Sample) => number | undefined): number => Math.round(median(settled.map((sample) => value(sample) ?? 0)));
  const topics = Object.values(costs.topics);
  return {
    cpuUs: {
      ingress: cpu(({ services }) => services['ingress']?.cpuPerMessageUs),
      orchestrator: cpu(({ services }) => services['orchestrator']?.cpuPerMessageUs),
      dispatcher: cpu(({ services }) => services['dispatcher']?.cpuPerMessageUs),
      kafka: cpu(({ othersCpuPerMessageUs }) => othersCpuPerMessageUs.kafka),
      postgres: cpu(({ othersCpuPerMessageUs }) => othersCpuPerMessageUs.postgres),
    },
    transactions: Number(costs.transactions.toFixed(2)),
    walBytes: Math.round(costs.walBytes),
    tableBytes: Object.fromEntries(Object.entries(costs.tables).map(([name, { bytes }]) => [name, Math.round(bytes)])),
    kafkaBytes: Math.round(topics.reduce((sum, { bytes }) => sum + bytes, 0)),
    kafkaRecords: Number(topics.reduce((sum, { records }) => sum + records, 0).toFixed(2)),
  };
}
