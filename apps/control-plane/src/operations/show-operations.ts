import type { Operations } from '@baton/control-api';
import { forecastOf } from '../alarms/quota-forecast.js';
import { hooksOf } from '../alarms/rules.js';
import type { Snapshot, WorkspaceSeen } from '../alarms/snapshot.js';

const HOUR = 3_600_000;
const POINTS = 60;

export interface OperationsViewer {
  readonly workspaceId: string;
  readonly seesInstallation: boolean;
}

/** What somebody sees of the last looks, oldest first. @param now ms */
export function operationsOf(looks: readonly Snapshot[], { workspaceId, seesInstallation }: OperationsViewer, now: number): Operations {
  const last = looks.at(-1);
  if (!last) return { at: null, services: [], websites: [], outside: [], deadLettersOpen: 0, installation: null };
  const mine = last.workspaces.find((one) => one.workspaceId === workspaceId);
  return {
    at: last.at,
    services: last.services.map(({ name, state, problems, version, startedAt }) => ({
      ...{ name, state, version, startedAt },
      problems: seesInstallation ? { ...problems } : {},
    })),
    websites: mine ? websitesOf(mine, last, looks, now) : [],
    outside: mine ? outsideOf(mine) : [],
    deadLettersOpen: (mine?.deadLettersOpen ?? 0) + (seesInstallation ? last.unownedDeadLetters : 0),
    installation: seesInstallation ? installationOf(last, looks, now) : null,
  };
}

function websitesOf(mine: WorkspaceSeen, last: Snapshot, looks: readonly Snapshot[], now: number): Operations['websites'] {
  const byWebsite = Map.groupBy(
    mine.bots.filter(({ websiteId }) => websiteId !== null),
    ({ websiteId }) => websiteId!,
  );
  const hooks = hooksOf(mine.signals);
  const when = (at: number | null | undefined): string | null => (at == null ? null : new Date(at).toISOString());
  return [...byWebsite].map(([websiteId, bots]) => {
    const token = last.tokens.find((one) => one.workspaceId === mine.workspaceId && one.websiteId === websiteId);
    return {
      websiteId,
      bots: bots.map(({ botId, name }) => ({ botId, name })),
      token: token?.state ?? null,
      tokenTriedAt: token?.at ?? null,
      lastHookAt: when(hooks.get(websiteId)?.lastHookAt),
      lastMissedAt: when(hooks.get(websiteId)?.lastMissedAt),
      quota: quotaOf(websiteId, mine, looks, now),
    };
  });
}

const quotaIn = (one: WorkspaceSeen | undefined, websiteId: string) =>
  one?.signals.orchestrator?.quotas.find(({ websiteIds }) => websiteIds.includes(websiteId));

function quotaOf(websiteId: string, mine: WorkspaceSeen, looks: readonly Snapshot[], now: number): Operations['websites'][number]['quota'] {
  const quota = quotaIn(mine, websiteId);
  if (!quota) return null;
  const { used, limit, quietUntil, lanes } = quota;
  const endsAt = limit === null || limit === 0 ? null : forecastOf({ used, limit, now }).endsAt;
  const today = new Date(now).toISOString().slice(0, 10);
  const course = looks
    .filter(({ at }) => at.startsWith(today))
    .flatMap(({ at, workspaces }) => {
      const found = quotaIn(
        workspaces.find(({ workspaceId }) => workspaceId === mine.workspaceId),
        websiteId,
      );
      return found ? [{ at, used: found.used }] : [];
    });
  return {
    used,
    limit,
    quietUntil,
    lanes: [...lanes],
    endsAt: endsAt === null ? null : new Date(endsAt).toISOString(),
    course: thinned(course),
  };
}

function outsideOf({ signals }: WorkspaceSeen): Operations['outside'] {
  return Object.entries(signals).flatMap(([service, { targets }]) =>
    targets.map(({ target, ...figures }) => {
      const [kind = '', id = ''] = target.split(':');
      return { service, kind: kind === 'messenger-profiles' ? 'messenger' : kind, id, ...figures };
    }),
  );
}

function installationOf({ lag, services }: Snapshot, looks: readonly Snapshot[], now: number): NonNullable<Operations['installation']> {
  const total = (one: Snapshot['lag']) =>
    one === null ? null : one.filter(({ isOurs }) => isOurs).reduce((sum, each) => sum + each.lag, 0);
  const oldest = (of: Snapshot['services']) => {
    const ages = of.flatMap(({ outboxAge }) => outboxAge ?? []);
    return ages.length === 0 ? null : Math.max(...ages);
  };
  return {
    lag:
      lag?.map(({ group, topic, isOurs, lag: records, stuckMs }) => ({
        ...{ group, topic, isOurs, lag: records },
        stuckSeconds: Math.round(stuckMs / 1_000),
      })) ?? null,
    outboxes: services.flatMap(({ name, outboxAge, outboxWaiting }) =>
      outboxAge === null ? [] : [{ service: name, ageSeconds: outboxAge, waiting: outboxWaiting ?? 0 }],
    ),
    course: thinned(
      looks
        .filter(({ at }) => now - Date.parse(at) <= HOUR)
        .map((one) => ({ at: one.at, lag: total(one.lag), outboxAgeSeconds: oldest(one.services) })),
    ),
  };
}

/** As many points as a small chart can show, the last one among them. */
function thinned<T>(points: readonly T[]): T[] {
  const every = Math.ceil(points.length / POINTS);
  return points.filter((_, n) => (points.length - 1 - n) % Math.max(1, every) === 0);
}
