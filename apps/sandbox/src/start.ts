import { createWriteStream, mkdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ownerLink } from './platform/owner-link.js';
import { loadDemoKnowledge } from './knowledge/load-demo-knowledge.js';
import { PortsSchema } from './platform/ports.js';
import { type Platform, REPOSITORY, startPlatform } from './platform/platform.js';

/** `npm start`: everything on this machine, until Ctrl-C. */

const ConfigSchema = PortsSchema.extend({
  BATON_REPLICAS: z.enum(['1', '2']).default('1').meta({ description: 'orchestrators, dispatchers and AIs, 1 or 2, default 1' }),
  BATON_MODEL: z.enum(['0', '1']).default('0').meta({ description: '1 starts a simulated model, for assistant.model in bots.yaml' }),
  BATON_DIRECTORY: z
    .string()
    .min(1)
    .default(path.join(REPOSITORY, '.baton'))
    .meta({ description: 'where Kafka and Postgres keep their data, default .baton' }),
  BATON_VERBOSE: z
    .enum(['0', '1'])
    .default('0')
    .meta({ description: '1 shows every line of every service; else only warnings and errors' }),
});

const read = ConfigSchema.safeParse(process.env);
if (!read.success) {
  console.error(z.prettifyError(read.error));
  process.exit(78);
}
const { BATON_REPLICAS, BATON_MODEL, BATON_DIRECTORY, BATON_VERBOSE, ...ports } = read.data;

mkdirSync(BATON_DIRECTORY, { recursive: true });
const logFile = path.join(BATON_DIRECTORY, 'sandbox.log');
const log = createWriteStream(logFile);

const isTerminal = process.stdout.isTTY;
const paint = (code: number, text: string): string => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text);

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'];
let isReady = false;

/** Every line goes to the log file; on the screen come errors, and warnings once everything runs (at the start, services wait for each other). */
function show(service: string, line: string): void {
  log.write(`[${service}] ${line}\n`);
  const level = /^\{"level":"(\w+)"/.exec(line)?.[1];
  const isWorthIt = BATON_VERBOSE === '1' || LEVELS.indexOf(level ?? 'info') >= LEVELS.indexOf(isReady ? 'warn' : 'error');
  if (isWorthIt) console.log(`${paint(level ? 33 : 2, `[${service}]`)} ${line}`);
}

function box({ urls, local }: Platform, signIn: string, seconds: number): string {
  const lines = [
    `Baton is running, after ${seconds.toFixed(1)} s.`,
    '',
    `Start here      ${urls.site}/`,
    `The shop        ${urls.site}/shop/      you are the visitor`,
    `Messenger       ${urls.messenger}/           you are the visitor, in the other channel`,
    `Crisp chat box  ${urls.crisp}/chatbox/   you are the visitor, and the AI answers`,
    `The inbox       ${urls.crisp}/           you are the agent`,
    '',
    `The console     ${signIn}`,
    `                you are the owner: this link is for one time; the start page has another`,
    `Settings        apps/sandbox/bots.yaml, taken over when you save`,
    `Chat            ${urls.dispatchers.join('  ')}`,
    `Histories       ${urls.orchestrators.join('  ')}`,
    `The AI          ${urls.ais.join('  ')}`,
    `Web hooks       ${urls.ingress}`,
    `Dead letters    KAFKA_BROKERS=${local.brokers.join(',')} npm run dead-letters -- list`,
    `All logs        ${path.relative(process.cwd(), logFile)}`,
    '',
    'Ctrl-C ends everything. npm run journey walks the whole road.',
  ];
  const width = Math.max(...lines.map((line) => line.length));
  return [`╭─${'─'.repeat(width)}─╮`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `╰─${'─'.repeat(width)}─╯`].join('\n');
}

let platform: Platform | undefined;
let stopping = false;

async function stop(): Promise<void> {
  if (stopping) process.exit(1);
  stopping = true;
  console.log('\nStopping …');
  await platform?.stop();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

try {
  console.log('Starting Baton: Kafka, Postgres, the services, a simulated Crisp and Messenger, a demo bot and a demo shop.');
  platform = await startPlatform({
    directory: BATON_DIRECTORY,
    keepData: true,
    ports,
    replicas: BATON_REPLICAS === '2' ? 2 : 1,
    model: BATON_MODEL === '1',
    onProgress: (line) => console.log(paint(2, line)),
    onLine: show,
    onTrouble: (sentence) => console.log(paint(33, sentence)),
  });
  isReady = true;
  const signIn = await ownerLink(platform.urls.controlPlane);
  console.log(`\n${box(platform, signIn, performance.now() / 1_000)}\n`);
  await loadDemoKnowledge(platform.urls, (line) => console.log(paint(2, line)));
} catch (error) {
  if (!stopping) {
    console.error(`\n${(error as Error).message}`);
    process.exit(1);
  }
}
