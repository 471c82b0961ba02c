import type { BenchOptions, Contender, RunningContender } from './contender.js';
import { inRounds } from './contender.js';
import { runHelper } from './helper-process.js';
import type { LoadOrder, LoadResult } from './load.js';
import { cpuUs, rssMiB } from './process-usage.js';
import { report } from './report.js';

const FIXED_RATE = 500;

/** Web hook in → signature checked → Kafka, acks from all → 2xx: at a fixed rate, then as fast as it goes. */
export async function benchIngress(contenders: readonly Contender[], options: BenchOptions): Promise<string> {
  const rounds = await inRounds(contenders, options, (running) => measure(running, options));
  return report('ingress', rounds, { rate: FIXED_RATE });
}

async function measure(running: RunningContender, { seconds, say }: BenchOptions): Promise<Record<string, number>> {
  const order = (rate: number, duration: number): LoadOrder => ({
    ...running.target,
    rate,
    seconds: duration,
    connections: 64,
    bodyBytes: 600,
    limit: 2_000_000,
  });
  const usage = () => running.pids.reduce((sum, pid) => sum + cpuUs(pid), 0);
  await runHelper<LoadResult>('load', order(0, 3));
  const fixed = await runHelper<LoadResult>('load', order(FIXED_RATE, seconds));
  const before = usage();
  const full = await runHelper<LoadResult>('load', order(0, seconds));
  const cpu = (usage() - before) / Math.max(1, full.ok);
  say(
    `  ${Math.round(full.perSecond)}/s at full load, ${Math.round(cpu)} µs of CPU each; at ${FIXED_RATE}/s p50 ${fixed.p50Ms.toFixed(2)} ms, p99 ${fixed.p99Ms.toFixed(2)} ms`,
  );
  return {
    throughput: full.perSecond,
    cpu,
    p50: fixed.p50Ms,
    p99: fixed.p99Ms,
    p50Full: full.p50Ms,
    p99Full: full.p99Ms,
    refused: fixed.refused + full.refused,
    errors: fixed.errors + full.errors,
    rssMiB: running.pids.reduce((sum, pid) => sum + rssMiB(pid), 0),
  };
}
