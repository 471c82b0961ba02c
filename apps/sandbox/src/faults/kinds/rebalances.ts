import { setTimeout as pause } from 'node:timers/promises';
import { createKafka } from '@baton/messaging/kafka';
import { AssignerProtocol, Kafka, logLevel } from 'kafkajs';
import type { Platform } from '../../platform/platform.js';
import type { Scenario } from '../scenario.js';

const STORM_SECONDS = 20;

/** Members come into every group again and again, are given partitions, do nothing with them and go: each time all partitions are given anew, twice. */
export const rebalanceStorm: Scenario = {
  name: 'rebalance-storm',
  title: `members join and leave every group for ${STORM_SECONDS} s`,
  talk: 'handovers',
  lasts: STORM_SECONDS + 3,
  recoversWithin: 30,
  async inject({ platform, random }) {
    const groups = await groupsOf(platform);
    const until = Date.now() + STORM_SECONDS * 1_000;
    const visits = await Promise.all(groups.map((group) => visitAgainAndAgain(platform, group, until, random)));
    const given = visits.reduce((sum, count) => sum + count, 0);
    return {
      what: `strangers were given partitions of ${groups.length} groups ${given} times in ${STORM_SECONDS} s`,
      backAfter: 0,
      wrong: given < groups.length ? ['no storm came up: strangers were hardly ever given partitions'] : [],
    };
  },
};

interface Group {
  readonly groupId: string;
  readonly topics: readonly string[];
}

/** The groups that have members, and what these read. */
async function groupsOf({ local, topicPrefix }: Platform): Promise<Group[]> {
  const admin = new Kafka({ brokers: [...local.brokers], clientId: 'faults', logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const ours = (await admin.listGroups()).groups.filter(({ groupId }) => groupId.startsWith(`${topicPrefix}.`));
    const { groups } = await admin.describeGroups(ours.map(({ groupId }) => groupId));
    return groups.flatMap(({ groupId, members }) => {
      const topics = members[0] && AssignerProtocol.MemberMetadata.decode(members[0].memberMetadata)?.topics;
      return topics ? [{ groupId, topics }] : [];
    });
  } finally {
    await admin.disconnect();
  }
}

/** Returns how often it was given partitions. */
async function visitAgainAndAgain(platform: Platform, { groupId, topics }: Group, until: number, random: () => number): Promise<number> {
  const kafka = createKafka({ brokers: platform.local.brokers, clientId: 'stranger', topicPrefix: platform.topicPrefix });
  let given = 0;
  while (Date.now() < until) {
    const stranger = kafka.consumer({
      ...{ groupId, topics },
      events: {
        onAssigned: (partitions) => void (given += partitions.length > 0 ? 1 : 0),
        onRevoking: () => Promise.resolve(),
        onRecords: () => undefined,
        onAlive: () => undefined,
        onCrash: () => undefined,
      },
    });
    await stranger.start().catch(() => undefined);
    await pause(300 + random() * 1_500);
    await stranger.stop().catch(() => undefined);
    await pause(random() * 700);
  }
  return given;
}
