import { afterEach, beforeEach, it } from '@jest/globals';
import { createLogger } from '@baton/telemetry';
import { eventually, FaultProxy, freshDatabase, type FreshDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import type { CatchUp } from './catch-up.js';
import { Notices } from './notices.js';
import { Rooms } from './rooms.js';

let database: FreshDatabase;
let proxy: FaultProxy;
let notices: Notices;
let looks = 0;

beforeEach(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'notices');
  const url = new URL(database.url);
  proxy = await FaultProxy.start({ to: { host: url.hostname, port: Number(url.port) } });
  url.host = `127.0.0.1:${proxy.port}`;
  looks = 0;
  notices = new Notices({
    ...{ url: url.href, instance: 'a', rooms: new Rooms(), patienceMs: 1_000 },
    // It only listens here.
    dataSource: {} as DataSource,
    catchUp: { wake: () => (looks += 1) } as unknown as CatchUp,
    logger: createLogger({ service: 'test', level: 'silent', instance: 'a' }),
  });
  await notices.start();
});

afterEach(async () => {
  await notices.stop();
  await proxy.close();
  await database.drop();
});

it('the line between replicas is made anew when its other end is gone without a word, and what was missed is looked up', async () => {
  await eventually(() => looks > 0, { within: 10_000, what: 'the first line' });
  const before = looks;
  proxy.cutSilently();
  await eventually(() => looks > before && notices.isListening, { within: 15_000, what: 'a new line' });
});
