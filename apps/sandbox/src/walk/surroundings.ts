import { z } from 'zod';

const address = z
  .url({ protocol: /^https?$/, error: 'must be an http(s):// address' })
  .transform((url) => url.replace(/\/+$/, ''))
  .optional();

/** The services, by the variable with the address at which each is reached inside. */
export const SERVICES = {
  WEBHOOK_INGRESS_URL: 'webhook-ingress',
  ESCALATION_ORCHESTRATOR_URL: 'escalation-orchestrator',
  CHANNEL_DISPATCHER_URL: 'channel-dispatcher',
  AI_AUTO_REPLY_URL: 'ai-auto-reply',
  CONTROL_PLANE_URL: 'control-plane',
} as const;

type Variable = keyof typeof SERVICES;
const variables = Object.keys(SERVICES) as Variable[];

const EnvironmentSchema = z.object({
  ...(Object.fromEntries(variables.map((name) => [name, address])) as Record<Variable, typeof address>),
  /** Only where the simulators run: then the whole road is walked. */
  CRISP_SIMULATOR_URL: address,
  /** An origin that the demo bot allows. */
  SITE_ORIGIN: address,
  /** How long everything may take to become ready (s). */
  READY_WITHIN_SECONDS: z.coerce.number().min(1).max(3_600).default(120),
});

export interface Surroundings {
  /** The services that are there, with their addresses. */
  readonly services: readonly { readonly name: string; readonly url: string }[];
  readonly readyWithinMs: number;
  /** What the road needs; undefined where no simulator runs. */
  readonly road: Road | undefined;
}

export interface Road {
  readonly crisp: string;
  readonly dispatcher: string;
  readonly orchestrator: string;
  readonly origin: string;
}

/** What the environment says of a deployed Baton. @throws Error in sentences, one per variable */
export function surroundingsFrom(env: NodeJS.ProcessEnv): Surroundings {
  const given = Object.fromEntries(Object.keys(EnvironmentSchema.shape).map((name) => [name, env[name] || undefined]));
  const parsed = EnvironmentSchema.safeParse(given);
  if (!parsed.success) throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}.`).join('\n'));
  const { data } = parsed;
  const services = variables.flatMap((name) => (data[name] === undefined ? [] : [{ name: SERVICES[name], url: data[name] }]));
  if (services.length === 0) throw new Error(`Nothing to look at: set ${variables.join(', ')}, or those of them that run.`);
  return { services, readyWithinMs: data.READY_WITHIN_SECONDS * 1_000, road: roadFrom(data) };
}

function roadFrom(data: z.output<typeof EnvironmentSchema>): Road | undefined {
  const { CRISP_SIMULATOR_URL, CHANNEL_DISPATCHER_URL, ESCALATION_ORCHESTRATOR_URL, SITE_ORIGIN } = data;
  if (CRISP_SIMULATOR_URL === undefined) return undefined;
  if (CHANNEL_DISPATCHER_URL === undefined || ESCALATION_ORCHESTRATOR_URL === undefined || SITE_ORIGIN === undefined) {
    throw new Error(
      'CRISP_SIMULATOR_URL asks for the whole road: it needs CHANNEL_DISPATCHER_URL, ESCALATION_ORCHESTRATOR_URL and SITE_ORIGIN, too.',
    );
  }
  return { crisp: CRISP_SIMULATOR_URL, dispatcher: CHANNEL_DISPATCHER_URL, orchestrator: ESCALATION_ORCHESTRATOR_URL, origin: SITE_ORIGIN };
}
