import { type KafkaAdmin } from '@baton/messaging/kafka';
import type pg from 'pg';
import { rssMiB } from '../process-usage.js';
import type { Talk } from '../roads/talk.js';
import { CpuBook, type Watched } from './cpu-book.js';
import { fetchMetrics, type ServiceMetrics } from './service-metrics.js';

export interface ServiceSample extends Omit<ServiceMetrics, 'handled'> {
  readonly cpuPerMessageUs: number;
  readonly rssMiB: number;
}

/** Everything of one look. Rates and times are those since the look before. */
export interface Sample {
  /** Since the first look. */
  readonly seconds: number;
  readonly arrivedPerSecond: number;
  /** Said and not arrived yet. */
  readonly open: number;
  readonly latencyMs: Readonly<Record<'in' | 'back', { readonly p50: number; readonly p95: number; readonly p99: number }>>;
  readonly services: Readonly<Record<string, ServiceSample>>;
  /** CPU of the two servers, where they are ours, and of the load itself. */
  readonly othersCpuPerMessageUs: Readonly<Record<'kafka' | 'postgres' | 'load', number>>;
  /** Records that a group has not committed. */
  readonly lag: Readonly<Record<string, number>>;
  readonly postgres: { readonly connections: number; readonly sizeMiB: number };
}

export interface SamplerOptions {
  readonly talk: Talk;
  readonly services: readonly Watched[];
  readonly admin: KafkaAdmin;
  /** Groups on the wire. */
  readonly groups: readonly string[];
  readonly database: pg.Client;
}

const MIB = 1_048_576;

/** Looks at everything that runs. */
export class Sampler {
  private readonly cpu: CpuBook;
  private before: { atMs: number; arrived: number; cpu: ReadonlyMap<string, number> };
  private readonly beganMs = performance.now();

  constructor(private readonly options: SamplerOptions) {
    this.cpu = new CpuBook(options.services);
    this.before = this.count();
  }

  async look(): Promise<Sample> {
    const { talk, services } = this.options;
    const { before } = this;
    const now = (this.before = this.count());
    const window = talk.look();
    const messages = Math.max(1, now.arrived - before.arrived);
    const cpuOf = (name: string): number => Math.max(0, (now.cpu.get(name) ?? 0) - (before.cpu.get(name) ?? 0)) / messages;
    const times = (direction: 'in' | 'back') => ({
      p50: window[direction].at(0.5),
      p95: window[direction].at(0.95),
      p99: window[direction].at(0.99),
    });
    const [metrics, lag, postgres] = await Promise.all([
      Promise.all(services.map(({ url }) => fetchMetrics(url))),
      this.lag(),
      this.postgres(),
    ]);
    return {
      seconds: (now.atMs - this.beganMs) / 1_000,
      arrivedPerSecond: messages / ((now.atMs - before.atMs) / 1_000),
      open: talk.open,
      latencyMs: { in: times('in'), back: times('back') },
      services: Object.fromEntries(
        services.map(({ name, pid }, index) => {
          const { handled: _, ...figures } = metrics[index]!;
          return [name, { cpuPerMessageUs: cpuOf(name), rssMiB: rssMiB(pid() ?? 0), ...figures }];
        }),
      ),
      othersCpuPerMessageUs: { kafka: cpuOf('kafka'), postgres: cpuOf('postgres'), load: cpuOf('load') },
      lag,
      postgres,
    };
  }

  private count(): { atMs: number; arrived: number; cpu: ReadonlyMap<string, number> } {
    return { atMs: performance.now(), arrived: this.options.talk.arrived, cpu: this.cpu.read() };
  }

  private async lag(): Promise<Record<string, number>> {
    const { admin, groups } = this.options;
    const lags = groups.map(async (group) => {
      const committed = await admin.committedOf(group);
      const topics = [...new Set(committed.map(({ topic }) => topic))];
      const ends = new Map(
        (await Promise.all(topics.map((topic) => admin.bounds(topic))))
          .flat()
          .map(({ topic, partition, end }) => [`${topic}/${partition}`, end]),
      );
      const lag = committed.reduce(
        (sum, { topic, partition, offset }) => sum + Number((ends.get(`${topic}/${partition}`) ?? offset) - offset),
        0,
      );
      return [group.slice(group.lastIndexOf('.') + 1), Math.max(0, lag)] as const;
    });
    return Object.fromEntries(await Promise.all(lags));
  }

  private async postgres(): Promise<Sample['postgres']> {
    const { rows } = await this.options.database.query<{ connections: string; bytes: string }>(
      'SELECT numbackends AS connections, pg_database_size(datid) AS bytes FROM pg_stat_database WHERE datname = current_database()',
    );
    return { connections: Number(rows[0]?.connections ?? 0), sizeMiB: Number(rows[0]?.bytes ?? 0) / MIB };
  }
}
