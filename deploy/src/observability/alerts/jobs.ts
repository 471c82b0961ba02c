/** How the control plane calls each service, by the name that is its job in Prometheus and its container's. */
export const SERVICE_OF_JOB: Readonly<Record<string, string>> = {
  'webhook-ingress': 'ingress',
  'escalation-orchestrator': 'orchestrator',
  'channel-dispatcher': 'dispatcher',
  'control-plane': 'control-plane',
  'ai-auto-reply': 'ai',
};

/** Finds such a name in the name of a job, as the first group; Prometheus holds it against the whole of it. */
export const SERVICE_IN_JOB = '(?:webhook-|escalation-|channel-)?(ingress|orchestrator|dispatcher|control-plane|ai)(?:-auto-reply)?';

/** A pattern of the names of our containers. */
export const CONTAINERS = Object.keys(SERVICE_OF_JOB).join('|');
