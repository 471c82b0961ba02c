import { runMigrations } from '@baton/persistence';
import { databaseVariable, readConfig } from '@baton/telemetry';
import { z } from 'zod';
import { SCHEMA } from './database/database.js';
import { migrations } from './database/migrations.js';

const { DATABASE_URL } = readConfig(z.object(databaseVariable));
const onHeld = (sentence: string) => process.stderr.write(`control-plane: ${sentence}; tried again\n`);
const ran = await runMigrations({ url: DATABASE_URL, schema: SCHEMA, migrations, applicationName: 'control-plane', onHeld });
process.stdout.write(ran.length > 0 ? `control-plane: ran ${ran.join(', ')}\n` : 'control-plane: nothing to migrate\n');
