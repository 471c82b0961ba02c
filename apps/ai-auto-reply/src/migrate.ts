import { knowledgeMigrations } from '@baton/knowledge';
import { runMigrations } from '@baton/persistence';
import { databaseVariable, readConfig } from '@baton/telemetry';
import { z } from 'zod';
import { knowledgeVariable } from './config.js';
import { migrations, SCHEMA } from './database/index.js';

const config = readConfig(z.object({ ...databaseVariable, ...knowledgeVariable }));
await migrate('ai-auto-reply', { url: config.DATABASE_URL, schema: SCHEMA, migrations });
const url = config.KNOWLEDGE_DATABASE_URL ?? config.DATABASE_URL;
await migrate('ai-auto-reply-knowledge', { url, schema: config.KNOWLEDGE_SCHEMA, migrations: knowledgeMigrations });

async function migrate(name: string, of: Omit<Parameters<typeof runMigrations>[0], 'applicationName'>): Promise<void> {
  const onHeld = (sentence: string) => process.stderr.write(`${name}: ${sentence}; tried again\n`);
  const ran = await runMigrations({ ...of, applicationName: name, onHeld });
  process.stdout.write(ran.length > 0 ? `${name}: ran ${ran.join(', ')}\n` : `${name}: nothing to migrate\n`);
}
