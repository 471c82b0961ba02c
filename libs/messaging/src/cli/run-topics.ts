import { parseArgs } from 'node:util';
import { checkConfig, EXIT_WRONG_CONFIG, KafkaCommandSchema } from '@baton/telemetry';
import { inWords } from '../topics/drift.js';
import { survey, withAdmin } from '../topics/survey.js';
import type { Survey } from '../topics/survey.js';
import { topicShapeFrom } from '../topics/topic-shape.js';
import { TOPIC_TABLE } from '../topics/topic-table.js';
import type { KafkaUser } from '../topics/topic-table.js';
import { kafkaConfigFrom } from '../kafka/kafka-config-from.js';
import { applyTopics } from '../topics/apply-topics.js';
import { explainKafka } from './explain-kafka.js';
import { aclsInWords, ACL_OPTIONS, wrongAclWords } from './topics-acls.js';
import { HELP } from './topics-help.js';

export const EXIT = { asWanted: 0, differs: 1, trouble: 2, usage: 64 } as const;

/** Those that read topics with keys. */
const SERVICES: readonly string[] = [
  ...new Set(TOPIC_TABLE.flatMap(({ readers }) => readers.map(({ user }) => user).filter((user) => user !== 'bot'))),
];

type Say = (text: string) => void;

/** Runs one command and returns the exit code; `say` gets what is for standard output, `complain` what is for standard error. */
export async function runTopics(argv: readonly string[], env: NodeJS.ProcessEnv, say: Say, complain: Say): Promise<number> {
  let given: ReturnType<typeof parse>;
  try {
    given = parse(argv);
  } catch (error) {
    complain(`${(error as Error).message}\n\n${HELP}`);
    return EXIT.usage;
  }
  const { values, positionals } = given;
  const [command] = positionals;
  if (values.help) {
    say(HELP);
    return EXIT.asWanted;
  }
  const wrong = wrongWords(positionals, values);
  if (wrong !== undefined) {
    complain(`${wrong}\n\n${HELP}`);
    return EXIT.usage;
  }
  const { config, problems } = checkConfig(KafkaCommandSchema, { ...env, ...asVariables(values) });
  if (problems) {
    complain(problems.join('\n'));
    return EXIT_WRONG_CONFIG;
  }
  const prefix = config.KAFKA_TOPIC_PREFIX;
  if (command === 'acls') {
    say(aclsInWords(prefix, values));
    return EXIT.asWanted;
  }
  const kafka = kafkaConfigFrom(config, 'baton-topics');
  const shape = topicShapeFrom(config);
  try {
    return await withAdmin(kafka, async (admin) => {
      if (command === 'apply') {
        const orders = {
          ...{ alterSettings: values['alter-settings'], growPartitions: values['grow-partitions'] },
          without: values.without as KafkaUser[],
        };
        const { done, refused, after } = await applyTopics(admin, prefix, shape, orders);
        if (refused !== undefined) {
          complain(refused);
          return EXIT.trouble;
        }
        report(after, values.json ? { done } : undefined, [...done, ...after.findings.map((one) => `left as it is: ${inWords(one)}`)], say);
        return after.findings.length === 0 || values['may-differ'] ? EXIT.asWanted : EXIT.differs;
      }
      const found = await survey(admin, prefix, shape);
      const prefixed = command === 'plan' ? found.findings.map((one) => planned(inWords(one), one.remedy)) : found.findings.map(inWords);
      report(found, values.json ? {} : undefined, prefixed, say);
      return found.findings.length === 0 ? EXIT.asWanted : EXIT.differs;
    });
  } catch (error) {
    complain(explainKafka(error, config.KAFKA_BROKERS));
    return EXIT.trouble;
  }
}

function planned(words: string, remedy: string): string {
  return `${remedy === 'create' ? '+ to be created' : '~ differs'}: ${words}`;
}

function report(found: Survey, more: object | undefined, lines: readonly string[], say: Say): void {
  const { wanted, findings, unseen } = found;
  if (more !== undefined) return say(JSON.stringify({ topics: wanted, findings, unseen, ...more }, undefined, 2));
  for (const line of lines) say(line);
  if (unseen.length > 0) say(`not judged, for this user may not see settings (DescribeConfigs): ${unseen.join(', ')}`);
  if (findings.length === 0) say(`${wanted.length} topics are as they should be.`);
}

type Values = ReturnType<typeof parse>['values'];

/** The command and its options held against each other; undefined when they make sense. */
function wrongWords(positionals: readonly string[], values: Values): string | undefined {
  const [command] = positionals;
  if (positionals.length !== 1 || command === undefined) return 'One command is needed: plan, apply, check or acls.';
  if (!['plan', 'apply', 'check', 'acls'].includes(command)) return `"${command}" is no command of topics.`;
  const wrongAcls = command === 'acls' ? wrongAclWords(values) : undefined;
  if (wrongAcls !== undefined) return wrongAcls;
  if (command !== 'apply' && values['may-differ']) return `topics ${command} is there to tell what differs: --may-differ is for apply.`;
  if (command !== 'apply' && (values['alter-settings'] || values['grow-partitions'])) return `topics ${command} changes nothing.`;
  const strangers = values.without.filter((name) => !SERVICES.includes(name));
  if (strangers.length > 0) return `--without knows ${SERVICES.join(', ')}, and no ${strangers.join(', ')}.`;
  if (values.without.length > 0 && !values['grow-partitions']) return '--without is for --grow-partitions.';
  if (values['grow-partitions'] && !values['keys-move'])
    return '--grow-partitions moves most conversations to another partition: read docs/operations/kafka.md, then say --keys-move, too.';
  return undefined;
}

/** A flag goes before its variable. */
function asVariables(values: Values): Record<string, string> {
  const { partitions, replication, 'min-insync': minInSync, 'retention-days': days } = values;
  return {
    ...(partitions !== undefined && { TOPIC_PARTITIONS: partitions }),
    ...(replication !== undefined && { TOPIC_REPLICATION: replication }),
    ...(minInSync !== undefined && { TOPIC_MIN_INSYNC: minInSync }),
    ...(days !== undefined && { TOPIC_RETENTION_DAYS: days }),
  };
}

function parse(argv: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const;
  const text = { type: 'string' } as const;
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { ...flag, short: 'h' },
      json: flag,
      partitions: text,
      replication: text,
      'min-insync': text,
      'retention-days': text,
      'alter-settings': flag,
      'grow-partitions': flag,
      'keys-move': flag,
      'may-differ': flag,
      without: { ...text, multiple: true, default: [] as string[] },
      ...ACL_OPTIONS,
    },
  });
}
