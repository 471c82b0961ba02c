import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { createKafka, topicsToBe } from '@baton/messaging/kafka';
import { SettingsStore } from '@baton/settings';
import { createLogger, Health } from '@baton/telemetry';
import type { RunningService } from '@baton/telemetry';
import { runMigrations } from '@baton/persistence';
import { eventually, freePort, freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import { ConfigSchema } from './config.js';
import { createControlPlane } from './create-control-plane.js';
import { SCHEMA } from './database/database.js';
import { migrations } from './database/migrations.js';
import { loadSettings } from './settings-file/load-settings.js';

const file = join(mkdtempSync(join(tmpdir(), 'control-plane-')), 'bots.yaml');
const aFile = (name: string, more = '') => `bots:\n  - { botId: demo, workspaceId: acme, name: ${name} }\n${more}`;
/** As editors do it: a new file takes the place of the old one. */
const replaceFile = (text: string) => {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};

describe('the control plane', () => {
  const prefix = `control-${randomBytes(4).toString('hex')}`;
  const brokers = process.env['KAFKA_BROKERS']!.split(',');
  const kafka = { brokers, clientId: 'control-plane-test', topicPrefix: prefix };
  const keys = {
    webhooks: randomBytes(32).toString('base64'),
    crisp: randomBytes(32).toString('base64'),
    messenger: randomBytes(32).toString('base64'),
    models: randomBytes(32).toString('base64'),
  };
  const lines: string[] = [];
  const destination = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) });
  const health = new Health();
  let database: FreshDatabase;
  let service: RunningService;
  let store: SettingsStore;
  let port: number;

  beforeAll(async () => {
    database = await freshDatabase(process.env['DATABASE_URL']!);
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
    port = await freePort();
    writeFileSync(file, aFile('First'));
    const logger = createLogger({ service: 'control-plane', level: 'info', instance: 'test', destination });
    const config = ConfigSchema.parse({
      KAFKA_BROKERS: brokers.join(','),
      KAFKA_TOPIC_PREFIX: prefix,
      HTTP_PORT: String(port),
      SETTINGS_FILE: file,
      SETTINGS_KEY_WEBHOOKS: keys.webhooks,
      SETTINGS_KEY_CRISP: keys.crisp,
      SETTINGS_KEY_MESSENGER: keys.messenger,
      SETTINGS_KEY_MODELS: keys.models,
      DATABASE_URL: database.url,
      CONSOLE_DIR: '/nowhere',
      TOPIC_PARTITIONS: '2',
    });
    service = await createControlPlane(config, await loadSettings(file, process.env), { logger, health });
    store = new SettingsStore({ kafka, keys });
    await store.start();
  });
  afterAll(async () => {
    await service.close();
    await store.stop();
    const admin = createKafka(kafka).admin();
    await admin.connect();
    await admin.deleteTopics(topicsToBe(prefix, { partitions: 1, replication: 1 }).map(({ topic }) => topic));
    await admin.disconnect();
    await database.drop();
  });

  it('creates the topics, publishes its file and is ready', async () => {
    await eventually(() => store.bot('demo')?.name === 'First', { what: 'the first settings' });
    await eventually(async () => (await fetch(`http://127.0.0.1:${port}/health/ready`)).ok, { what: 'being ready' });
    expect(store.isFresh(new Date())).toBe(true);
  });

  it('publishes what changed when the file changes', async () => {
    replaceFile(aFile('Second', '  - { botId: other, workspaceId: acme, name: Other }\n'));
    await eventually(() => store.bot('demo')?.name === 'Second' && store.bot('other'), { what: 'the change' });
  });

  it('keeps what was published when the file is broken, and says where', async () => {
    replaceFile('bots:\n  - botId: demo\n    name: Third\n');
    await eventually(() => lines.some((line) => line.includes(`${file}:2:5 bots[0].workspaceId is missing`)), {
      what: 'the sentence in the log',
    });
    expect([store.bot('demo')?.name, store.bots().length, health.ready().ok]).toEqual(['Second', 2, true]);
  });

  it('takes away the bot that the file no longer has', async () => {
    replaceFile(aFile('Second'));
    await eventually(() => store.bots().length === 1, { what: 'the bot being gone' });
  });
});
