import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { databaseUrl } from './database-url.js';
import { kafkaProblems, kafkaVariables, topicVariables } from './kafka-variables.js';

/** EX_CONFIG of sysexits.h: whoever restarts services can tell a wrong setting from a crash. */
export const EXIT_WRONG_CONFIG = 78;

const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

/** A secret of exactly 32 bytes, base64; never printed. */
export const keyVariable = (meaning: string) =>
  z
    .string()
    .refine((text) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) && Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64')
    .meta({ description: `${meaning}; 32 bytes in base64, for example from \`openssl rand -base64 32\`` });

/**
 * One or more secrets as of {@link keyVariable}, comma separated: a ring, in which the first key seals and each of them opens.
 * What comes out has no spaces.
 */
export const keyRingVariable = (meaning: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((key) => key.trim()))
    .pipe(z.array(keyVariable(meaning)).min(1).max(5))
    .transform((keys) => keys.join(','))
    .meta({
      description: `${meaning}; 32 bytes in base64, for example from \`openssl rand -base64 32\`; several with commas while a new one takes over`,
    });

/** What every service reads; spread it into the service's own schema: `z.object({ ...serviceVariables(3001), … })`. */
export const serviceVariables = (defaultPort: number) => ({
  ...kafkaVariables,
  ...topicVariables,
  HTTP_HOST: z.string().default('127.0.0.1').meta({ description: 'the address to listen on; 0.0.0.0 for all, default 127.0.0.1' }),
  HTTP_PORT: port(defaultPort).meta({ description: `the port to listen on; 0 takes a free one, default ${defaultPort}` }),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
    .default('info')
    .meta({ description: 'the least important lines to log, default info' }),
  SHUTDOWN_DELAY_MS: z.coerce.number().int().min(0).max(20_000).default(1_500).meta({
    description: 'how long doors stay open after SIGTERM, until balancers have noticed, in milliseconds; default 1500',
  }),
  INSTANCE_ID: z
    .string()
    .min(1)
    .max(100)
    .default(() => randomUUID().slice(0, 8))
    .meta({ description: 'which replica this is, for example the pod name; default random' }),
});

export const databaseVariable = {
  DATABASE_URL: databaseUrl.meta({
    description:
      'the Postgres database, for example postgres://baton:secret@127.0.0.1:5432/baton; TLS by ?sslmode=verify-full&sslrootcert=<PEM file>',
  }),
};

const PASSES = 'signs the passes with which the control plane comes to the inner doors of the other services, the same at all of them';

/** Without it a service's inner doors stay shut. */
export const passVariable = {
  PASS_KEY: keyVariable(PASSES)
    .optional()
    .meta({ description: `${PASSES}; 32 bytes in base64; without it they stay shut` }),
};

type Shape = Readonly<Record<string, z.ZodType>>;

/** Checks the environment; problems are one sentence per variable and never carry a value. An empty variable counts as absent. */
export function checkConfig<S extends z.ZodObject<Shape>>(
  schema: S,
  env: NodeJS.ProcessEnv,
): { config: z.output<S>; problems?: never } | { config?: never; problems: string[] } {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, env[name] === '' ? undefined : env[name]]));
  const parsed = schema.safeParse(given);
  const between = 'KAFKA_TLS' in schema.shape ? kafkaProblems(given) : new Map<string, string>();
  if (parsed.success && between.size === 0) return { config: parsed.data };
  const problems = new Map<string, string>();
  for (const issue of parsed.error?.issues ?? []) {
    const name = String(issue.path[0] ?? 'environment');
    const meaning = schema.shape[name]?.meta()?.description;
    const wrong = given[name] === undefined && issue.path.length > 0 ? 'is missing' : `is wrong (${issue.message})`;
    if (!problems.has(name)) problems.set(name, `${name} ${wrong}${meaning === undefined ? '.' : `: ${meaning}.`}`);
  }
  for (const [name, problem] of between) if (!problems.has(name)) problems.set(name, problem);
  return { problems: [...problems.values()] };
}

/** What a command reads that speaks with Kafka and is no service; without `KAFKA_BROKERS` the Kafka of this machine. */
export const KafkaCommandSchema = z.object({
  ...kafkaVariables,
  ...topicVariables,
  KAFKA_BROKERS: kafkaVariables.KAFKA_BROKERS.default(['127.0.0.1:9092']),
});

/** The checked environment; when it is wrong, says so, one sentence per variable, and ends the process with code 78. */
export function readConfig<S extends z.ZodObject<Shape>>(schema: S, env: NodeJS.ProcessEnv = process.env): z.output<S> {
  const { config, problems } = checkConfig(schema, env);
  if (problems === undefined) return config as z.output<S>;
  process.stderr.write(problems.map((problem) => `${problem}\n`).join(''));
  process.exit(EXIT_WRONG_CONFIG);
}
