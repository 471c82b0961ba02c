import type { KafkaConfig, MessagingLog } from '../kafka/kafka.js';
import { inWords } from './drift.js';
import type { Finding } from './drift.js';
import { survey, withAdmin } from './survey.js';
import type { Survey } from './survey.js';
import type { TopicShape } from './topic-shape.js';
import { topicsOf } from './topic-table.js';
import type { KafkaUser } from './topic-table.js';

export interface WatchTopicsOptions {
  readonly kafka: KafkaConfig;
  /** Only its topics are looked at. */
  readonly user: KafkaUser;
  readonly shape: TopicShape;
  readonly log: MessagingLog;
  /** How long the first look waits, in milliseconds, for whoever creates the topics (default 0). */
  readonly firstAfterMs?: number;
  /** Looks at the topics; Kafka itself unless a test says otherwise. */
  readonly look?: () => Promise<Survey>;
}

const LOOK_EVERY_MS = 5 * 60_000;
/** What is missing is being created, perhaps at this moment. */
const WHILE_MISSING_MS = 1_000;
/** Kafka did not answer; the service's other checks tell that. */
const AFTER_FAILURE_MS = 15_000;

/** Looks at a service's topics at its start and every five minutes. Tells what is not as it should be, once, and changes nothing. */
export class WatchTopics {
  findings: readonly Finding[] = [];
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private toldUnseen = false;

  constructor(private readonly o: WatchTopicsOptions) {}

  start(): void {
    this.again(this.o.firstAfterMs ?? 0);
  }

  /** Which topics the service needs and cannot see, in words for a readiness check; undefined while none is known to be missing. */
  get missing(): string | undefined {
    const names = this.findings.filter(({ remedy }) => remedy === 'create').map(({ topic }) => topic);
    if (names.length === 0) return undefined;
    return `no such topic, or not allowed: ${names.join(', ')} ("topics apply" creates what is missing)`;
  }

  /** Waits for nothing: a look that is under way changes nothing and ends by itself. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private again(ms: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.look(), ms);
    this.timer.unref();
  }

  private async look(): Promise<void> {
    const { kafka, shape, user } = this.o;
    const ask = this.o.look ?? (() => withAdmin(kafka, (admin) => survey(admin, kafka.topicPrefix, shape, topicsOf(user))));
    try {
      const { findings, unseen } = await ask();
      this.tell(findings, unseen);
      this.again(this.missing === undefined ? LOOK_EVERY_MS : WHILE_MISSING_MS);
    } catch (error) {
      if (this.stopped) return;
      this.o.log.info({ reason: error instanceof Error ? error.message : String(error) }, 'the topics could not be looked at');
      this.again(AFTER_FAILURE_MS);
    }
  }

  private tell(findings: readonly Finding[], unseen: readonly string[]): void {
    const { log } = this.o;
    const known = new Set(this.findings.map(inWords));
    for (const finding of findings) {
      const words = inWords(finding);
      if (!known.delete(words)) log.warn({ topic: finding.topic, setting: finding.setting }, `topic drift: ${words}`);
    }
    if (findings.length === 0 && this.findings.length > 0) log.info({}, 'the topics are as they should be again');
    if (unseen.length > 0 && !this.toldUnseen) log.info({ topics: unseen }, 'the settings of these topics may not be seen by this user');
    this.toldUnseen ||= unseen.length > 0;
    this.findings = findings;
  }
}
