import { table } from '../steady/print.js';
import type { Level } from './growth.js';

/** A service and what was found of it. */
export interface ScaledOutcome {
  readonly service: string;
  readonly levels: readonly Level[];
  readonly lost: number;
  readonly doubled: number;
  readonly outOfOrder: number;
  readonly isGood: boolean;
}

const HEAD = ['service', 'replicas', 'messages/s', 'CPU µs a message', 'of it idle', 'the most replicas against it', 'p50 ms', 'p95 ms'];

/** Markdown, as a page takes it: first what is judged, then the same load on one replica alone. */
export function levelTable(outcomes: readonly ScaledOutcome[]): string {
  const rows = outcomes.flatMap(({ service, levels, isGood, lost, doubled, outOfOrder }) => {
    const last = levels.findLastIndex(({ load }) => load === 'each');
    return levels.map((level, index) => [
      ...[service, level.load === 'all' ? `${level.replicas}, all of it` : level.replicas],
      ...[level.perSecond.toFixed(level.perSecond < 20 ? 1 : 0), level.cpuPerMessageUs.toFixed(0), level.idlePerMessageUs.toFixed(0)],
      ...[index === last ? '' : signed(level.growth), level.p50Ms.toFixed(0), level.p95Ms.toFixed(0)],
      ...[level.rssMiB.toFixed(0), level.joinedSeconds?.toFixed(1) ?? ''],
      index === last ? `${isGood ? 'good' : 'BAD'}: lost ${lost}, doubled ${doubled}, out of order ${outOfOrder}` : '',
    ]);
  });
  return table([...HEAD, 'MiB each', 'joined in s', 'verdict'], rows);
}

const signed = (part: number): string => `${part < 0 ? '−' : '+'}${Math.abs(part * 100).toFixed(1)} %`;
