import { type Place, Stage, type StepResult } from './journey/stage.js';
import { becomeReady } from './walk/become-ready.js';
import { lookAtTopics } from './walk/look-at-topics.js';
import { type Surroundings, surroundingsFrom } from './walk/surroundings.js';
import { wholeRoad } from './walk/whole-road.js';

/**
 * What `helm test` runs: walks through a deployed Baton by its inner addresses and Kafka's, as the environment says (`walk/surroundings.ts`). Every
 * service must be ready and every topic there; where the simulators run, one conversation goes to a human and back.
 * Exit code 0: all well, 1: a step failed, 78: the environment is wrong.
 */
function tell({ name, ms, error }: StepResult): void {
  console.log(`${error ? '✗' : '✓'} ${(ms / 1_000).toFixed(2).padStart(6)} s  ${name}${error ? `\n             ${error.message}` : ''}`);
}

/** What a road of a sandbox does not visit is nowhere. */
function placeOf({ road }: Surroundings): Place {
  return {
    site: road?.origin ?? '',
    crisp: road?.crisp ?? '',
    messenger: '',
    model: '',
    ingress: '',
    controlPlane: '',
    orchestrators: road ? [road.orchestrator] : [],
    dispatchers: road ? [road.dispatcher] : [],
    ais: [],
    hasTestBots: false,
  };
}

let surroundings: Surroundings;
try {
  surroundings = surroundingsFrom(process.env);
} catch (error) {
  console.error((error as Error).message);
  process.exit(78);
}
const { services, readyWithinMs, road } = surroundings;
const stage = new Stage(placeOf(surroundings), tell);
let differ: readonly string[] = [];

for (const { name, url } of services) await stage.step(`${name} is ready`, () => becomeReady(url, readyWithinMs));
await stage.step('every topic is there', async () => {
  ({ differ } = await lookAtTopics(process.env));
});
if (differ.length > 0) console.log(`             not as they should be: ${differ.join(', ')} (topics plan says in what)`);
// The control plane keeps settings itself; the others hold what they read from Kafka.
const holders = services.filter(({ name }) => name !== 'control-plane');
if (road) await wholeRoad(stage, holders);
else console.log('No simulators here: the road itself was not walked.');
stage.leave();

const failed = stage.results.filter(({ error }) => error !== undefined);
console.log(failed.length === 0 ? `All ${stage.results.length} steps.` : `${failed.length} of ${stage.results.length} steps failed.`);
process.exit(failed.length === 0 ? 0 : 1);
