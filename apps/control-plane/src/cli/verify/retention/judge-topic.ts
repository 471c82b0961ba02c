import { spanInWords } from './finding.js';
import type { Finding, Verdict } from './finding.js';

/** A topic as its definition wants it and as it is. */
export interface TopicFacts {
  readonly topic: string;
  /** In ms; `compacted` keeps the last record of each key for ever. */
  readonly wanted: number | 'compacted';
  /** Of the broker, with its defaults; `missing` when there is no such topic, or it may not be seen; undefined when only the settings may not. */
  readonly settings: Readonly<Record<string, string>> | 'missing' | undefined;
  /** The first record of each partition that has one; `at` in ms. */
  readonly oldest: readonly { readonly partition: number; readonly at: number }[];
}

/** What a judgement needs of a topic's settings. */
export const SETTINGS = ['cleanup.policy', 'retention.ms', 'segment.ms'] as const;

/** Brokers look every five minutes (`log.retention.check.interval.ms`) for what they may delete; twice that for one that was just busy. */
const CHECK_MS = 600_000;
const ALTER = 'npm run topics -- apply --alter-settings';

/**
 * Whether a topic keeps anything longer than it should. Kafka deletes whole segments, once their newest record is older than `retention.ms`:
 * a record may wait for those that came into its segment after it, `segment.ms` at most, and then for the broker's next look.
 */
export function judgeTopic({ topic, wanted, settings, oldest }: TopicFacts, now: number): Finding {
  const finding = (verdict: Verdict, says: string, more: Partial<Finding> = {}): Finding => ({
    ...{ part: 'topics', name: topic, verdict, says },
    ...more,
  });
  if (settings === 'missing') return finding('unseen', 'is missing, or this user may not see it', { todo: 'npm run topics -- check' });
  if (settings === undefined)
    return finding('unseen', 'its settings may not be seen by this user', { todo: 'allow DescribeConfigs: npm run topics -- acls' });
  const policy = settings['cleanup.policy'] ?? '';
  if (wanted === 'compacted') {
    if (policy === 'compact') return finding('kept', 'the last of each key for ever, on purpose: what is set, no words of visitors');
    return finding('notice', `cleanup.policy is ${policy}, wanted compact: what is set is lost with time`, { todo: ALTER });
  }
  const first = oldest.length === 0 ? undefined : oldest.reduce((one, other) => (other.at < one.at ? other : one));
  const facts = { limitMs: wanted, oldestAt: first ? new Date(first.at).toISOString() : null };
  const there = Number(settings['retention.ms'] ?? NaN);
  const forEver = !policy.split(',').includes('delete')
    ? `cleanup.policy is ${policy}`
    : !(there >= 0)
      ? `retention.ms is ${there}`
      : undefined;
  if (forEver !== undefined)
    return finding('overstays', `${forEver}: records are kept for ever, defined are ${spanInWords(wanted)}`, { ...facts, todo: ALTER });
  if (there > wanted)
    return finding('overstays', `retention.ms is ${spanInWords(there)}, defined are ${spanInWords(wanted)}`, { ...facts, todo: ALTER });

  const longest = there + Number(settings['segment.ms'] ?? 0) + CHECK_MS;
  const stay = `${spanInWords(there)}, at most ${spanInWords(longest)} with its segment`;
  const short = there < wanted ? `; defined are ${spanInWords(wanted)}: who comes late finds less` : '';
  const verdict = there < wanted ? 'notice' : 'within';
  if (!first) return finding(verdict, `${stay}; empty${short}`, { ...facts, ...(short && { todo: ALTER }) });
  const until = new Date(first.at + longest).toISOString();
  const age = spanInWords(Math.max(0, now - first.at));
  if (now - first.at > longest) {
    const past = oldest.filter(({ at }) => now - at > longest).length;
    return finding('overstays', `its oldest record is ${age} old (partition ${first.partition}), ${stay}`, {
      ...{ ...facts, until, past },
      todo: "look at the brokers: the log cleaner's log, clocks, disks; records from the future hold a segment, too",
    });
  }
  return finding(verdict, `${stay}; its oldest record is ${age} old and may stay until ${until}${short}`, {
    ...{ ...facts, until },
    ...(short && { todo: ALTER }),
  });
}
