import type { RetentionSchema } from '@baton/persistence/retention';
import { SERVICES } from './retention/judge-rows.js';

/** What a search saw, and could not see, of one database. */
export interface Seen {
  /** Host and name. */
  readonly place: string;
  /** Schemas with a table that was searched. */
  readonly schemas: readonly string[];
  /** Tables that this user may not read, with their schemas. */
  readonly unreadable: readonly string[];
}

export interface Installed {
  /** Services that are not installed, by their schemas. */
  readonly without: readonly RetentionSchema[];
  /** Where the AI keeps what it knows. */
  readonly knowledgeSchema: string;
}

const AI: RetentionSchema = 'ai_auto_reply';

/** Why a search that found nothing proves nothing: what of Baton's it did not look at, a sentence each. */
export function notLookedAt(
  databases: readonly Seen[],
  missingTopics: readonly string[],
  { without, knowledgeSchema }: Installed,
): string[] {
  const wanted: [string, RetentionSchema][] = (Object.keys(SERVICES) as RetentionSchema[]).map((schema) => [schema, schema]);
  const installed = [...wanted, [knowledgeSchema, AI] as const].filter(([, of]) => !without.includes(of));
  const places = databases.map(({ place }) => place).join(', ');
  const isOurs = (table: string): boolean => installed.some(([schema]) => table.startsWith(`${schema}.`));
  const closed = databases.flatMap(({ place, unreadable }) => unreadable.filter(isOurs).map((table) => ({ place, table })));
  return [
    ...closed.map(({ place, table }) => `${place} ${table}: this user may not read it; grant USAGE on its schema and SELECT on it.`),
    ...installed
      .filter(([schema]) => !databases.some(({ schemas }) => schemas.includes(schema)))
      .filter(([schema]) => !closed.some(({ table }) => table.startsWith(`${schema}.`)))
      .map(
        ([schema, of]) =>
          `the schema ${schema} of ${SERVICES[of]} has no table in ${places}; name its database with --database, or say --without ${SERVICES[of]}.`,
      ),
    ...missingTopics.map((topic) => `topic ${topic}: it is not there, or this user may not see it.`),
  ];
}
