import { METRICS } from '@baton/telemetry';
import { z } from 'zod';
import type { ServiceSeen, Watched } from '../alarms/snapshot.js';
import { figureIn, labelIn } from './prometheus-text.js';

const PATIENCE_MS = 3_000;

const HealthSchema = z.object({ ok: z.boolean(), problems: z.record(z.string(), z.string()) });

/** How a service is, by its own health and metrics. @param url undefined where nobody said where it is */
export async function lookAtService(name: Watched, url: string | undefined): Promise<ServiceSeen> {
  const nothing = { name, problems: {}, version: null, startedAt: null, outboxAge: null, outboxWaiting: null };
  if (url === undefined) return { ...nothing, state: 'unknown' };
  const [health, metrics] = await Promise.all([asked(`${url}/health/ready`), asked(`${url}/metrics`)]);
  if (health === undefined) return { ...nothing, state: 'away' };
  const parsed = HealthSchema.safeParse(jsonOf(health.text));
  const text = metrics?.status === 200 ? metrics.text : '';
  const startedAt = figureIn(text, 'process_start_time_seconds');
  return {
    name,
    // An address that is only for web hooks need not show how its service is.
    state: parsed.success ? (parsed.data.ok ? 'ready' : 'not-ready') : health.status >= 500 ? 'away' : 'unknown',
    problems: parsed.success ? parsed.data.problems : {},
    version: labelIn(text, METRICS.build.name, 'version') ?? null,
    startedAt: startedAt === undefined ? null : new Date(startedAt * 1_000).toISOString(),
    outboxAge: figureIn(text, METRICS.outboxOldestAge.name) ?? null,
    outboxWaiting: figureIn(text, METRICS.outboxWaiting.name) ?? null,
  };
}

async function asked(url: string): Promise<{ readonly status: number; readonly text: string } | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return { status: response.status, text: await response.text() };
  } catch {
    return undefined;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
