import { z } from 'zod';
import { createMessengerSimulator } from './server.js';
import { EXAMPLE_SETUP, SetupSchema } from './setup.js';

/** The simulated Messenger as a process of its own. */

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
  /** TCP port of the Graph API, the control API and the person's page. */
  HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(4110),
  /** Apps, pages and people as JSON (see setup.ts); one example page when absent. */
  MESSENGER_SETUP: JsonSchema.pipe(SetupSchema).default(SetupSchema.parse(EXAMPLE_SETUP)),
  /** Of everything that is left to chance. */
  MESSENGER_SEED: z.coerce.number().int().default(1),
});

const config = ConfigSchema.safeParse(process.env);
if (!config.success) {
  console.error(z.prettifyError(config.error));
  process.exit(78);
}
const { HTTP_HOST, HTTP_PORT, MESSENGER_SETUP, MESSENGER_SEED } = config.data;
const simulator = createMessengerSimulator({ setup: MESSENGER_SETUP, seed: MESSENGER_SEED });
try {
  console.log(`messenger simulator: ${await simulator.listen(HTTP_PORT, HTTP_HOST)}`);
} catch (error) {
  console.error(`messenger simulator: ${(error as Error).message}`);
  process.exit(1);
}
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void simulator.close().then(() => process.exit(0)));
}
