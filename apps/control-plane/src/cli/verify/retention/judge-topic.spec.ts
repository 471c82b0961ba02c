import { describe, expect, it } from '@jest/globals';
import { judgeTopic } from './judge-topic.js';
import type { TopicFacts } from './judge-topic.js';

const DAY = 86_400_000;
const NOW = Date.parse('2026-06-30T00:00:00Z');
const WEEK = { 'cleanup.policy': 'delete', 'retention.ms': String(7 * DAY), 'segment.ms': String(DAY) };
const ago = (...days: number[]) => days.map((age, partition) => ({ partition, at: NOW - age * DAY }));

const judge = (facts: Partial<TopicFacts>) =>
  judgeTopic({ topic: 'baton.x.v1', wanted: 7 * DAY, settings: WEEK, oldest: [], ...facts }, NOW);

describe('a topic', () => {
  it.each<[string, Partial<TopicFacts>, string, RegExp]>([
    ['that is empty', {}, 'within', /^7 d, at most 8 d 10 min? .*; empty$|^7 d, at most 8 d with its segment; empty$/],
    ['whose oldest record is young', { oldest: ago(3) }, 'within', /oldest record is 3 d old and may stay until 2026-07-05T00:10:00/],
    ['whose oldest record waits for its segment', { oldest: ago(1, 8) }, 'within', /8 d old and may stay until 2026-06-30T00:10:00/],
    ['whose oldest record should be gone', { oldest: ago(1, 8.1) }, 'overstays', /8 d 2 h old \(partition 1\)/],
    [
      'that keeps longer',
      { settings: { ...WEEK, 'retention.ms': String(30 * DAY) } },
      'overstays',
      /retention.ms is 30 d, defined are 7 d/,
    ],
    ['that keeps for ever', { settings: { ...WEEK, 'retention.ms': '-1' } }, 'overstays', /retention.ms is -1: records are kept for ever/],
    [
      'that nobody cleans',
      { settings: { ...WEEK, 'cleanup.policy': 'compact' } },
      'overstays',
      /cleanup.policy is compact: records are kept for/,
    ],
    ['that compacts and deletes', { settings: { ...WEEK, 'cleanup.policy': 'compact,delete' } }, 'within', /empty/],
    ['that keeps shorter', { settings: { ...WEEK, 'retention.ms': String(DAY) } }, 'notice', /defined are 7 d: who comes late finds less/],
    [
      'that keeps shorter and does not do even that',
      { settings: { ...WEEK, 'retention.ms': String(DAY) }, oldest: ago(3) },
      'overstays',
      /oldest record is 3 d old/,
    ],
    ['whose clock goes before ours', { oldest: ago(-1) }, 'within', /oldest record is 0 s old/],
    ['of settings', { wanted: 'compacted', settings: { 'cleanup.policy': 'compact' } }, 'kept', /on purpose/],
    ['of settings that loses them', { wanted: 'compacted', settings: WEEK }, 'notice', /what is set is lost with time/],
    ['that is not there', { settings: 'missing' }, 'unseen', /missing, or this user may not see it/],
    ['whose settings are hidden', { settings: undefined }, 'unseen', /may not be seen/],
  ])('%s', (_, facts, verdict, says) => {
    expect(judge(facts)).toMatchObject({ part: 'topics', name: 'baton.x.v1', verdict, says: expect.stringMatching(says) });
  });

  it('that is not as it should be says what to do', () => {
    for (const settings of [undefined, 'missing', { ...WEEK, 'retention.ms': '-1' }, { ...WEEK, 'retention.ms': '5' }] as const)
      expect(judge({ settings }).todo).toEqual(expect.any(String));
    expect(judge({ oldest: ago(3) }).todo).toBeUndefined();
  });

  it('tells how many partitions hold what should be gone', () => {
    expect(judge({ oldest: ago(9, 1, 20) })).toMatchObject({
      past: 2,
      oldestAt: '2026-06-10T00:00:00.000Z',
      until: '2026-06-18T00:10:00.000Z',
    });
  });
});
