import { runSimulator } from '../simulator-kit/run-simulator.js';
import { createMessengerSimulator } from './server.js';
import { EXAMPLE_SETUP, SetupSchema } from './setup.js';

await runSimulator({ name: 'messenger', port: 4110, setup: SetupSchema, example: EXAMPLE_SETUP, create: createMessengerSimulator });
