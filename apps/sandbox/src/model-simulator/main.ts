import { z } from 'zod';
import { runSimulator } from '../simulator-kit/run-simulator.js';
import { createModelSimulator } from './server.js';

await runSimulator({ name: 'model', port: 4120, setup: z.object({}), example: {}, create: createModelSimulator });
