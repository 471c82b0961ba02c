import { explainKafka, kafkaConfigFrom, topicShapeFrom } from '@baton/messaging/kafka';
import type { RetentionSchema, SaidDays } from '@baton/persistence/retention';
import { checkConfig, KafkaCommandSchema, retentionVariables } from '@baton/telemetry';
import { z } from 'zod';
import { EXIT } from '../../arguments.js';
import type { Terminal } from '../../run-baton.js';
import { placeOf } from '../place-of.js';
import { openDatabase } from './databases.js';
import type { Database } from './databases.js';
import { worstOf } from './finding.js';
import type { Finding } from './finding.js';
import { findingsInWords } from './in-words.js';
import { judgeRows, judgeWorkspace, SERVICES } from './judge-rows.js';
import { judgeTopic } from './judge-topic.js';
import { lookAtConversations } from './look-at-conversations.js';
import { lookAtRows } from './look-at-rows.js';
import { lookAtTopics } from './look-at-topics.js';
import { HELP, readRetentionArguments } from './retention-arguments.js';
import type { RetentionArguments } from './retention-arguments.js';

const ConfigSchema = z.object({ ...KafkaCommandSchema.shape, ...retentionVariables });
type Config = z.output<typeof ConfigSchema>;

const CODES = { within: EXIT.fine, overstays: EXIT.differs, unseen: EXIT.unavailable } as const;

/** @returns the exit code */
export async function runVerifyRetention(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { say, complain }: Pick<Terminal, 'say' | 'complain'>,
  now = new Date(),
): Promise<number> {
  const asked = readRetentionArguments(args, env);
  if (asked === 'help') return (say(HELP.trimEnd()), EXIT.fine);
  if ('wrong' in asked) return (complain(`${asked.wrong} See --help.`), EXIT.usage);
  const { config, problems } = checkConfig(ConfigSchema, env);
  if (problems) return (problems.forEach((problem) => complain(problem)), EXIT.usage);
  const findings = [...(await topics(config, now)), ...(await tables(asked, config, now))];
  const verdict = worstOf(findings);
  say(asked.json ? JSON.stringify({ at: now.toISOString(), verdict, findings }, null, 2) : findingsInWords(findings));
  return CODES[verdict];
}

async function topics(config: Config, now: Date): Promise<Finding[]> {
  try {
    const there = await lookAtTopics(kafkaConfigFrom(config, 'baton-verify'), topicShapeFrom(config));
    return there.map((one) => judgeTopic(one, now.getTime()));
  } catch (error) {
    return [{ part: 'topics', name: 'Kafka', verdict: 'unseen', says: explainKafka(error, config.KAFKA_BROKERS) }];
  }
}

async function tables({ databases: urls, without }: RetentionArguments, said: SaidDays, now: Date): Promise<Finding[]> {
  const findings: Finding[] = [];
  const databases: Database[] = [];
  try {
    for (const url of urls)
      await openDatabase(url).then(
        (database) => databases.push(database),
        (error: unknown) => findings.push(unseen('rows', placeOf(url), error)),
      );
    for (const schema of Object.keys(SERVICES) as RetentionSchema[]) {
      if (without.includes(schema)) continue;
      const holding = databases.filter(({ schemas }) => schemas.includes(schema));
      // What lies in a database that does not answer nobody knows.
      if (holding.length === 0 && databases.length === urls.length) findings.push(nowhere(schema, databases));
      for (const database of holding) findings.push(...(await rowsOf(database, schema, said, now)));
    }
    return [...findings, ...(await conversations(databases, now))];
  } finally {
    await Promise.allSettled(databases.map((database) => database.close()));
  }
}

async function rowsOf(database: Database, schema: RetentionSchema, said: SaidDays, now: Date): Promise<Finding[]> {
  try {
    return (await lookAtRows(database, schema, said, now)).map((facts) => judgeRows(facts, said, now));
  } catch (error) {
    return [unseen('rows', `${schema} in ${database.place}`, error)];
  }
}

/** Where the control plane's tables are not there, that was told. */
async function conversations(databases: readonly Database[], now: Date): Promise<Finding[]> {
  const part = 'conversations';
  const settings = databases.find(({ schemas }) => schemas.includes('control_plane'));
  if (!settings) return [];
  try {
    const found = (await lookAtConversations(settings, databases, now)).map((facts) => judgeWorkspace(facts, now));
    if (found.length > 0) return found;
    return [
      { part, name: 'workspaces', verdict: 'kept', says: 'none limits how long conversations are kept: they stay until they are erased' },
    ];
  } catch (error) {
    return [unseen(part, 'workspaces', error)];
  }
}

function nowhere(schema: RetentionSchema, databases: readonly Database[]): Finding {
  return {
    ...{ part: 'rows', name: schema, verdict: 'unseen' },
    says: `the tables of ${SERVICES[schema]} are not in ${databases.map(({ place }) => place).join(', ')}, or this user may not see them`,
    todo: `name its database with --database, or say --without ${SERVICES[schema]}`,
  };
}

function unseen(part: Finding['part'], name: string, error: unknown): Finding {
  const { message, code } = error as { message?: string; code?: string };
  return { part, name, verdict: 'unseen', says: `cannot be looked at: ${message || code || 'no answer'}` };
}
