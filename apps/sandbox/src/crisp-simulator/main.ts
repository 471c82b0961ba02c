import { runSimulator } from '../simulator-kit/run-simulator.js';
import { createCrispSimulator } from './server.js';
import { EXAMPLE_SETUP, SetupSchema } from './setup.js';

await runSimulator({ name: 'crisp', port: 4100, setup: SetupSchema, example: EXAMPLE_SETUP, create: createCrispSimulator });
