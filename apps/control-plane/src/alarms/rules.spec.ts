import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignalsSchema } from '@baton/passes';
import type { GivenSignals } from '@baton/passes';
import { CODES, paceOf, severityOf, wordsOf } from './catalog.js';
import { forecastOf } from './quota-forecast.js';
import { findingsOf, isUnknown } from './rules.js';
import type { LagSeen, ServiceSeen, Snapshot, TokenSeen, WorkspaceSeen } from './snapshot.js';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');
const ago = (minutes: number): string => new Date(NOW - minutes * 60_000).toISOString();

const service = (patch: Partial<ServiceSeen>): ServiceSeen => ({
  ...{ name: 'orchestrator', state: 'ready', problems: {}, version: null, startedAt: null, outboxAge: 0, outboxWaiting: 0 },
  ...patch,
});
const signals = (given: Partial<GivenSignals>) => SignalsSchema.parse({ settingsFreshAt: ago(0), ...given });
const workspace = (patch: Partial<WorkspaceSeen>): WorkspaceSeen => ({
  workspaceId: 'acme',
  bots: [],
  signals: {},
  deadLettersOpen: 0,
  ...patch,
});
const snapshot = (patch: Partial<Snapshot>): Snapshot => ({
  ...{ at: new Date(NOW).toISOString(), services: [], lag: [], notPublished: null, unownedDeadLetters: 0, tokens: [], workspaces: [] },
  ...patch,
});
const told = (given: Partial<GivenSignals>, by: 'orchestrator' | 'dispatcher' | 'ai' = 'orchestrator') =>
  snapshot({ workspaces: [workspace({ signals: { [by]: signals(given) } })] });
const token = (state: TokenSeen['state'], since = ago(0)) =>
  snapshot({ tokens: [{ workspaceId: 'acme', botId: 'demo', websiteId: 'w', state, at: ago(0), since }] });
const lag = (lagging: number, stuckMs: number, patch: Partial<LagSeen> = {}) =>
  snapshot({ lag: [{ group: 'g', topic: 't', isOurs: true, lag: lagging, stuckMs, ...patch }] });
const hooks = (lastHookAt: string | null, lastMissedAt: string | null) =>
  told({ websites: [{ websiteId: 'w', lastHookAt, lastMissedAt, missed: 1 }] });
const target = (patch: object) =>
  told({ targets: [{ target: 'crisp:w', open: 1, oldestSeconds: 1, inDoubt: 0, isSick: false, ...patch }] });
const quota = (used: number, limit: number | null) => told({ quotas: [{ websiteIds: ['w'], used, limit, quietUntil: null, lanes: [] }] });

describe('what is wrong', () => {
  it.each<[string, Snapshot, string[]]>([
    [
      'nothing, when all is well',
      snapshot({ services: [service({})], workspaces: [workspace({ signals: { orchestrator: signals({}) } })] }),
      [],
    ],
    ['a service that does not answer', snapshot({ services: [service({ state: 'away' })] }), ['service-away']],
    [
      'a service that is not ready',
      snapshot({ services: [service({ state: 'not-ready', problems: { kafka: 'away' } })] }),
      ['service-not-ready'],
    ],
    ['a service of which nobody said where it is: nothing', snapshot({ services: [service({ state: 'unknown' })] }), []],
    ['an outbox that does not empty', snapshot({ services: [service({ outboxAge: 31 })] }), ['outbox-old']],
    ['settings that are not published', snapshot({ notPublished: 'Kafka is away' }), ['settings-not-published']],
    ['a service that hears of no settings', told({ settingsFreshAt: ago(2) }), ['settings-stale']],
    ['a service that never heard of any', told({ settingsFreshAt: null }, 'ai'), ['settings-stale']],
    ['a group that stands still', lag(1, 60_000), ['consumer-stuck']],
    ['a group that is far behind, and nobody knows how fast it is', lag(1_000, 0), ['consumer-behind']],
    ['a group that needs more than a minute for what waits', lag(60_001, 0, { lagSeconds: 60.1 }), ['consumer-behind']],
    ['a group that is fast enough for what waits', lag(60_000, 0, { lagSeconds: 60 }), []],
    ['a slow group with little to do', lag(999, 0, { lagSeconds: 999 }), []],
    ['a bot’s own group: nothing of ours', lag(9_000, 900_000, { isOurs: false }), []],
    ['a token that Crisp does not know', token('refused'), ['token-refused']],
    ['a token of another website', token('not-bound'), ['token-not-bound']],
    ['a token that cannot be opened', token('unreadable'), ['token-unreadable']],
    ['a Crisp that was silent once', token('no-answer', ago(2)), []],
    ['a Crisp that stays silent', token('no-answer', ago(6)), ['crisp-silent']],
    ['a Crisp that takes no more calls: its quota says so', token('limited'), []],
    ['no hook for half an hour, and messages were found', hooks(ago(31), ago(5)), ['hooks-silent']],
    ['no hook for a while, and nothing was found: it is quiet', hooks(ago(300), null), []],
    ['no hook for a while, and what was found is older', hooks(ago(40), ago(50)), []],
    ['a hook that was lost while others came', hooks(ago(10), ago(5)), []],
    ['a find of long ago', hooks(ago(300), ago(61)), []],
    ['no hook ever, and messages were found', hooks(null, ago(1)), ['hooks-never-came']],
    ['a website whose calls fail: not beside it that work waits', target({ isSick: true, oldestSeconds: 900 }), ['target-sick']],
    ['work that waits', target({ oldestSeconds: 301 }), ['effects-waiting']],
    ['work in doubt', target({ inDoubt: 2 }), ['effects-in-doubt']],
    ['a quota that is nearly spent', quota(9_600, 10_000), ['quota-spent']],
    ['a quota that will not do', quota(6_000, 10_000), ['quota-short']],
    ['a quota that will do', quota(4_000, 10_000), []],
    ['a quota that nobody knows', quota(90_000, null), []],
    ['promises that are overdue', told({ promises: { open: 3, overdue: 1 } }), ['promises-overdue']],
    [
      'sources that failed, one alarm for a bot',
      told(
        {
          sources: [
            { botId: 'demo', title: 'a', state: 'failed' },
            { botId: 'demo', title: 'b', state: 'partial' },
          ],
        },
        'ai',
      ),
      ['sources-failing'],
    ],
    [
      'a page that Meta refuses',
      told({ stoppedPages: [{ botId: 'demo', pageId: '1', reason: 'messenger.token-dead' }] }, 'dispatcher'),
      ['page-stopped'],
    ],
    [
      'dead letters of a workspace and of nobody',
      snapshot({ unownedDeadLetters: 1, workspaces: [workspace({ deadLettersOpen: 2 })] }),
      ['dead-letters-open', 'dead-letters-open'],
    ],
  ])('%s', (_, seen, codes) => expect(findingsOf(seen).map(({ code }) => code)).toEqual(codes));

  it('is told with words for each code, with a pace and a severity', () => {
    for (const code of CODES) {
      expect(wordsOf({ code, about: 'orchestrator', facts: {} })).toMatchObject({
        title: expect.any(String),
        why: expect.any(String),
        todo: expect.any(String),
        runbook: `docs/operations.md#${code}`,
      });
      expect(paceOf(code).closesAfter).toBeGreaterThanOrEqual(0);
      expect(['critical', 'warning']).toContain(severityOf(code));
    }
  });

  it('says which service it is about', () => {
    expect(wordsOf({ code: 'service-away', about: 'ai', facts: {} }).title).toBe('The AI does not answer');
    expect(wordsOf({ code: 'dead-letters-open', about: 'nobody', facts: { open: 1, whose: 'nobody' } }).title).toBe(
      '1 dead letter waits, and nobody knows whose',
    );
  });

  it('is explained to the platform team, each code under its name', () => {
    const runbook = readFileSync(join(import.meta.dirname, '../../../../docs/operations.md'), 'utf8');
    expect(CODES.filter((code) => !runbook.includes(`### ${code}\n`))).toEqual([]);
  });

  it('names the workspace that it concerns, and none for the whole installation', () => {
    expect(findingsOf(token('refused'))[0]).toMatchObject({ workspaceId: 'acme', about: 'demo' });
    expect(findingsOf(lag(1, 60_000))[0]).toMatchObject({ workspaceId: null });
  });
});

describe('what nobody can tell', () => {
  const overdue = { code: 'promises-overdue', workspaceId: 'acme', about: 'acme', facts: {} };
  it.each<[string, Snapshot, boolean]>([
    ['is unknown while the service is away', snapshot({ workspaces: [workspace({})] }), true],
    ['is known when it was asked', told({}), false],
    ['is over when the workspace is gone', snapshot({}), false],
  ])('%s', (_, seen, unknown) => expect(isUnknown(seen)(overdue)).toBe(unknown));
  it('about lag is unknown while Kafka cannot be asked', () => {
    const stuck = { code: 'consumer-stuck', workspaceId: null, about: 'g t', facts: {} };
    expect([isUnknown(snapshot({ lag: null }))(stuck), isUnknown(snapshot({ lag: [] }))(stuck)]).toEqual([true, false]);
  });
  it.each<[TokenSeen['state'], boolean]>([
    ['no-answer', true],
    ['limited', true],
    ['taken', false],
    ['not-bound', false],
  ])('about a token is unknown while Crisp does not say: %s', (state, unknown) => {
    const refused = { code: 'token-refused', workspaceId: 'acme', about: 'demo', facts: {} };
    expect(isUnknown({ ...token(state), workspaces: [workspace({})] })(refused)).toBe(unknown);
  });
});

describe('the forecast of a day’s calls', () => {
  const at = (time: string) => Date.parse(`2026-03-01T${time}:00.000Z`);
  it.each([
    ['half the day, half the calls: just enough', 5_000, '12:00', null],
    ['half the day, three quarters: it ends at four', 7_500, '12:00', '16:00'],
    ['the first minutes of a day say little', 200, '00:10', null],
    ['spent is spent now', 10_000, '20:00', '20:00'],
  ])('%s', (_, used, time, ends) => {
    expect(forecastOf({ used, limit: 10_000, now: at(time) }).endsAt).toBe(ends === null ? null : at(ends));
  });
});
