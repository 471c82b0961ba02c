import { runMigrations } from '@baton/persistence';
import { databaseVariable, readConfig } from '@baton/telemetry';
import { z } from 'zod';
import { migrations, SCHEMA } from './database/index.js';

const { DATABASE_URL } = readConfig(z.object(databaseVariable));
const ran = await runMigrations({ url: DATABASE_URL, schema: SCHEMA, migrations, applicationName: 'ai-auto-reply' });
process.stdout.write(ran.length > 0 ? `ai-auto-reply: ran ${ran.join(', ')}\n` : 'ai-auto-reply: nothing to migrate\n');
