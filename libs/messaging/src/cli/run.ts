import { parseArgs } from 'node:util';
import { DEAD_LETTERS, topicOnTheWire } from '@baton/contracts';
import { checkConfig, EXIT_WRONG_CONFIG, KafkaCommandSchema } from '@baton/telemetry';
import { detailsOf, tableOf } from '../dead-letters/print.js';
import { Mailbox } from '../dead-letters/mailbox.js';
import { createKafka } from '../kafka/create-kafka.js';
import { kafkaConfigFrom } from '../kafka/kafka-config-from.js';

export const HELP = `Dead letters: records that could not be handled, with the reason.

  dead-letters list                       one line for each, oldest first
  dead-letters show <partition:offset>    all that is known of one; what people wrote only with --with-text
  dead-letters replay <partition:offset>  sends one again to the topic it came from, marked as replayed
  dead-letters replay --all               sends all again that were not sent again yet

  --to-topic <name>   replay to this topic instead, named as on the wire
  --with-text         show the record's text, too

KAFKA_BROKERS       host:port of the brokers, separated by commas (default 127.0.0.1:9092)
KAFKA_TOPIC_PREFIX  first word of the topics' names (default baton)
KAFKA_TLS, KAFKA_TLS_CA, KAFKA_TLS_CERT, KAFKA_TLS_KEY, KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME, KAFKA_SASL_PASSWORD as the services have them`;

const USAGE = 64;

/** Runs one command and returns the exit code; `say` gets what is for standard output, `complain` what is for standard error. */
export async function runDeadLetters(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  say: (text: string) => void,
  complain: (text: string) => void,
): Promise<number> {
  let options: ReturnType<typeof parse>;
  try {
    options = parse(argv);
  } catch (error) {
    complain(`${(error as Error).message}\n\n${HELP}`);
    return USAGE;
  }
  const [command, place] = options.positionals;
  if (options.values.help) {
    say(HELP);
    return 0;
  }
  const { config, problems } = checkConfig(KafkaCommandSchema, env);
  if (problems) {
    complain(problems.join('\n'));
    return EXIT_WRONG_CONFIG;
  }
  const { KAFKA_BROKERS: brokers, KAFKA_TOPIC_PREFIX: prefix } = config;
  const mailbox = new Mailbox(createKafka(kafkaConfigFrom(config, 'baton-dead-letters')));
  try {
    if (command === 'list') return await list(mailbox, say);
    if (command === 'show' && place) return await show(mailbox, place, options.values['with-text'], say, complain);
    if (command === 'replay' && (place || options.values.all)) {
      return await replay(mailbox, options.values.all ? undefined : place, options.values['to-topic'], say, complain);
    }
  } catch (error) {
    complain(explain(error, brokers, topicOnTheWire(DEAD_LETTERS, prefix)));
    return 1;
  }
  complain(command === undefined ? HELP : `"${argv.join(' ')}" is no command of dead-letters\n\n${HELP}`);
  return USAGE;
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      all: { type: 'boolean', default: false },
      'with-text': { type: 'boolean', default: false },
      'to-topic': { type: 'string' },
    },
  });
}

async function list(mailbox: Mailbox, say: (text: string) => void): Promise<number> {
  const filed = await mailbox.read();
  say(filed.length === 0 ? 'No dead letters.' : tableOf(filed));
  return 0;
}

async function show(
  mailbox: Mailbox,
  place: string,
  withText: boolean,
  say: (text: string) => void,
  complain: (text: string) => void,
): Promise<number> {
  const [found] = await mailbox.read((one) => one === place);
  if (!found) {
    complain(nothingAt(place));
    return 1;
  }
  say(detailsOf(found, withText));
  return 0;
}

async function replay(
  mailbox: Mailbox,
  place: string | undefined,
  toTopic: string | undefined,
  say: (text: string) => void,
  complain: (text: string) => void,
): Promise<number> {
  const found = await mailbox.read((one) => place === undefined || one === place);
  if (place !== undefined && found.length === 0) {
    complain(nothingAt(place));
    return 1;
  }
  // One that is named is sent again as often as somebody asks for it.
  const due = place === undefined ? found.filter(({ replayed }) => !replayed) : found;
  for (const { letter, replayed } of due) {
    await mailbox.replay([letter], toTopic);
    say(`${letter.place} was sent ${replayed ? 'once more' : 'again'} to ${toTopic ?? letter.topic}`);
  }
  say(due.length === 0 ? 'Nothing to send again.' : `${due.length} sent again; ${found.length - due.length} had been before.`);
  return 0;
}

function nothingAt(place: string): string {
  return `There is no dead letter at ${place}; "dead-letters list" shows their places.`;
}

function explain(error: unknown, brokers: readonly string[], topic: string): string {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ((e as { type?: unknown }).type === 'UNKNOWN_TOPIC_OR_PARTITION') {
      return `Kafka at ${brokers.join(', ')} has no topic ${topic}: is KAFKA_TOPIC_PREFIX right?`;
    }
  }
  return `Kafka at ${brokers.join(', ')} could not do that: ${error instanceof Error ? error.message : String(error)}`;
}
