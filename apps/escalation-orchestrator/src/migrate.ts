import { runMigrations } from '@baton/persistence';
import { createLogger, databaseVariable, readConfig } from '@baton/telemetry';
import { z } from 'zod';
import { migrations, SCHEMA } from './schema/index.js';

const config = readConfig(z.object(databaseVariable));
const logger = createLogger({ service: 'escalation-orchestrator', level: 'info', instance: 'migrate' });
const onHeld = (sentence: string) => logger.warn(`${sentence}; tried again`);
const ran = await runMigrations({
  url: config.DATABASE_URL,
  schema: SCHEMA,
  migrations,
  applicationName: 'escalation-orchestrator',
  onHeld,
});
logger.info({ ran }, ran.length === 0 ? 'the schema is up to date' : 'the schema was brought up to date');
