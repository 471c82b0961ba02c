import { ContractViolation, derivedId } from '@baton/contracts';
import type { DecidedOutline, ReplayAnswer, ReplayEntry } from '@baton/contracts';
import type { Action } from '../floor/actions.js';
import { freshConversation } from '../floor/conversation.js';
import type { Conversation, Timer } from '../floor/conversation.js';
import { decide } from '../floor/decide.js';
import type { Fact } from '../floor/facts.js';
import type { FloorPolicy } from '../floor/policy.js';
import type { Matter } from '../judge/case.js';
import { deskEventId, factsThatCount, findFact } from '../judge/desk-events.js';
import { deskFactKind } from '../judge/fact-kind.js';
import { canonical } from '../judge/recording/canonical.js';
import type { Knew } from '../judge/recording/judged.js';
import { outlineOf, passedOverOutline } from '../judge/recording/outline.js';
import { toJson } from '../judge/storable.js';
import { readAgain } from './read-again.js';

type Identity = Pick<Conversation, 'id' | 'botId' | 'channel' | 'address'>;

/** One fact, judged again. */
export interface Step {
  readonly before: Conversation;
  readonly fact: Fact;
  readonly after: Conversation;
  readonly actions: readonly Action[];
}

export interface Judged extends Pick<ReplayAnswer, 'decided' | 'rang' | 'resumed' | 'failed' | 'unsure'> {
  readonly steps: readonly Step[];
}

/** A timer that rang then rang a moment after its time; one that this build alone has set would have, too (ms). */
const RINGS_WITHIN = 2_000;

/**
 * One conversation, judged again from what was noted: each fact with the time, the policy and the knowledge of then. Pure: reaches nothing
 * outside. Its own timers ring only where they are not those of then: what was late then stays late.
 */
export class Replayer {
  private state: Conversation | undefined;
  /** Timers as they were then, where that is known. */
  private timersThen: readonly Timer[] = [];
  private drifted = false;

  constructor(
    private readonly identity: Identity,
    private readonly policyOf: (id: string) => FloorPolicy | undefined,
  ) {}

  judge(entry: ReplayEntry): Judged {
    const resumed = this.start(entry);
    if (!this.state) return nothing({ unsure: 'what came before it is not known' });
    if (entry.gone) return this.lose({ unsure: 'its record is no longer in the topic' });
    const policy = entry.policy === undefined ? undefined : this.policyOf(entry.policy);
    try {
      const rang = policy ? this.ringBefore(entry.at, policy) : [];
      const { decided, steps } = this.decideAll(entry, policy);
      this.follow(entry.decided, decided);
      return { decided, steps, ...(rang.length > 0 ? { rang } : {}), ...(resumed ? { resumed } : {}) };
    } catch (error) {
      return this.lose({ failed: reasonOf(error) });
    }
  }

  /** @returns whether what is noted there is not what this replay had come to, though it decided the same */
  private start({ start }: ReplayEntry): boolean {
    if (!start) return false;
    const before = this.state;
    this.state = { ...freshConversation(this.identity), ...(start as Partial<Conversation>) };
    this.timersThen = this.state.timers;
    const isOther = before !== undefined && !this.drifted && canonical(asKept(before)) !== canonical(asKept(this.state));
    this.drifted = false;
    return isOther;
  }

  private decideAll(entry: ReplayEntry, policy: FloorPolicy | undefined): { decided: DecidedOutline[]; steps: Step[] } {
    const matter = entry.record ? readAgain(entry.record) : (entry.matter as Matter);
    if ('ignored' in matter) return { decided: [passedOverOutline('record', entry.position, matter.ignored)], steps: [] };
    const found = factsOf(matter, (entry.knew ?? {}) as Knew);
    if ('passedOver' in found) return { decided: [found.passedOver], steps: [] };
    const decided: DecidedOutline[] = [];
    const steps: Step[] = [];
    for (const fact of factsThatCount(this.state!, found.facts)) {
      if (!policy) throw new ContractViolation('invalid-data', 'the settings of then are not kept');
      const step = this.decideOne(fact, policy, entry.at);
      steps.push(step);
      decided.push(outlineOf(step));
    }
    return { decided, steps };
  }

  private decideOne(fact: Fact, policy: FloorPolicy, at: number): Step {
    const before = this.state!;
    const { conversation, actions } = decide(before, fact, policy, at);
    // As Postgres gives it back before the next fact.
    this.state = conversation === before ? before : asKept(conversation);
    return { before, fact, after: conversation, actions };
  }

  /** What this build's own timers would have done before then. */
  private ringBefore(at: number, policy: FloorPolicy): { at: number; decided: DecidedOutline }[] {
    const rang: { at: number; decided: DecidedOutline }[] = [];
    for (let round = 0; round < 100; round++) {
      const own = this.state!.timers.filter(({ kind, dueAt }) => !this.timersThen.some((one) => one.kind === kind && one.dueAt === dueAt));
      const next = Math.min(...own.map(({ dueAt }) => dueAt));
      if (!(next + RINGS_WITHIN < at)) break;
      const fact: Fact = { id: derivedId('time-passed', this.identity.id, next), kind: 'time-passed' };
      rang.push({ at: next, decided: outlineOf(this.decideOne(fact, policy, next)) });
      this.drifted = true;
    }
    return rang;
  }

  private follow(then: readonly DecidedOutline[], now: readonly DecidedOutline[]): void {
    for (const { changed } of then) if ('timers' in changed) this.timersThen = changed['timers'] as readonly Timer[];
    if (canonical(then) !== canonical(now)) this.drifted = true;
  }

  /** Nothing is known any more until the next start. */
  private lose(reason: Pick<Judged, 'failed' | 'unsure'>): Judged {
    this.state = undefined;
    return nothing(reason);
  }
}

function nothing(reason: Pick<Judged, 'failed' | 'unsure'>): Judged {
  return { decided: [], steps: [], ...reason };
}

function asKept(conversation: Conversation): Conversation {
  return JSON.parse(toJson(conversation)) as Conversation;
}

function factsOf(matter: Matter, { known, setByUs }: Knew): { facts: readonly Fact[] } | { passedOver: DecidedOutline } {
  if (matter.about !== 'desk') return { facts: [matter.fact] };
  const finding = findFact(matter.event, known, setByUs);
  if ('facts' in finding) return finding;
  return { passedOver: passedOverOutline(deskFactKind(matter.event.kind), deskEventId(matter.event), finding.ignored) };
}

/** Never the data. */
function reasonOf(error: unknown): string {
  if (error instanceof ContractViolation) return error.message;
  return error instanceof Error ? error.name : 'unknown error';
}
