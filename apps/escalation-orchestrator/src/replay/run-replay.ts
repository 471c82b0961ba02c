import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ContractViolation } from '@baton/contracts';
import type { ReplayLine, ReplayOptions } from '@baton/contracts';
import { kafkaConfigFrom } from '@baton/messaging';
import { createDataSource } from '@baton/persistence';
import { checkConfig, databaseVariable, KafkaCommandSchema } from '@baton/telemetry';
import { z } from 'zod';
import { SCHEMA } from '../schema/index.js';
import { JudgeLines, WrongLines } from './judge-lines.js';
import { WrongOverride } from './policy-again.js';
import { readJudged, TooMuch } from './read-judged.js';

const EXIT = { fine: 0, trouble: 2 } as const;

const ConfigSchema = z.object({ ...databaseVariable, ...KafkaCommandSchema.shape });

const WantedSchema = z.object({
  conversation: z.uuid().optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  bot: z.string().optional(),
  limit: z.number().int().min(1),
  words: z.boolean(),
});

export interface Around {
  readonly stdin: Readable;
  /** Resolves when there is room for more. */
  readonly say: (line: object) => Promise<void> | void;
  readonly complain: (sentence: string) => void;
  readonly env: NodeJS.ProcessEnv;
  readonly version: string;
}

/** `read <what>` tells what was judged, `judge` judges again what it is told; see {@link ReplayLine}. @returns the exit code */
export async function runReplay([command, what, ...more]: readonly string[], around: Around): Promise<number> {
  try {
    if (command === 'read' && what !== undefined && more.length === 0) return await read(what, around);
    if (command === 'judge' && what === undefined) return await judge(around);
    around.complain('This program is started by "baton replay": read <what> | judge.');
  } catch (error) {
    around.complain(sentenceOf(error));
  }
  return EXIT.trouble;
}

async function read(what: string, { say, complain, env, version }: Around): Promise<number> {
  const wanted = WantedSchema.parse(JSON.parse(what));
  const { config, problems } = checkConfig(ConfigSchema, env);
  if (problems) {
    for (const problem of problems) complain(problem);
    return EXIT.trouble;
  }
  const dataSource = createDataSource({ url: config.DATABASE_URL, schema: SCHEMA, poolSize: 1, applicationName: 'baton-replay' });
  await dataSource.initialize();
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // Reading the topics may take longer than a service's transaction may lie open.
    await runner.query('SET LOCAL idle_in_transaction_session_timeout = 0');
    for await (const line of readJudged(runner, kafkaConfigFrom(config, 'baton-replay'), wanted, version)) await say(line);
    await runner.query('COMMIT');
    return EXIT.fine;
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

async function judge({ stdin, say }: Around): Promise<number> {
  const lines = new JudgeLines();
  for await (const line of createInterface({ input: stdin, crlfDelay: Infinity })) {
    const answer = lines.take(JSON.parse(line) as ReplayOptions | ReplayLine);
    if (answer) await say(answer);
  }
  return EXIT.fine;
}

/** Never the data of a statement or a record. */
function sentenceOf(error: unknown): string {
  if (error instanceof TooMuch || error instanceof WrongLines || error instanceof WrongOverride || error instanceof ContractViolation)
    return error.message;
  const { code, message } = error as { code?: unknown; message?: string };
  if (code === '42P01' || code === '42703')
    return 'The database has no notes of what was judged yet: run the migrations of this version first.';
  if (code === '42501') return `The database user may not read that: ${message}.`;
  return error instanceof Error ? `${error.name}: ${message}` : 'unknown trouble';
}
