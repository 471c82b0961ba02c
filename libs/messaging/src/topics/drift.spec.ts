import { describe, expect, it } from '@jest/globals';
import type { TopicThere, TopicToBe } from '../kafka/kafka.js';
import { driftOf, inWords } from './drift.js';
import { topicsToBe } from './topic-shape.js';
import { TOPIC_TABLE } from './topic-table.js';

const wanted: TopicToBe = { topic: 't', partitions: 24, replication: 3, settings: { 'retention.ms': '7', 'min.insync.replicas': '2' } };
const there = (other: Partial<TopicThere> = {}): TopicThere => ({ ...wanted, ...other });
const judged = { saidPartitions: true, saidMinInSync: true };
const words = (of: readonly TopicThere[], options = judged) => driftOf([wanted], of, options).map(inWords);

describe('what differs between the topics that should be and those that are', () => {
  it.each<[string, TopicThere[], string[]]>([
    ['nothing', [there()], []],
    ['nothing, with topics of others beside', [there(), there({ topic: 'theirs', partitions: 1 })], []],
    ['nothing, with more replicas than wanted', [there({ replication: 4 })], []],
    ['nothing that this user may see', [there({ settings: undefined })], []],
    ['a topic that is missing', [], ['t is missing, or this user may not see it (24 partitions, 3 replicas)']],
    ['fewer partitions', [there({ partitions: 12 })], ['t: partitions is 12, wanted 24 (apply --grow-partitions)']],
    [
      'more partitions, which Kafka never takes away',
      [there({ partitions: 48 })],
      ['t: partitions is 48, wanted 24 (Kafka takes none away: say the number that is there, or make the topic anew)'],
    ],
    ['fewer replicas', [there({ replication: 1 })], ['t: replication is 1, wanted 3 (with kafka-reassign-partitions.sh)']],
    [
      'settings, one line each',
      [there({ settings: { 'retention.ms': '8' } })],
      ['t: retention.ms is 8, wanted 7 (apply --alter-settings)', 't: min.insync.replicas is not set, wanted 2 (apply --alter-settings)'],
    ],
  ])('%s', (_, of, lines) => expect(words(of)).toEqual(lines));

  it('a number of partitions that nobody asked for is not judged, except where it must be one', () => {
    const unsaid = { ...judged, saidPartitions: false };
    expect(words([there({ partitions: 12 })], unsaid)).toEqual([]);
    const one = { ...wanted, partitions: 1 };
    expect(driftOf([one], [there()], unsaid)).toMatchObject([{ setting: 'partitions', remedy: 'by-hand' }]);
  });
});

describe('how many replicas must be in sync', () => {
  /** What differs at a topic of so many replicas on a cluster that would make it with those `wanted`. */
  const differs = (brokers: number, replication: number, inSync: string | undefined, minInSync?: number) =>
    driftOf(
      topicsToBe('baton', { ...(minInSync !== undefined && { minInSync }) }, brokers).slice(0, 1),
      topicsToBe('baton', {}, brokers)
        .slice(0, 1)
        .map((one) => ({
          ...{ ...one, replication },
          settings: { ...one.settings, ...(inSync !== undefined && { 'min.insync.replicas': inSync }) },
        })),
      { saidPartitions: false, saidMinInSync: minInSync !== undefined },
    ).map(({ setting, wanted: to, remedy }) => `${setting} ${to} ${remedy}`);

  it.each<[string, string[], ...Parameters<typeof differs>]>([
    ['is right on a healthy cluster', [], 3, 3, '2'],
    ['is not lowered because a broker is away', [], 2, 3, '2'],
    ['is not lowered because somebody wants more of them', [], 3, 3, '3'],
    ['follows from the replicas that a topic has, not from those it should have', ['replication 3 by-hand'], 3, 1, '1'],
    ['is too few at a topic with three replicas', ['min.insync.replicas 2 alter'], 3, 3, '1'],
    ['is too few there while a broker is away, too', ['min.insync.replicas 2 alter'], 2, 3, '1'],
    ['is as somebody said', ['min.insync.replicas 1 alter'], 3, 3, '2', 1],
    [
      'is left to a person where a topic could not be written any more',
      ['replication 3 by-hand', 'min.insync.replicas 2 by-hand'],
      3,
      1,
      '1',
      2,
    ],
  ])('%s', (_, findings, ...standing) => {
    expect(differs(...standing)).toEqual(findings);
  });
});

describe('the topics that should be', () => {
  const of = (name: string, ...more: [object?, number?]) =>
    topicsToBe('baton', more[0] ?? {}, more[1]).find(({ topic }) => topic === `baton.${name}.v1`)!;

  it.each([
    [1, 1, '1'],
    [2, 2, '1'],
    [3, 3, '2'],
    [9, 3, '2'],
  ])('on %i brokers have %i replicas, of which %s must have a record', (brokers, replication, inSync) => {
    expect(of('deliveries', {}, brokers)).toMatchObject({ replication, settings: { 'min.insync.replicas': inSync } });
  });

  it('follow the choices of the installation', () => {
    const shape = { partitions: 48, replication: 2, minInSync: 2, retentionMs: 1_000 };
    expect(of('deliveries', shape)).toMatchObject({
      ...{ partitions: 48, replication: 2 },
      settings: { 'min.insync.replicas': '2', 'retention.ms': '1000', 'cleanup.policy': 'delete' },
    });
  });

  it('keep settings by key in one partition, whatever was chosen', () => {
    expect(of('settings', { partitions: 48 })).toMatchObject({ partitions: 1, settings: { 'cleanup.policy': 'compact' } });
  });

  it('have a writer each, and a reader, except what is for others alone', () => {
    expect(TOPIC_TABLE.filter(({ writers }) => writers.length === 0)).toEqual([]);
    const unread = TOPIC_TABLE.filter(({ readers, followers }) => readers.length + followers.length === 0);
    expect(unread.map(({ name }) => name)).toEqual(['usage']);
  });
});
