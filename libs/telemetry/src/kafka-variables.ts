import { z } from 'zod';
import { troubleWithFile } from './readable-file.js';

const file = (meaning: string) =>
  z
    .string()
    .min(1)
    .optional()
    .meta({ description: `${meaning}, the path of a PEM file; read again at each connection` });

/** How Kafka is reached: what every service and every command reads, with {@link kafkaProblems} for what no variable shows alone. */
export const kafkaVariables = {
  KAFKA_BROKERS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((broker) => broker.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(/^[^\s:]+:\d{1,5}$/, 'must be host:port, several with commas')).min(1))
    .meta({ description: 'the Kafka brokers, host:port, several with commas, for example 127.0.0.1:9092' }),
  KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9._-]{1,100}$/, 'must be letters, digits, dot, dash or underscore')
    .default('baton')
    .meta({ description: 'the first part of each topic and group name, for example baton' }),
  KAFKA_TLS: z
    .enum(['on', 'off'])
    .default('off')
    .meta({ description: 'whether the brokers are spoken to with TLS (on, off), default off' }),
  KAFKA_TLS_CA: file("who signed the brokers' certificates where it is none of the well-known authorities"),
  KAFKA_TLS_CERT: file('the certificate that this service shows to the brokers (mTLS)'),
  KAFKA_TLS_KEY: file('the private key of KAFKA_TLS_CERT'),
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional().meta({
    description:
      'how this service names itself to the brokers (plain, scram-sha-256, scram-sha-512); without it by its certificate or not at all',
  }),
  KAFKA_SASL_USERNAME: z.string().min(1).optional().meta({ description: "the service's user at Kafka" }),
  KAFKA_SASL_PASSWORD: z.string().min(1).optional().meta({ description: "the password of the service's user at Kafka" }),
};

const whole = (least: number, most: number, meaning: string) =>
  z.coerce.number().int().min(least).max(most).optional().meta({ description: meaning });

/** What the topics should be like: for the command that makes them, and for every service, which tells when they are not. */
export const topicVariables = {
  TOPIC_PARTITIONS: whole(
    1,
    1_000,
    'partitions of a topic that does not exist yet, default 24; keys move when it grows later; where it is said, another number is told',
  ),
  TOPIC_REPLICATION: whole(1, 10, 'brokers that keep each record, default 3, or as many as there are'),
  TOPIC_MIN_INSYNC: whole(1, 10, 'how many of them must have a record before it counts as taken, default 2 of 3 and more, else 1'),
  TOPIC_RETENTION_DAYS: whole(
    1,
    3_650,
    "days that people's words are kept in topics, default 7: also how long erased words may still lie there",
  ),
};

type Given = Readonly<Record<string, unknown>>;

/** What is wrong between the variables of Kafka, and files that cannot be read: one sentence each, by the variable, without its value. */
export function kafkaProblems(given: Given): ReadonlyMap<string, string> {
  const problems = new Map<string, string>();
  const wrong = (name: string, what: string): void => void (problems.has(name) || problems.set(name, `${name} ${what}.`));
  const has = (name: string): boolean => given[name] !== undefined && given[name] !== '';

  for (const name of FILES) {
    if (!has(name)) continue;
    if (given['KAFKA_TLS'] !== 'on') wrong(name, 'is set, but KAFKA_TLS is not on: set KAFKA_TLS=on, or take it away');
    const trouble = troubleWithFile(String(given[name]));
    if (trouble) wrong(name, `is wrong (${trouble})`);
  }
  if (has('KAFKA_TLS_CERT') && !has('KAFKA_TLS_KEY')) wrong('KAFKA_TLS_KEY', 'is missing: KAFKA_TLS_CERT needs its private key');
  if (has('KAFKA_TLS_KEY') && !has('KAFKA_TLS_CERT')) wrong('KAFKA_TLS_CERT', 'is missing: KAFKA_TLS_KEY needs its certificate');
  for (const name of ['KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD']) {
    if (has('KAFKA_SASL_MECHANISM') && !has(name)) wrong(name, 'is missing: KAFKA_SASL_MECHANISM needs it');
    if (!has('KAFKA_SASL_MECHANISM') && has(name)) {
      wrong('KAFKA_SASL_MECHANISM', 'is missing: without it nobody is told KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD');
    }
  }
  return problems;
}

const FILES = ['KAFKA_TLS_CA', 'KAFKA_TLS_CERT', 'KAFKA_TLS_KEY'] as const;
