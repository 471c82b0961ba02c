import { describe, expect, it } from '@jest/globals';
import { HELD_OF_CONVERSATIONS, LIMITS } from '@baton/persistence/retention';
import type { Limit } from '@baton/persistence/retention';
import { spanInWords, worstOf } from './finding.js';
import type { Verdict } from './finding.js';
import { findingsInWords } from './in-words.js';
import { judgeRows, judgeWorkspace } from './judge-rows.js';
import type { RowFacts } from './judge-rows.js';

const DAY = 86_400_000;
const NOW = new Date('2026-06-30T00:00:00Z');
const ago = (days: number): Date => new Date(NOW.getTime() - days * DAY);
const SAID = { JUDGED_DAYS: 7, LOG_RETENTION_DAYS: 0 };
const { inbox, judged } = LIMITS.orchestrator;

const facts = (limit: Limit, more: Partial<RowFacts>): RowFacts => ({
  ...{ schema: 'orchestrator', limit, past: 0, oldest: null, slackMs: 600_000 },
  ...more,
});

describe('rows that are forgotten by age', () => {
  it.each<[string, RowFacts, Verdict, string]>([
    ['none there', facts(inbox, {}), 'within', 'ids of records that were handled: 9 d; none there'],
    ['young ones', facts(inbox, { oldest: ago(3.5) }), 'within', 'ids of records that were handled: 9 d; the oldest is 3 d 12 h old'],
    ['so many that nobody knows', facts(inbox, { oldest: undefined }), 'within', 'ids of records that were handled: 9 d; none past it'],
    ['by a variable', facts(judged, { oldest: ago(1) }), 'within', 'notes of what was judged: 7 d (JUDGED_DAYS); the oldest is 1 d old'],
    [
      'one too old',
      facts(inbox, { past: 1, oldest: ago(11) }),
      'overstays',
      'ids of records that were handled: 9 d; 1 row is past it, the oldest by 2 d',
    ],
    [
      'what ends by itself and has not yet',
      facts(LIMITS.control_plane.sessions, { schema: 'control_plane', oldest: ago(-2) }),
      'within',
      'sign-ins after their end: at once; none past it',
    ],
    [
      'what is kept for ever',
      facts(LIMITS.dispatcher.lines, { schema: 'dispatcher', past: 9 }),
      'kept',
      'lines of conversations in which nobody spoke: for ever, as LOG_RETENTION_DAYS=0 says',
    ],
  ])('%s', (_, given, verdict, says) => {
    expect(judgeRows(given, SAID, NOW)).toMatchObject({ part: 'rows', verdict, says });
  });

  it('that overstay name the service that should forget them', () => {
    const { name, todo } = judgeRows(facts(inbox, { past: 2, oldest: ago(10) }), SAID, NOW);
    expect([name, todo]).toEqual(['orchestrator.inbox', expect.stringContaining('does escalation-orchestrator run')]);
  });
});

describe('conversations of a workspace', () => {
  const { conversations, talks } = HELD_OF_CONVERSATIONS;
  const none = { of: talks, past: 0, oldest: null };

  it('that are young are within', () => {
    expect(judgeWorkspace({ workspaceId: 'acme', days: 30, held: [none] }, NOW)).toMatchObject({
      ...{ part: 'conversations', name: 'acme', verdict: 'within', says: '30 d after the last word; nothing is older' },
    });
  });

  it('that are old are counted, service by service', () => {
    const held = [{ of: conversations, past: 3, oldest: ago(45) }, none];
    const finding = judgeWorkspace({ workspaceId: 'acme', days: 30, held }, NOW);
    expect(finding).toMatchObject({ verdict: 'overstays', past: 3 });
    expect(finding.says).toBe('30 d after the last word; older are 3 conversations at escalation-orchestrator, the oldest by 15 d');
    expect(finding.todo).toMatch(/^each service erases 200/);
  });
});

describe('what it comes to', () => {
  it.each<[Verdict[], string]>([
    [['within', 'kept', 'notice'], 'within'],
    [['within', 'unseen'], 'unseen'],
    [['unseen', 'overstays'], 'overstays'],
    [['kept'], 'unseen'],
    [[], 'unseen'],
  ])('of %j', (verdicts, worst) => {
    expect(worstOf(verdicts.map((verdict) => ({ part: 'rows', name: 'x', verdict, says: '' })))).toBe(worst);
  });

  it('stands in the last line, with what to do behind what it is about', () => {
    const said = findingsInWords([
      { part: 'topics', name: 'baton.deliveries.v1', verdict: 'overstays', says: 'too long', todo: 'alter it' },
      { part: 'rows', name: 'a.b', verdict: 'unseen', says: 'no answer' },
    ]);
    expect(said.split('\n')).toEqual([
      expect.stringMatching(/^Topics\./),
      '  OVER  baton.deliveries.v1  too long',
      '        → alter it',
      '',
      expect.stringMatching(/^Tables/),
      '  ?     a.b                  no answer',
      '',
      'Kept too long: baton.deliveries.v1. Not looked at: a.b.',
    ]);
  });

  it.each([
    [0, '0 s'],
    [61_000, '1 min 1 s'],
    [DAY, '1 d'],
    [DAY + 60_000, '1 d'],
    [9.5 * DAY, '9 d 12 h'],
  ])('%d ms are %s', (ms, words) => {
    expect(spanInWords(ms)).toBe(words);
  });
});
