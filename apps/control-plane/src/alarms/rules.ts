import type { Signals } from '@baton/passes';
import type { Finding } from './hysteresis.js';
import { forecastOf } from './quota-forecast.js';
import type { LagSeen, Snapshot, WorkspaceSeen } from './snapshot.js';
import { isTaken } from './token-verdict.js';

const MINUTE = 60_000;

/** Beyond these something is wrong. Times in ms unless their name says otherwise. */
export const LIMITS = {
  /** No web hook for so long although Crisp shows messages. */
  hookSilence: 30 * MINUTE,
  /** A find of longer ago says nothing about now. */
  missedCounts: 60 * MINUTE,
  outboxAgeSeconds: 30,
  effectAgeSeconds: 300,
  lagRecords: 1_000,
  /** So many records may be a second of work. */
  lagSeconds: 60,
  stuck: MINUTE,
  settingsAge: MINUTE,
  tokenSilence: 5 * MINUTE,
  quotaUsed: 0.95,
  /** A forecast from less says nothing. */
  quotaForecastFrom: 0.2,
} as const;

/** Everything that is wrong in a snapshot. */
export function findingsOf(snapshot: Snapshot): Finding[] {
  return [
    ...ofServices(snapshot),
    ...ofKafka(snapshot),
    ...ofTokens(snapshot),
    ...snapshot.workspaces.flatMap((workspace) => ofWorkspace(workspace, Date.parse(snapshot.at))),
  ];
}

function ofServices({ services, notPublished, unownedDeadLetters, workspaces, at }: Snapshot): Finding[] {
  const found: Finding[] = [];
  const say = (code: string, about: string, facts: Finding['facts'] = {}) => found.push({ code, workspaceId: null, about, facts });
  for (const { name, state, problems, outboxAge, outboxWaiting } of services) {
    if (state === 'away') say('service-away', name);
    if (state === 'not-ready')
      say('service-not-ready', name, {
        why: Object.entries(problems)
          .map(([what, why]) => `${what}: ${why}`)
          .join('; '),
      });
    if ((outboxAge ?? 0) > LIMITS.outboxAgeSeconds)
      say('outbox-old', name, { seconds: Math.round(outboxAge!), waiting: outboxWaiting ?? 0 });
  }
  if (notPublished !== null) say('settings-not-published', 'settings', { why: notPublished });
  for (const service of ['orchestrator', 'dispatcher', 'ai'] as const) {
    const heard = workspaces.flatMap(({ signals }) => signals[service] ?? []);
    const stale = heard.find(
      ({ settingsFreshAt }) => settingsFreshAt === null || Date.parse(at) - Date.parse(settingsFreshAt) > LIMITS.settingsAge,
    );
    if (stale) say('settings-stale', service, { since: stale.settingsFreshAt ?? 'its start' });
  }
  if (unownedDeadLetters > 0) say('dead-letters-open', 'nobody', { open: unownedDeadLetters, whose: 'nobody' });
  return found;
}

function ofKafka({ lag }: Snapshot): Finding[] {
  const mine = (lag ?? []).filter(({ isOurs }) => isOurs);
  const at = (one: { readonly group: string; readonly topic: string }) => `${one.group} ${one.topic}`;
  return mine.flatMap((one): Finding[] => {
    const facts = { lag: one.lag, group: one.group, topic: one.topic };
    if (one.stuckMs >= LIMITS.stuck)
      return [{ code: 'consumer-stuck', workspaceId: null, about: at(one), facts: { ...facts, seconds: Math.round(one.stuckMs / 1_000) } }];
    return isBehind(one) ? [{ code: 'consumer-behind', workspaceId: null, about: at(one), facts }] : [];
  });
}

/** Much waits, and it is more than a minute's work as far as anybody knows. */
function isBehind({ lag, lagSeconds }: LagSeen): boolean {
  return lag >= LIMITS.lagRecords && (lagSeconds ?? Infinity) > LIMITS.lagSeconds;
}

function ofTokens({ tokens, at }: Snapshot): Finding[] {
  return tokens.flatMap(({ workspaceId, botId, websiteId, state, since }): Finding[] => {
    const say = (code: string): Finding[] => [{ code, workspaceId, about: botId, facts: { botId, websiteId } }];
    if (state === 'refused') return say('token-refused');
    if (state === 'not-bound') return say('token-not-bound');
    if (state === 'unreadable') return say('token-unreadable');
    return state === 'no-answer' && Date.parse(at) - Date.parse(since) >= LIMITS.tokenSilence ? say('crisp-silent') : [];
  });
}

function ofWorkspace(workspace: WorkspaceSeen, now: number): Finding[] {
  const { workspaceId, deadLettersOpen, signals } = workspace;
  const found: Finding[] = [];
  const say = (code: string, about: string, facts: Finding['facts'] = {}) => found.push({ code, workspaceId, about, facts });
  if (deadLettersOpen > 0) say('dead-letters-open', workspaceId, { open: deadLettersOpen });
  for (const [websiteId, hooks] of hooksOf(signals)) {
    const { lastHookAt, lastMissedAt } = hooks;
    if (lastMissedAt === null || now - lastMissedAt > LIMITS.missedCounts || (lastHookAt ?? 0) >= lastMissedAt) continue;
    if (lastHookAt === null) say('hooks-never-came', websiteId, { websiteId });
    else if (now - lastHookAt >= LIMITS.hookSilence)
      say('hooks-silent', websiteId, { websiteId, minutes: Math.round((now - lastHookAt) / MINUTE) });
  }
  for (const [service, signal] of Object.entries(signals)) {
    for (const { target, open, oldestSeconds, inDoubt, isSick } of signal.targets) {
      const about = `${service} ${target}`;
      if (isSick) say('target-sick', about, { target, service });
      else if (oldestSeconds > LIMITS.effectAgeSeconds)
        say('effects-waiting', about, { target, service, open, minutes: Math.round(oldestSeconds / 60) });
      if (inDoubt > 0) say('effects-in-doubt', about, { target, service, inDoubt });
    }
  }
  for (const { websiteIds, used, limit } of signals.orchestrator?.quotas ?? []) {
    if (limit === null || limit === 0) continue;
    const about = [...websiteIds].sort().join(' ');
    const facts = { used, limit, websiteId: websiteIds[0] ?? '' };
    const { endsAt, ratio } = forecastOf({ used, limit, now });
    if (used >= limit * LIMITS.quotaUsed) say('quota-spent', about, facts);
    else if (ratio > 1 && used >= limit * LIMITS.quotaForecastFrom)
      say('quota-short', about, { ...facts, endsAt: new Date(endsAt!).toISOString() });
  }
  const overdue = signals.orchestrator?.promises?.overdue ?? 0;
  if (overdue > 0) say('promises-overdue', workspaceId, { overdue });
  const failed = Map.groupBy(signals.ai?.sources ?? [], ({ botId }) => botId);
  for (const [botId, sources] of failed) say('sources-failing', botId, { botId, count: sources.length, title: sources[0]!.title });
  for (const { botId, pageId, reason } of signals.dispatcher?.stoppedPages ?? []) say('page-stopped', pageId, { botId, pageId, reason });
  return found;
}

/** What all services together know of each website's web hooks (ms). */
export function hooksOf(
  signals: Readonly<Record<string, Signals>>,
): Map<string, { lastHookAt: number | null; lastMissedAt: number | null }> {
  const found = new Map<string, { lastHookAt: number | null; lastMissedAt: number | null }>();
  const later = (a: number | null, b: string | null): number | null => (b === null ? a : Math.max(a ?? 0, Date.parse(b)));
  for (const { websites } of Object.values(signals)) {
    for (const { websiteId, lastHookAt, lastMissedAt } of websites) {
      const before = found.get(websiteId) ?? { lastHookAt: null, lastMissedAt: null };
      found.set(websiteId, { lastHookAt: later(before.lastHookAt, lastHookAt), lastMissedAt: later(before.lastMissedAt, lastMissedAt) });
    }
  }
  return found;
}

/** Whom a finding was told by: without his word nobody knows whether it is over. */
export function isUnknown(snapshot: Snapshot): (finding: Finding) => boolean {
  const heardOf = (workspaceId: string | null, service: 'orchestrator' | 'dispatcher' | 'ai') =>
    snapshot.workspaces.some((one) => (workspaceId === null || one.workspaceId === workspaceId) && one.signals[service] !== undefined);
  // Of a workspace that is gone there is nothing to wait for.
  const exists = (workspaceId: string | null) => workspaceId === null || snapshot.workspaces.some((one) => one.workspaceId === workspaceId);
  return ({ code, workspaceId, about }) => {
    if (!exists(workspaceId)) return false;
    if (code === 'consumer-stuck' || code === 'consumer-behind') return snapshot.lag === null;
    if (code.startsWith('token-')) return snapshot.tokens.some(({ botId, state }) => botId === about && isTaken(state) === undefined);
    if (code === 'outbox-old') return snapshot.services.find(({ name }) => name === about)?.outboxAge == null;
    if (code === 'hooks-silent' || code === 'hooks-never-came') return !heardOf(workspaceId, 'orchestrator');
    if (code === 'quota-short' || code === 'quota-spent' || code === 'promises-overdue') return !heardOf(workspaceId, 'orchestrator');
    if (code === 'sources-failing') return !heardOf(workspaceId, 'ai');
    if (code === 'page-stopped') return !heardOf(workspaceId, 'dispatcher');
    if (code === 'settings-stale') return !heardOf(null, about as 'ai');
    if (code === 'target-sick' || code === 'effects-waiting' || code === 'effects-in-doubt')
      return !heardOf(workspaceId, about.split(' ')[0] as 'ai');
    return false;
  };
}
