import type { BenchOptions, Contender, RunningContender } from './contender.js';
import { inRounds } from './contender.js';
import { runHelper } from './helper-process.js';
import type { LoadOrder, LoadResult } from './load.js';
import { cpuUs, rssMiB } from './process-usage.js';
import { report } from './report.js';
import type { SinkOrder, SinkResult } from './sink.js';

const RATES = [50, 200, 1_000];

/** Web hook in → inbox, state, transcript → the visitor's log → his socket: at three rates, then as fast as it goes. */
export async function benchPipeline(contenders: readonly Contender[], options: BenchOptions): Promise<string> {
  const rounds = await inRounds(contenders, options, (running) => measure(running, options));
  return report('pipeline', rounds, { rates: RATES });
}

async function measure(running: RunningContender, { seconds, say }: BenchOptions): Promise<Record<string, number>> {
  const usage = () => running.pids.reduce((sum, pid) => sum + cpuUs(pid), 0);
  await through(running, 200, 3);
  const figures: Record<string, number> = {};
  let lost = 0;
  let repeats = 0;
  let outOfOrder = 0;
  for (const rate of [...RATES, 0]) {
    const before = usage();
    const each = running.pids.map((pid) => cpuUs(pid));
    const { sent, seen } = await through(running, rate, seconds);
    const cpu = (usage() - before) / Math.max(1, seen.distinct);
    lost += sent.ok - seen.distinct;
    repeats += seen.repeats;
    outOfOrder += seen.outOfOrder;
    if (rate > 0) {
      figures[`p50At${rate}`] = seen.p50Ms;
      figures[`p99At${rate}`] = seen.p99Ms;
      say(`  ${rate}/s: p50 ${seen.p50Ms.toFixed(1)} ms, p99 ${seen.p99Ms.toFixed(1)} ms`);
    } else {
      Object.assign(figures, { throughput: seen.perSecond, cpu, p50: seen.p50Ms, p99: seen.p99Ms });
      const shares = running.pids.map((pid, index) => Math.round((cpuUs(pid) - each[index]!) / Math.max(1, seen.distinct)));
      say(`  full load: ${Math.round(seen.perSecond)}/s, ${Math.round(cpu)} µs of CPU each (${shares.join(' + ')}, last hop first)`);
    }
  }
  say(`  lost ${lost}, twice ${repeats}, out of order ${outOfOrder}`);
  return { ...figures, lost, repeats, outOfOrder, rssMiB: running.pids.reduce((sum, pid) => sum + rssMiB(pid), 0) };
}

async function through(running: RunningContender, rate: number, seconds: number): Promise<{ sent: LoadResult; seen: SinkResult }> {
  const order: LoadOrder = { ...running.target, rate, seconds, connections: 32, bodyBytes: 600, limit: 200_000 };
  const visitors: SinkOrder = { sockets: running.visitors ?? [], idleMs: 3_000, maxMs: (seconds + 60) * 1_000 };
  let connected: () => void = () => {};
  const ready = new Promise<void>((resolve) => (connected = resolve));
  const sink = runHelper<SinkResult>('sink', visitors, (line) => line === 'connected' && connected());
  await Promise.race([ready, sink]);
  const sent = await runHelper<LoadResult>('load', order);
  return { sent, seen: await sink };
}
