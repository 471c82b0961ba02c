import { setTimeout as pause } from 'node:timers/promises';
import { botEvents, topicOnTheWire } from '@baton/contracts';
import { createKafka } from '@baton/messaging/kafka';
import { eventually } from '@baton/testing';
import pg from 'pg';
import type { Platform } from '../../platform/platform.js';
import type { Scenario } from '../scenario.js';
import { timed } from './timing.js';

const FULL_SECONDS = 10;
const NAMES = { kafka: 'Kafka', postgres: 'Postgres' } as const;
/** Of what a probe would write: far more than a server finds in files that it has already. */
const PROBE_MEBIBYTES = 64;
/** More than a batch of records that a broker takes. */
const RECORD_BYTES = 512 * 1024;

/** No byte more can be written where a server's data lie. A server that ended over it is started again once there is room, as its supervisor would. */
export function diskFull(server: keyof typeof NAMES): Scenario {
  return {
    name: `disk-full-${server}`,
    title: `${NAMES[server]}'s disk full for ${FULL_SECONDS} s`,
    talk: 'handovers',
    ground: 'small-disks',
    lasts: FULL_SECONDS + 5,
    recoversWithin: 60,
    async inject({ platform, disks }) {
      if (!disks) throw new Error('no disk can be filled here');
      await disks[server].fill();
      const until = Date.now() + FULL_SECONDS * 1_000;
      const wrong = (await canWrite[server](platform)) ? [`${NAMES[server]} still had room: its disk was not full`] : [];
      await pause(Math.max(0, until - Date.now()));
      await disks[server].free();
      const back = () => platform.local[server].start().then(() => true);
      return {
        what: `${NAMES[server]}'s disk was full for ${FULL_SECONDS} s`,
        backAfter: await timed(() => eventually(back, { within: 60_000, every: 500, what: `${NAMES[server]} running again` })),
        wrong,
      };
    },
  };
}

/** Whether a server takes something that needs room. One that does not answer at all has none, either. */
const canWrite: Record<keyof typeof NAMES, (platform: Platform) => Promise<boolean>> = {
  async kafka({ local, topicPrefix }) {
    const producer = createKafka({ brokers: local.brokers, clientId: 'faults', topicPrefix }).producer();
    const record = { topic: topicOnTheWire(botEvents.name, topicPrefix), key: 'probe', value: Buffer.alloc(RECORD_BYTES), headers: {} };
    try {
      await producer.connect();
      for (let count = 0; count < PROBE_MEBIBYTES; count += 1) await producer.send([record]);
      return true;
    } catch {
      return false;
    } finally {
      await producer.disconnect().catch(() => undefined);
    }
  },
  async postgres({ databaseUrl }) {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000, query_timeout: FULL_SECONDS * 1_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query(`CREATE TEMP TABLE probe AS SELECT repeat('x', 1000) FROM generate_series(1, ${PROBE_MEBIBYTES * 1_024})`);
      return true;
    } catch (error) {
      // Full, or gone; a server that is only slow proves nothing.
      return !isFullOrGone(error as NodeJS.ErrnoException);
    } finally {
      await client.end().catch(() => undefined);
    }
  },
};

const DISK_FULL = '53100';

function isFullOrGone({ code, message }: NodeJS.ErrnoException): boolean {
  return code === DISK_FULL || code?.startsWith('57P') === true || /ECONN|terminated|Connection ended/i.test(`${code} ${message}`);
}
