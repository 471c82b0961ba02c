import { runMigrations } from '@baton/persistence';
import { databaseVariable, readConfig } from '@baton/telemetry';
import { z } from 'zod';
import { migrations, SCHEMA } from './database/index.js';

const { DATABASE_URL } = readConfig(z.object(databaseVariable));
const onHeld = (sentence: string) => process.stderr.write(`dispatcher: ${sentence}; tried again\n`);
const ran = await runMigrations({ url: DATABASE_URL, schema: SCHEMA, migrations, applicationName: 'dispatcher', onHeld });
process.stdout.write(ran.length > 0 ? `dispatcher: ran ${ran.join(', ')}\n` : 'dispatcher: nothing to migrate\n');
