import type { LoadOrder } from './load.js';
import type { SinkOrder } from './sink.js';

/** Somebody who does the work that is measured. */
export interface Contender {
  readonly name: 'ours' | 'stock-nest' | 'bare-fastify' | 'limit-go';
  /** Starts fresh processes and resolves when they take load. */
  start(): Promise<RunningContender>;
}

export interface RunningContender {
  /** Whose CPU and memory count. */
  readonly pids: readonly number[];
  /** Where the load goes. */
  readonly target: Pick<LoadOrder, 'port' | 'path' | 'secret' | 'scheme' | 'websiteId' | 'sessions'>;
  /** Where what was sent comes out again; absent when only the way in is measured. */
  readonly visitors?: SinkOrder['sockets'];
  /** Seconds from the start of the processes to the first 2xx. */
  readonly startSeconds: number;
  /** Ends the processes and says how many seconds the slowest took. */
  stop(): Promise<number>;
}

export interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly say: (line: string) => void;
}

/** All contenders in every round, the order turned round each time, so that drift of the machine hits everybody alike. */
export async function inRounds<Result>(
  contenders: readonly Contender[],
  { rounds, say }: BenchOptions,
  measure: (running: RunningContender) => Promise<Result>,
): Promise<Map<string, (Result & { startSeconds: number; stopSeconds: number })[]>> {
  const results = new Map<string, (Result & { startSeconds: number; stopSeconds: number })[]>();
  for (let round = 1; round <= rounds; round += 1) {
    for (const contender of round % 2 === 1 ? contenders : [...contenders].reverse()) {
      say(`round ${round} of ${rounds}: ${contender.name}`);
      const running = await contender.start();
      let measured: Result;
      let stopSeconds = 0;
      try {
        measured = await measure(running);
      } finally {
        stopSeconds = await running.stop();
      }
      const list = results.get(contender.name) ?? [];
      list.push({ ...measured, startSeconds: running.startSeconds, stopSeconds });
      results.set(contender.name, list);
    }
  }
  return results;
}
