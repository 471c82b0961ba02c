import { parseArgs } from 'node:util';
import { kafkaConfigFrom } from '@baton/messaging/kafka';
import type { RetentionSchema } from '@baton/persistence/retention';
import { checkConfig, KafkaCommandSchema } from '@baton/telemetry';
import { EXIT } from '../arguments.js';
import type { Terminal } from '../run-baton.js';
import { notLookedAt } from './not-looked-at.js';
import type { Seen } from './not-looked-at.js';
import { placeOf } from './place-of.js';
import { SERVICES } from './retention/judge-rows.js';
import { searchTables } from './search-tables.js';
import { searchTopics } from './search-topics.js';
import type { TopicRemains } from './search-topics.js';
import { readWithout } from './without.js';

export const HELP = `Looks whether anything of somebody who was erased is still there.

  baton verify-erasure --person TEXT [--person TEXT …] [--database URL …] [--without SERVICE …]

  --person, -p    what is looked for: a conversation's or visitor's id, an e-mail address, a name, words; at least 4 letters
  --database, -d  a Postgres, one for each that services have; DATABASE_URL and KNOWLEDGE_DATABASE_URL when it is left out
  --without       a service that is not installed: ${Object.values(SERVICES).join(', ')}

Kafka is found by KAFKA_BROKERS and its fellows. Tables are read whole, topics from their beginning; nothing is changed. Requests
for export and erasure stay in control_plane.privacy_requests with the ids that were erased: they are the proof, and told as such.

It ends with 0 when nothing was found, 1 when something stands in a table or on a topic that keeps it for ever, 2 when it only lies
on topics that delete it by themselves (it says when), 64 for a wrong command, 69 when Postgres or Kafka do not answer, or when nothing
was found but a table, a schema or a topic of Baton was not looked at: each is named.
`;
const ONLY_FOR_A_WHILE = 2;
/** Shorter texts are found everywhere. */
const LEAST_LETTERS = 4;
/** Where the AI keeps what it knows, unless `KNOWLEDGE_SCHEMA` says otherwise. */
const KNOWLEDGE_SCHEMA = 'knowledge';

/** @returns the exit code */
export async function runVerify(args: readonly string[], env: NodeJS.ProcessEnv, { say, complain }: Terminal): Promise<number> {
  const asked = readAsked(args, env);
  if (asked === 'help') return (say(HELP.trimEnd()), EXIT.fine);
  if ('wrong' in asked) return (complain(`${asked.wrong} See --help.`), EXIT.usage);
  const { config, problems } = checkConfig(KafkaCommandSchema, env);
  if (problems) return (problems.forEach((problem) => complain(problem)), EXIT.usage);
  try {
    let inTables = 0;
    const seen: Seen[] = [];
    for (const url of asked.databases) {
      const { tables, remains, ...rest } = await searchTables(url, asked.person);
      seen.push({ place: placeOf(url), ...rest });
      for (const { table, rows, isProof } of remains)
        say(
          `${placeOf(url)} ${table}: ${rows} ${rows === 1 ? 'row' : 'rows'}${isProof ? ', requests for export or erasure with ids alone, kept as the proof: no leftover' : ''}`,
        );
      const left = remains.filter(({ isProof }) => !isProof).length;
      say(`${placeOf(url)}: ${tables} tables looked at, something in ${left}.`);
      inTables += left;
    }
    const { topics, missing, remains } = await searchTopics(kafkaConfigFrom(config, 'baton-verify'), asked.person);
    for (const one of remains) say(topicInWords(one));
    say(`Kafka: ${topics} topics looked at, something on ${remains.length}.`);
    const gaps = notLookedAt(seen, missing, { without: asked.without, knowledgeSchema: env['KNOWLEDGE_SCHEMA'] || KNOWLEDGE_SCHEMA });
    for (const gap of gaps) complain(`Not looked at: ${gap}`);
    if (inTables > 0 || remains.some(({ until }) => until === null)) return EXIT.differs;
    if (gaps.length > 0) return EXIT.unavailable;
    return remains.length > 0 ? ONLY_FOR_A_WHILE : EXIT.fine;
  } catch (error) {
    complain(`Nothing can be said: ${error instanceof Error ? error.message : 'no answer'}.`);
    return EXIT.unavailable;
  }
}

function topicInWords({ topic, records, until }: TopicRemains): string {
  const end = until ? `deleted by Kafka until ${until.toISOString()} at the latest, when its segment ends` : 'kept for ever';
  return `topic ${topic}: ${records} ${records === 1 ? 'record' : 'records'}, ${end}`;
}

function readAsked(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): { person: string[]; databases: string[]; without: RetentionSchema[] } | 'help' | { wrong: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        person: { type: 'string', short: 'p', multiple: true, default: [] },
        database: { type: 'string', short: 'd', multiple: true, default: [] },
        without: { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) return 'help';
    const { person } = values;
    if (person.length === 0) return { wrong: 'Say whom to look for: --person TEXT.' };
    if (person.some((text) => text.trim().length < LEAST_LETTERS)) return { wrong: `A --person has at least ${LEAST_LETTERS} letters.` };
    const given = [env['DATABASE_URL'], env['KNOWLEDGE_DATABASE_URL']].filter((url) => url !== undefined && url !== '') as string[];
    const databases = values.database.length > 0 ? values.database : given;
    if (databases.length === 0) return { wrong: 'Say where to look: --database URL, or DATABASE_URL.' };
    const without = readWithout(values.without);
    return 'wrong' in without ? without : { person: person.map((text) => text.trim()), databases, without };
  } catch (error) {
    return { wrong: (error as Error).message };
  }
}
