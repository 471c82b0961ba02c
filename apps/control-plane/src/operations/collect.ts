import { SignalsSchema } from '@baton/passes';
import type { Signals } from '@baton/passes';
import type { ServiceSeen, Snapshot, Watched, WorkspaceSeen } from '../alarms/snapshot.js';
import { ApiRefusal } from '../api/problem.js';
import type { LettersStore } from '../dead-letters/letters.store.js';
import type { Documents } from '../documents/documents.js';
import type { ServiceName, Services } from '../services/services.js';
import { lookAtService } from './service-health.js';
import type { TryTokens } from './try-tokens.js';
import type { WatchLag } from './watch-lag.js';

const INNER: readonly ServiceName[] = ['orchestrator', 'dispatcher', 'ai'];
/** Workspaces that services are asked for at the same time. */
const AT_ONCE = 16;

export interface CollectParts {
  readonly documents: Pick<Documents, 'all'>;
  readonly services: Pick<Services, 'json'>;
  /** Where each is reached inside; absent where nobody said. */
  readonly urls: Readonly<Partial<Record<Watched, string | undefined>>>;
  /** Of the control plane itself. */
  readonly itself: () => ServiceSeen;
  readonly lag: Pick<WatchLag, 'look'>;
  readonly tokens: Pick<TryTokens, 'run'>;
  readonly letters: Pick<LettersStore, 'openByWorkspace'>;
  /** Why what is set is not on the topic of settings. */
  readonly notPublished: () => string | undefined;
}

/** Looks at everything once. What cannot be asked is left out, and told to be so. */
export async function collect(parts: CollectParts, now: Date): Promise<Snapshot> {
  const bots = (await parts.documents.all()).flatMap(({ kind, body }) =>
    kind === 'bot' && body !== null && 'botId' in body ? [body] : [],
  );
  const byWorkspace = Map.groupBy(bots, ({ workspaceId }) => workspaceId);
  const letters = await parts.letters.openByWorkspace();
  const away = new Set<ServiceName>();
  const connected = bots.flatMap(({ botId, workspaceId, crisp }) => (crisp ? [{ botId, workspaceId, crisp }] : []));
  const [lag, tokens, services, workspaces] = await Promise.all([
    parts.lag.look(),
    parts.tokens.run(connected),
    Promise.all((['ingress', ...INNER] as const).map((name) => lookAtService(name, parts.urls[name]))),
    inGroups([...byWorkspace], async ([workspaceId, of]): Promise<WorkspaceSeen> => {
      const asked = await Promise.all(INNER.map(async (name) => [name, await signalsOf(parts.services, name, workspaceId, away)] as const));
      return {
        workspaceId,
        bots: of.map(({ botId, name, crisp }) => ({ botId, name, websiteId: crisp?.websiteId ?? null })),
        signals: Object.fromEntries(asked.flatMap(([name, signals]) => (signals ? [[name, signals]] : []))),
        deadLettersOpen: letters.get(workspaceId) ?? 0,
      };
    }),
  ]);
  return {
    at: now.toISOString(),
    services: [parts.itself(), ...services],
    lag,
    notPublished: parts.notPublished() ?? null,
    unownedDeadLetters: letters.get('') ?? 0,
    tokens,
    workspaces,
  };
}

/** A few at a time, however many there are. */
async function inGroups<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += AT_ONCE) done.push(...(await Promise.all(all.slice(at, at + AT_ONCE).map(work))));
  return done;
}

/** @param away those that did not answer in this look: they are not waited for again */
async function signalsOf(
  services: CollectParts['services'],
  name: ServiceName,
  workspaceId: string,
  away: Set<ServiceName>,
): Promise<Signals | undefined> {
  if (away.has(name)) return undefined;
  try {
    const pass = { workspaceId, errand: 'operations', may: 'read', by: 'baton' } as const;
    const parsed = SignalsSchema.safeParse(await services.json<unknown>(name, pass, { path: '/signals' }, AbortSignal.timeout(5_000)));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    if (error.code === 'service-away') away.add(name);
    return undefined;
  }
}
