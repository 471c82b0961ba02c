import { tmpdir } from 'node:os';
import path from 'node:path';
import { aiJourney } from './journey/ai/index.js';
import { writeSettingsWithTestBots } from './journey/ai/test-bots.js';
import { badInput } from './journey/bad-input.js';
import { consoleJourney } from './journey/console/index.js';
import { messengerJourney } from './journey/messenger/index.js';
import { nobodyThere } from './journey/nobody-there.js';
import { roadAndBack } from './journey/road-and-back.js';
import { type Levers, type Place, Stage, type StepResult } from './journey/stage.js';
import { troubledHooks } from './journey/troubled-hooks.js';
import { waitingJourney } from './journey/waiting/index.js';
import { withWaitingBots } from './journey/waiting/waiting-bots.js';
import { ClockLever } from './platform/clock-lever.js';
import { PortsSchema } from './platform/ports.js';
import { type Platform, REPOSITORY, startPlatform } from './platform/platform.js';

/**
 * `npm run journey [-- webchat|messenger|ai|console|waiting]`: walks the whole road in all channels or in one, through a sandbox that runs or one of its own with
 * two of each. Exit code 0: all well.
 */
const CHANNELS = {
  webchat: [roadAndBack, badInput, nobodyThere, troubledHooks],
  messenger: [messengerJourney],
  ai: [aiJourney],
  console: [consoleJourney],
  // The last one: it moves the clocks.
  waiting: [waitingJourney],
};

const isTerminal = process.stdout.isTTY;
const paint = (code: number, text: string): string => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text);

function tell({ name, ms, error }: StepResult): void {
  const time = `${(ms / 1_000).toFixed(2).padStart(6)} s`;
  console.log(
    error ? `${paint(31, '✗')} ${time}  ${name}\n             ${paint(31, error.message)}` : `${paint(32, '✓')} ${time}  ${name}`,
  );
}

async function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(1_000) }).then(
    (response) => response.ok,
    () => false,
  );
}

/** The sandbox of `npm start`, when one runs at the usual ports. */
async function runningSandbox(): Promise<Place | undefined> {
  const ports = PortsSchema.parse(process.env);
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  const [crisp, dispatcher, orchestrator] = await Promise.all([
    answers(`${at(ports.CRISP_PORT)}/control/state`),
    answers(`${at(ports.DISPATCHER_PORT)}/health/ready`),
    answers(`${at(ports.ORCHESTRATOR_PORT)}/health/ready`),
  ]);
  if (!crisp || !dispatcher || !orchestrator) return undefined;
  const second = async (port: number): Promise<string[]> => ((await answers(`${at(port)}/health/ready`)) ? [at(port)] : []);
  return {
    site: at(ports.SITE_PORT),
    crisp: at(ports.CRISP_PORT),
    messenger: at(ports.MESSENGER_PORT),
    model: at(ports.MODEL_PORT),
    ingress: at(ports.INGRESS_PORT),
    controlPlane: at(ports.CONTROL_PLANE_PORT),
    dispatchers: [at(ports.DISPATCHER_PORT), ...(await second(ports.DISPATCHER_2_PORT))],
    orchestrators: [at(ports.ORCHESTRATOR_PORT), ...(await second(ports.ORCHESTRATOR_2_PORT))],
    ais: [...(await second(ports.AI_PORT)), ...(await second(ports.AI_2_PORT))],
    hasTestBots: false,
  };
}

/** The bots of the sandbox and those that only a journey wants. */
async function settingsFile(): Promise<string> {
  const file = path.join(tmpdir(), `baton-journey-${process.pid}.yaml`);
  await writeSettingsWithTestBots(path.join(REPOSITORY, 'apps/sandbox/bots.yaml'), file);
  await withWaitingBots(file);
  return file;
}

const asked = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const isChannel = (word: string): word is keyof typeof CHANNELS => Object.hasOwn(CHANNELS, word);
const unknown = asked.find((word) => !isChannel(word));
if (unknown !== undefined) {
  console.error(`There is no road ${unknown}. Say webchat, messenger, ai, console or waiting, or nothing for all.`);
  process.exit(64);
}
let platform: Platform | undefined;
// Clocks are moved, and bots made and erased, only where nobody else looks at them.
const APART: readonly string[] = ['console', 'waiting'];
const own = process.argv.includes('--own') || asked.some((word) => APART.includes(word));
const clock = new ClockLever(path.join(tmpdir(), `baton-journey-${process.pid}.clock`));
const running = own ? undefined : await runningSandbox();
const all = (Object.keys(CHANNELS) as (keyof typeof CHANNELS)[]).filter((channel) => !running || !APART.includes(channel));
const wanted = asked.length > 0 ? asked.filter(isChannel) : all;
if (running) {
  console.log(`Walking through the sandbox that runs at ${running.site}.`);
} else {
  console.log('Starting a sandbox for the journey, with two orchestrators, two dispatchers and two AIs.');
  const lastLines: string[] = [];
  try {
    platform = await startPlatform({
      ports: 'free',
      replicas: 2,
      model: true,
      clock,
      settingsFile: await settingsFile(),
      onProgress: (line) => console.log(paint(2, line)),
      onLine: (service, line) => {
        if (process.env['BATON_VERBOSE'] === '1') console.log(`[${service}] ${line}`);
        lastLines.push(`[${service}] ${line}`);
        if (lastLines.length > 30) lastLines.shift();
      },
      onTrouble: (sentence) => console.log(paint(33, sentence)),
    });
  } catch (error) {
    console.error(`${(error as Error).message}\n${lastLines.join('\n')}`);
    process.exit(1);
  }
}

if (running && asked.length === 0) console.log('Waiting and the console are looked at in a sandbox of their own: -- waiting, -- console.');
if (running && wanted.includes('ai'))
  console.log('Other settings and the simulated model are looked at in a sandbox of its own: -- ai --own.');

const levers: Levers | undefined = platform && {
  clock,
  brokers: platform.local.brokers,
  topicPrefix: platform.topicPrefix,
  kill: async (service) => {
    await platform!.processes.get(service)!.kill();
    await platform!.processes.get(service)!.ready();
  },
};
const stage = new Stage(running ?? { ...platform!.urls, hasTestBots: true }, tell, levers);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void (platform?.stop() ?? Promise.resolve()).finally(() => process.exit(130)));
}
for (const walk of wanted.flatMap((channel) => CHANNELS[channel])) await walk(stage);
stage.leave();

const failed = stage.results.filter((result) => result.error);
const seconds = (stage.results.reduce((sum, result) => sum + result.ms, 0) / 1_000).toFixed(1);
console.log(
  failed.length === 0
    ? `\nAll ${stage.results.length} steps in ${seconds} s.`
    : `\n${failed.length} of ${stage.results.length} steps failed.`,
);
await platform?.stop();
process.exit(failed.length === 0 ? 0 : 1);
