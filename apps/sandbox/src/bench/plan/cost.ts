import type { Costs } from '../steady/costs.js';

/** Whose CPU is planned for. */
export const PLANNED = ['ingress', 'orchestrator', 'dispatcher', 'ai', 'control-plane', 'kafka', 'postgres'] as const;
export type Planned = (typeof PLANNED)[number];

/** What one of something costs: a message, a conversation beside its messages, a handover beside both, an answer. */
export interface Cost {
  /** CPU in microseconds, of all replicas of a service; of whom nothing is said nothing was measured. */
  readonly cpuUs: Readonly<Partial<Record<Planned, number>>>;
  readonly transactions: number;
  readonly walBytes: number;
  /** What each table grew, indexes included, by `schema.table`. */
  readonly tableBytes: Readonly<Record<string, number>>;
  /** Of all topics, one replica. */
  readonly kafkaBytes: number;
  readonly kafkaRecords: number;
}

/** Several costs, each so many times. */
export function sumOf(parts: readonly (readonly [times: number, cost: Cost])[]): Cost {
  const total = (value: (cost: Cost) => number): number => parts.reduce((sum, [times, cost]) => sum + times * value(cost), 0);
  const tables = new Set(parts.flatMap(([, { tableBytes }]) => Object.keys(tableBytes)));
  const measured = PLANNED.filter((name) => parts.some(([, { cpuUs }]) => cpuUs[name] !== undefined));
  return {
    cpuUs: Object.fromEntries(measured.map((name) => [name, total(({ cpuUs }) => cpuUs[name] ?? 0)])),
    transactions: total(({ transactions }) => transactions),
    walBytes: total(({ walBytes }) => walBytes),
    tableBytes: Object.fromEntries([...tables].map((name) => [name, total(({ tableBytes }) => tableBytes[name] ?? 0)])),
    kafkaBytes: total(({ kafkaBytes }) => kafkaBytes),
    kafkaRecords: total(({ kafkaRecords }) => kafkaRecords),
  };
}

/** What is left of a cost when a part of it is known; nothing costs less than nothing. */
export function without(whole: Cost, times: number, part: Cost): Cost {
  const rest = sumOf([
    [1, whole],
    [-times, part],
  ]);
  const floor = <Key extends string>(values: Readonly<Partial<Record<Key, number>>>): Record<Key, number> =>
    Object.fromEntries(Object.entries<number | undefined>(values).map(([name, value]) => [name, Math.max(0, value ?? 0)])) as Record<
      Key,
      number
    >;
  return {
    cpuUs: floor(rest.cpuUs),
    transactions: Math.max(0, rest.transactions),
    walBytes: Math.max(0, rest.walBytes),
    tableBytes: floor(rest.tableBytes),
    kafkaBytes: Math.max(0, rest.kafkaBytes),
    kafkaRecords: Math.max(0, rest.kafkaRecords),
  };
}

/** The counters of both servers and the CPU of everybody, as one cost. */
export function costFrom({ transactions, walBytes, tables, topics }: Costs, cpuUs: Cost['cpuUs']): Cost {
  const logs = Object.values(topics);
  return {
    ...{ cpuUs, transactions, walBytes },
    tableBytes: Object.fromEntries(Object.entries(tables).map(([name, { bytes }]) => [name, bytes])),
    kafkaBytes: logs.reduce((sum, { bytes }) => sum + bytes, 0),
    kafkaRecords: logs.reduce((sum, { records }) => sum + records, 0),
  };
}

/** To be read by people: whole microseconds and bytes, tables that grew by less than a byte left out. */
export function rounded({ cpuUs, transactions, walBytes, tableBytes, kafkaBytes, kafkaRecords }: Cost): Cost {
  const whole = (values: Readonly<Record<string, number>>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, Math.round(value)]));
  return {
    cpuUs: whole(cpuUs as Record<string, number>),
    transactions: Number(transactions.toFixed(2)),
    walBytes: Math.round(walBytes),
    tableBytes: Object.fromEntries(
      Object.entries(whole(tableBytes))
        .filter(([, bytes]) => bytes > 0)
        .sort(([a], [b]) => a.localeCompare(b)),
    ),
    kafkaBytes: Math.round(kafkaBytes),
    kafkaRecords: Number(kafkaRecords.toFixed(2)),
  };
}
