import { table } from '../steady/print.js';

/** What one message costs on the whole road, as a soak measured it. */
export interface Measured {
  /** CPU in microseconds: of each service, and of the two servers. */
  readonly cpuUs: Readonly<Record<'ingress' | 'orchestrator' | 'dispatcher' | 'kafka' | 'postgres', number>>;
  readonly transactions: number;
  readonly walBytes: number;
  /** What each table grew, indexes included, by `schema.table`. */
  readonly tableBytes: Readonly<Record<string, number>>;
  /** Of all topics, one replica. */
  readonly kafkaBytes: number;
  readonly kafkaRecords: number;
}

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
const SOCKETS_OF_A_REPLICA = 5_000;
const REPLICATION = 3;
const KAFKA_DAYS = 7;
const MONTH = 30;

/** Days for which rows are kept; other tables do not grow with messages, or are emptied at once. */
export const KEPT_DAYS: Readonly<Record<string, number>> = {
  'orchestrator.transcript_lines': Infinity,
  'dispatcher.log': 400,
  'orchestrator.decisions': 90,
  'orchestrator.promises': 90,
  'orchestrator.effects': 14,
  'orchestrator.inbox': 9,
  'dispatcher.inbox': 9,
  'orchestrator.crisp_messages': Infinity,
  'orchestrator.judged_facts': 7,
};

/** Connections of one replica: its pool, and what it holds besides. */
export const CONNECTIONS = { orchestrator: 10, dispatcher: 11, 'ai-auto-reply': 16, 'control-plane': 10 } as const;

export interface Plan {
  readonly messagesPerDay: number;
  readonly hourPerSecond: number;
  readonly peakPerSecond: number;
  readonly sockets: number;
  readonly replicas: Readonly<Record<'ingress' | 'orchestrator' | 'dispatcher', number>>;
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

/** What a load needs, at its peak. Pure arithmetic: no figure of it was measured at that size. */
export function planFor({ conversationsPerDay, messagesPerConversation }: Load, measured: Measured): Plan {
  const messagesPerDay = conversationsPerDay * messagesPerConversation;
  const hourPerSecond = (messagesPerDay * BUSIEST_HOUR) / 3_600;
  const peakPerSecond = hourPerSecond * PEAK;
  const sockets = Math.ceil(((conversationsPerDay * BUSIEST_HOUR * OPEN_MINUTES) / 60) * PEAK);
  const busy = (us: number): number => (peakPerSecond * us) / 1e6;
  const replicasOf = (us: number): number => Math.max(2, Math.ceil(busy(us) / FULL));
  const replicas = {
    ingress: replicasOf(measured.cpuUs.ingress),
    orchestrator: replicasOf(measured.cpuUs.orchestrator),
    dispatcher: Math.max(replicasOf(measured.cpuUs.dispatcher), Math.ceil(sockets / SOCKETS_OF_A_REPLICA)),
  };
  const rowsAfter = (days: number): number =>
    Object.entries(KEPT_DAYS).reduce(
      (sum, [name, kept]) => sum + (measured.tableBytes[name] ?? 0) * messagesPerDay * Math.min(days, kept),
      0,
    );
  return {
    ...{ messagesPerDay, hourPerSecond, peakPerSecond, sockets, replicas },
    // Twice the replicas, so that each may have an even share, in steps of 12.
    partitions: Math.max(24, Math.ceil((2 * Math.max(replicas.orchestrator, replicas.dispatcher)) / 12) * 12),
    kafkaCores: busy(measured.cpuUs.kafka) * REPLICATION,
    kafkaDiskGB: (messagesPerDay * measured.kafkaBytes * KAFKA_DAYS * REPLICATION) / 1e9,
    postgresCores: busy(measured.cpuUs.postgres),
    transactionsPerSecond: peakPerSecond * measured.transactions,
    walGBPerDay: (messagesPerDay * measured.walBytes) / 1e9,
    connections:
      replicas.orchestrator * CONNECTIONS.orchestrator +
      replicas.dispatcher * CONNECTIONS.dispatcher +
      2 * CONNECTIONS['ai-auto-reply'] +
      CONNECTIONS['control-plane'],
    postgresGB: { month: rowsAfter(MONTH) / 1e9, year: rowsAfter(365) / 1e9 },
  };
}

const tidy = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value >= 10 ? value.toFixed(0) : value.toFixed(1);

/** The plan for several multiples of the load, side by side. */
export function planTable(measured: Measured, times: readonly number[], once: Load = ONCE): string {
  const plans = times.map((factor) => planFor({ ...once, conversationsPerDay: once.conversationsPerDay * factor }, measured));
  const row = (what: string, value: (plan: Plan) => string): string[] => [what, ...plans.map(value)];
  return table(
    ['', ...times.map((factor) => `${factor.toLocaleString('en')}×`)],
    [
      row('messages a day', ({ messagesPerDay }) => messagesPerDay.toLocaleString('en')),
      row(
        'messages a second, busiest hour / peak',
        ({ hourPerSecond, peakPerSecond }) => `${tidy(hourPerSecond)} / ${tidy(peakPerSecond)}`,
      ),
      row('open chats at the peak', ({ sockets }) => tidy(sockets)),
      row('webhook-ingress, replicas', ({ replicas }) => String(replicas.ingress)),
      row('escalation-orchestrator, replicas', ({ replicas }) => String(replicas.orchestrator)),
      row('channel-dispatcher, replicas', ({ replicas }) => String(replicas.dispatcher)),
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
