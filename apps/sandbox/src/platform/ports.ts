import { createServer } from 'node:net';
import { freePort } from '@baton/testing';
import { z } from 'zod';

const port = (fallback: number, description: string) =>
  z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .default(fallback)
    .meta({ description: `${description}, default ${fallback}` });

/** Where everything listens; all of it on this machine only. */
export const PortsSchema = z.object({
  SITE_PORT: port(4000, 'the start page and the demo shop'),
  INGRESS_PORT: port(4001, 'web hooks come in here'),
  ORCHESTRATOR_PORT: port(4002, 'history pages and POST /v1/escalations'),
  DISPATCHER_PORT: port(4003, 'the chat'),
  CONTROL_PLANE_PORT: port(4004, 'the console and its API'),
  AI_PORT: port(4005, 'answers from the knowledge: sources, playground, receipts'),
  ORCHESTRATOR_2_PORT: port(4012, 'the second orchestrator, with BATON_REPLICAS=2'),
  DISPATCHER_2_PORT: port(4013, 'the second dispatcher, with BATON_REPLICAS=2'),
  AI_2_PORT: port(4015, 'the second AI, with BATON_REPLICAS=2'),
  CRISP_PORT: port(4100, 'the simulated Crisp: its API and the inbox'),
  MESSENGER_PORT: port(4110, 'the simulated Messenger: its API and the page of the person who writes'),
  MODEL_PORT: port(4120, 'the simulated model, with BATON_MODEL=1'),
});
export type Ports = z.output<typeof PortsSchema>;

export const DEFAULT_PORTS = PortsSchema.parse({});

/** Ports that nobody uses, for runs beside others. */
export async function freePorts(): Promise<Ports> {
  const ports: Partial<Ports> = {};
  for (const name of Object.keys(DEFAULT_PORTS) as (keyof Ports)[]) {
    let candidate = await freePort();
    while (Object.values(ports).includes(candidate)) candidate = await freePort();
    ports[name] = candidate;
  }
  return ports as Ports;
}

/** @throws Error with one sentence that names the port and its variable. */
export async function requireFree(ports: Ports, needed: readonly (keyof Ports)[]): Promise<void> {
  for (const name of needed) {
    if (await isFree(ports[name])) continue;
    throw new Error(`Port ${ports[name]} is taken: end what listens there (another sandbox?), or choose another one with ${name}=<port>.`);
  }
}

function isFree(candidate: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(candidate, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
