import { eventually } from '@baton/testing';

/** Waits until a service says that it is ready. @throws Error with what it said last. */
export async function becomeReady(url: string, withinMs: number): Promise<void> {
  let last = 'it was not asked yet';
  await eventually(
    async () => {
      last = await notReady(url);
      return last === '';
    },
    { within: withinMs, every: 500, what: 'its being ready' },
  ).catch(() => {
    throw new Error(`not ready after ${Math.round(withinMs / 1_000)} s: ${last}`);
  });
}

/** Empty when it is ready. */
async function notReady(url: string): Promise<string> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(5_000) });
    if (response.ok) return '';
    const { problems } = (await response.json()) as { problems?: Record<string, string> };
    const said = Object.entries(problems ?? {}).map(([name, problem]) => `${name}: ${problem}`);
    return said.length > 0 ? said.join('; ') : `it answers ${response.status}`;
  } catch (error) {
    const { cause, message } = error as Error;
    return `${url} cannot be reached (${cause instanceof Error ? cause.message : message})`;
  }
}
