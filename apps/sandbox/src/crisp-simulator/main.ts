import { z } from 'zod';
import { createCrispSimulator } from './server.js';
import { EXAMPLE_SETUP, SetupSchema } from './setup.js';

/** The simulated Crisp as a process of its own. */

const JsonSchema = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue('must be JSON');
    return z.NEVER;
  }
});

const ConfigSchema = z.object({
  /** Where it listens, for example 127.0.0.1. */
  HTTP_HOST: z.string().default('127.0.0.1'),
  /** TCP port of the REST API, the control API and the inbox page. */
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4100),
  /** Workspaces, agents, tokens and plugins as JSON (see setup.ts); one example workspace when absent. */
  CRISP_SETUP: JsonSchema.pipe(SetupSchema).default(SetupSchema.parse(EXAMPLE_SETUP)),
  /** Of everything that is left to chance. */
  CRISP_SEED: z.coerce.number().int().default(1),
});

const config = ConfigSchema.safeParse(process.env);
if (!config.success) {
  console.error(z.prettifyError(config.error));
  process.exit(78);
}
const { HTTP_HOST, HTTP_PORT, CRISP_SETUP, CRISP_SEED } = config.data;
const simulator = createCrispSimulator({ setup: CRISP_SETUP, seed: CRISP_SEED });
try {
  console.log(`crisp simulator: ${await simulator.listen(HTTP_PORT, HTTP_HOST)}`);
} catch (error) {
  console.error(`crisp simulator: ${(error as Error).message}`);
  process.exit(1);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)));
}
