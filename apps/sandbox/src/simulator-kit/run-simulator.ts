import { z } from 'zod';

const JsonSchema = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue('must be JSON');
    return z.NEVER;
  }
});

export interface Listening {
  /** Returns the address, for example `http://127.0.0.1:4100`. */
  listen(port: number, host?: string): Promise<string>;
  close(): Promise<void>;
}

export interface SimulatorProgram<Setup extends z.ZodType> {
  /** As it speaks of itself, for example `crisp`; in capitals the first part of its variables `…_SETUP` and `…_SEED`. */
  readonly name: string;
  readonly port: number;
  readonly setup: Setup;
  /** What exists when the environment says nothing. */
  readonly example: z.input<Setup>;
  create(options: { setup: z.output<Setup>; seed: number }): Listening;
}

/** A simulator as a process of its own, until SIGTERM: reads `HTTP_HOST`, `HTTP_PORT`, its set-up as JSON and its seed. */
export async function runSimulator<Setup extends z.ZodType>({
  name,
  port,
  setup,
  example,
  create,
}: SimulatorProgram<Setup>): Promise<void> {
  const prefix = name.toUpperCase();
  const config = z
    .object({
      HTTP_HOST: z.string().default('127.0.0.1'),
      HTTP_PORT: z.coerce.number().int().min(0).max(65_535).default(port),
      [`${prefix}_SETUP`]: JsonSchema.pipe(setup).default(setup.parse(example) as never),
      [`${prefix}_SEED`]: z.coerce.number().int().default(1),
    })
    .safeParse(process.env);
  if (!config.success) {
    console.error(z.prettifyError(config.error));
    process.exit(78);
  }
  const { HTTP_HOST, HTTP_PORT, ...own } = config.data as Record<string, unknown> & { HTTP_HOST: string; HTTP_PORT: number };
  const simulator = create({ setup: own[`${prefix}_SETUP`] as z.output<Setup>, seed: own[`${prefix}_SEED`] as number });
  try {
    console.log(`${name} simulator: ${await simulator.listen(HTTP_PORT, HTTP_HOST)}`);
  } catch (error) {
    console.error(`${name} simulator: ${(error as Error).message}`);
    process.exit(1);
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void simulator.close().then(() => process.exit(0)));
  }
}
