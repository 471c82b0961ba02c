import { table } from '../steady/print.js';
import { type Cost, type Planned, PLANNED, sumOf } from './cost.js';
import { keptDays } from './kept-days.js';
import type { Measured } from './measured.js';

/** A load to plan for. */
export interface Load {
  readonly conversationsPerDay: number;
  readonly messagesPerConversation: number;
}

/** What is called once the load: 1,000 conversations a day of 20 messages, 50 messages a minute in the busiest hour. */
export const ONCE: Load = { conversationsPerDay: 1_000, messagesPerConversation: 20 };
/** The part of a day that its busiest hour has. */
export const BUSIEST_HOUR = 0.15;
/** The busiest minute against the busiest hour. */
export const PEAK = 3;
/** How full a process of one thread may be at the peak. */
export const FULL = 0.6;
/** How long a chat stays open, in minutes. */
export const OPEN_MINUTES = 15;
/** The part of all conversations that are handed over. */
export const HANDED_OVER = 0.2;
/** The part of all messages that are answers of ai-auto-reply: eight to ten words of a visitor. */
export const ANSWERS = 0.4;
const SOCKETS_OF_A_REPLICA = 5_000;
const REPLICATION = 3;
const KAFKA_DAYS = 7;
const MONTH = 30;

/** Connections of one replica: its pool, and what it holds besides. */
export const CONNECTIONS = { orchestrator: 12, dispatcher: 11, ai: 16, 'control-plane': 10 } as const;

export type PlannedReplicas = Exclude<Planned, 'kafka' | 'postgres'>;

export interface Plan {
  readonly messagesPerDay: number;
  readonly hourPerSecond: number;
  readonly peakPerSecond: number;
  readonly answersPerSecond: number;
  readonly sockets: number;
  readonly replicas: Readonly<Record<PlannedReplicas, number>>;
  readonly partitions: number;
  readonly kafkaCores: number;
  readonly kafkaDiskGB: number;
  readonly postgresCores: number;
  readonly transactionsPerSecond: number;
  readonly walGBPerDay: number;
  readonly connections: number;
  /** Rows of people's words and everything else, after a month and after a year. */
  readonly postgresGB: { readonly month: number; readonly year: number };
}

/** A message with its part of its conversation, of handovers and of answers. */
export function wholeMessage(measured: Measured, messagesPerConversation: number): Cost {
  return sumOf([
    [1, measured.message],
    [1 / messagesPerConversation, measured.conversation],
    [HANDED_OVER / messagesPerConversation, measured.handover],
    [ANSWERS, measured.answer],
  ]);
}

/** What a load needs, at its peak. Pure arithmetic: no figure of it was measured at that size. */
export function planFor({ conversationsPerDay, messagesPerConversation }: Load, measured: Measured): Plan {
  const cost = wholeMessage(measured, messagesPerConversation);
  const messagesPerDay = conversationsPerDay * messagesPerConversation;
  const hourPerSecond = (messagesPerDay * BUSIEST_HOUR) / 3_600;
  const peakPerSecond = hourPerSecond * PEAK;
  const sockets = Math.ceil(((conversationsPerDay * BUSIEST_HOUR * OPEN_MINUTES) / 60) * PEAK);
  const busy = (name: Planned): number => (peakPerSecond * (cost.cpuUs[name] ?? 0)) / 1e6;
  const replicasOf = (name: PlannedReplicas): number => Math.max(2, Math.ceil(busy(name) / FULL));
  const replicas = {
    ingress: replicasOf('ingress'),
    orchestrator: replicasOf('orchestrator'),
    dispatcher: Math.max(replicasOf('dispatcher'), Math.ceil(sockets / SOCKETS_OF_A_REPLICA)),
    ai: replicasOf('ai'),
    // It looks after everything by the clock, and one of them alone.
    'control-plane': 2,
  };
  const rowsAfter = (days: number): number =>
    Object.entries(cost.tableBytes).reduce((sum, [name, bytes]) => sum + bytes * messagesPerDay * Math.min(days, keptDays(name)), 0);
  return {
    ...{ messagesPerDay, hourPerSecond, peakPerSecond, answersPerSecond: peakPerSecond * ANSWERS, sockets, replicas },
    // Twice the replicas, so that each may have an even share, in steps of 12.
    partitions: Math.max(24, Math.ceil((2 * Math.max(replicas.orchestrator, replicas.dispatcher, replicas.ai)) / 12) * 12),
    kafkaCores: busy('kafka') * REPLICATION,
    kafkaDiskGB: (messagesPerDay * cost.kafkaBytes * KAFKA_DAYS * REPLICATION) / 1e9,
    postgresCores: busy('postgres'),
    transactionsPerSecond: peakPerSecond * cost.transactions,
    walGBPerDay: (messagesPerDay * cost.walBytes) / 1e9,
    connections: Object.entries(CONNECTIONS).reduce((sum, [name, each]) => sum + replicas[name as keyof typeof CONNECTIONS] * each, 0),
    postgresGB: { month: rowsAfter(MONTH) / 1e9, year: rowsAfter(365) / 1e9 },
  };
}

const tidy = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(0) : value.toFixed(1);

const TITLES: Readonly<Record<Planned, string>> = {
  ...{ ingress: 'webhook-ingress', orchestrator: 'escalation-orchestrator', dispatcher: 'channel-dispatcher', ai: 'ai-auto-reply' },
  ...{ 'control-plane': 'control-plane', kafka: 'Kafka', postgres: 'Postgres' },
};

/** The plan for several multiples of the load, side by side. */
export function planTable(measured: Measured, times: readonly number[], once: Load = ONCE): string {
  const plans = times.map((factor) => planFor({ ...once, conversationsPerDay: once.conversationsPerDay * factor }, measured));
  const row = (what: string, value: (plan: Plan) => string): string[] => [what, ...plans.map(value)];
  const replicas = (name: PlannedReplicas): string[] => row(`${TITLES[name]}, replicas`, (plan) => String(plan.replicas[name]));
  return table(
    ['', ...times.map((factor) => `${factor.toLocaleString('en')}×`)],
    [
      row('messages a day', ({ messagesPerDay }) => messagesPerDay.toLocaleString('en')),
      row(
        'messages a second, busiest hour / peak',
        ({ hourPerSecond, peakPerSecond }) => `${tidy(hourPerSecond)} / ${tidy(peakPerSecond)}`,
      ),
      row('answers of the AI a second, peak', ({ answersPerSecond }) => tidy(answersPerSecond)),
      row('open chats at the peak', ({ sockets }) => tidy(sockets)),
      ...(['ingress', 'orchestrator', 'dispatcher', 'ai', 'control-plane'] as const).map(replicas),
      row('partitions of each topic', ({ partitions }) => String(partitions)),
      row('Kafka: cores of all brokers', ({ kafkaCores }) => tidy(kafkaCores)),
      row('Kafka: disk of all brokers, GB', ({ kafkaDiskGB }) => tidy(kafkaDiskGB)),
      row('Postgres: cores', ({ postgresCores }) => tidy(postgresCores)),
      row('Postgres: transactions a second', ({ transactionsPerSecond }) => tidy(transactionsPerSecond)),
      row('Postgres: connections', ({ connections }) => String(connections)),
      row('Postgres: write-ahead log, GB a day', ({ walGBPerDay }) => tidy(walGBPerDay)),
      row('Postgres: disk after a month / a year, GB', ({ postgresGB }) => `${tidy(postgresGB.month)} / ${tidy(postgresGB.year)}`),
    ],
  );
}

/** What one of each costs, as the page shows it. */
export function costTable({ message, conversation, handover, answer }: Measured): string {
  const cpu = (cost: Cost, name: Planned): string => {
    const us = cost.cpuUs[name];
    return us === undefined ? '–' : us.toLocaleString('en');
  };
  const costs = [message, conversation, handover, answer];
  const row = (what: string, value: (cost: Cost) => string): string[] => [what, ...costs.map(value)];
  return table(
    ['', 'a message', 'a conversation', 'a handover', 'an answer'],
    [
      ...PLANNED.map((name) => row(`${TITLES[name]}, µs of CPU`, (cost) => cpu(cost, name))),
      row('transactions', ({ transactions }) => transactions.toFixed(1)),
      row('write-ahead log, bytes', ({ walBytes }) => walBytes.toLocaleString('en')),
      row('Kafka, records', ({ kafkaRecords }) => kafkaRecords.toFixed(1)),
      row('Kafka, bytes of one replica', ({ kafkaBytes }) => kafkaBytes.toLocaleString('en')),
      row('rows that are kept, bytes with indexes', ({ tableBytes }) => keptBytes(tableBytes).toLocaleString('en')),
    ],
  );
}

function keptBytes(tableBytes: Cost['tableBytes']): number {
  return Object.entries(tableBytes).reduce((sum, [name, bytes]) => sum + (keptDays(name) > 0 ? bytes : 0), 0);
}
