import { parseArgs } from 'node:util';
import type { RetentionSchema } from '@baton/persistence/retention';
import { readWithout } from '../without.js';
import { SERVICES } from './judge-rows.js';

export const HELP = `Looks whether what should be gone by its age is gone: from topics, from tables, and conversations that a workspace keeps no longer.

  baton verify-retention [--database URL …] [--without SERVICE …] [--json]

  --database, -d  a Postgres, one for each that services have; DATABASE_URL when it is left out
  --without       a service that is not installed: ${Object.values(SERVICES).join(', ')}
  --json          for programs instead of people

Kafka is found by KAFKA_BROKERS and its fellows. Give it what the services have: TOPIC_RETENTION_DAYS, JUDGED_DAYS, SESSION_DAYS,
RECEIPT_DAYS, LOG_RETENTION_DAYS, DEAD_LETTER_DAYS, AUDIT_DAYS; each line says by which limit it was judged. Nothing is changed.

Kafka deletes whole segments, when their newest record is older than retention.ms: a record may stay for retention.ms, segment.ms and
ten minutes for the broker to look. Tables are pruned again and again: a row may stay for its limit and the time between two looks.
A conversation that an agent has, and one whose visitor is there, is erased when that ends; with a bot that was taken away
it never ends, and nobody waits for it.

It ends with 0 when every limit is kept, 1 when something is kept too long, 64 for a wrong command, 69 when something cannot be looked at.
`;

export interface RetentionArguments {
  readonly databases: readonly string[];
  readonly without: readonly RetentionSchema[];
  readonly json: boolean;
}

export function readRetentionArguments(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): RetentionArguments | 'help' | { readonly wrong: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        database: { type: 'string', short: 'd', multiple: true, default: [] },
        without: { type: 'string', multiple: true, default: [] },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return 'help';
    const databases = values.database.length > 0 ? values.database : [env['DATABASE_URL'] ?? ''].filter(Boolean);
    if (databases.length === 0) return { wrong: 'Say where to look: --database URL, or DATABASE_URL.' };
    if (databases.some((url) => !URL.canParse(url)))
      return { wrong: 'A --database is an address such as postgres://user:password@host/name.' };
    const without = readWithout(values.without);
    if ('wrong' in without) return without;
    return { databases: [...new Set(databases)], without, json: values.json };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}
