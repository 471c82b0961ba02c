import { Effects } from '@baton/effects';
import type { CrispConnections } from '@baton/crisp';
import type { Inbox, Outbox } from '@baton/messaging';
import { FORGET_EVERY_MS } from '@baton/persistence/retention';
import type { SettingsStore } from '@baton/settings';
import { countEffects, watchEffects } from '@baton/telemetry';
import type { Job, Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import { randomUUID } from 'node:crypto';
import type { Asking } from '../asking/asking.js';
import type { DueWork } from '../asking/due-work.js';
import type { MaySpeak } from '../connection/may-speak.js';
import type { Quota } from '../quota/quota.js';
import type { Receipts } from '../receipts/receipts.js';
import { AnswerSession } from './answering/answer-session.js';
import { answerWorker } from './answering/answer-worker.js';
import { CatchUp } from './catch-up/catch-up.js';
import type { InboxParts } from './effects/inbox-parts.js';
import { noteKind } from './effects/note.js';
import { sayKind } from './effects/say.js';
import { NOTE, SAY, websiteOfTarget } from './effects/tasks.js';
import type { Claimed } from './session-store.js';
import { InboxJudge } from './inbox-judge.js';
import type { Observations } from './observations.js';
import { pruneInbox } from './prune-inbox.js';
import type { Forgetting } from './prune-inbox.js';
import { TypingShown } from './typing-shown.js';

export interface InboxRoadOptions {
  readonly dataSource: DataSource;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly settings: Pick<SettingsStore, 'bot' | 'botsOfWebsite'>;
  readonly connections: CrispConnections;
  readonly asking: Pick<Asking, 'run'>;
  readonly maySpeak: Pick<MaySpeak, 'of'>;
  readonly quota: Pick<Quota, 'reserve' | 'commit' | 'refund'>;
  readonly receipts: Receipts;
  readonly stillLive: InboxParts['stillLive'];
  readonly observations: Observations;
  readonly log: Logger;
  readonly instanceId: string;
  /** Answers in the making at once. */
  readonly answersAtOnce: number;
  /** Between two looks for messages that no web hook told (ms); 0: there are none. */
  readonly catchUpEveryMs: number;
  readonly forgetting: Forgetting;
  /** ms; default the process's clock. */
  readonly now?: () => number;
}

/** What a killed replica had in hand is gone on with by another after so long (ms): the visitor waits for it. */
const EFFECT_LEASE = 5_000;

/** From what happens in the inbox to what is said there: the judge, the making of answers, and what is done at Crisp. */
export class InboxRoad {
  readonly judge: InboxJudge;
  readonly effects: Effects;
  readonly worker: DueWork<Claimed>;
  private readonly answers: AnswerSession;
  private readonly catchUp: CatchUp;
  private readonly typing: TypingShown;

  constructor(private readonly options: InboxRoadOptions) {
    const { dataSource, inbox, outbox, settings, connections, receipts, observations, log, instanceId } = options;
    const now = options.now ?? Date.now;
    const owner = `${instanceId}:${randomUUID().slice(0, 8)}`;
    this.typing = new TypingShown((websiteId) => connections.callsPerSecond(websiteId));
    // The judge plans effects and wakes the worker, and both judge what came of it: each is there by the time it is needed.
    this.judge = new InboxJudge({
      dataSource,
      inbox,
      outbox,
      effects: { plan: (manager, plans) => this.effects.plan(manager, plans), wake: (lanes) => this.effects.wake(lanes) },
      receipts,
      botOf: (botId) => settings.bot(botId),
      now,
      observe: {
        judged: (kind) => observations.judged(kind),
        stateMoved: (from, to) => observations.stateMoved(from, to),
        overtaken: (sessionId) => this.worker.overtake(sessionId),
        due: (at, session) => {
          this.worker.wake(at);
          this.answers.readAhead(session);
        },
      },
    });
    const parts = { ...options, judge: this.judge, typing: this.typing, now };
    const kinds = { [SAY]: sayKind(parts), [NOTE]: noteKind(parts) };
    this.effects = new Effects({
      dataSource,
      instanceId,
      kinds,
      budgets: (target) => ({ perSecond: connections.callsPerSecond(websiteOfTarget(target)) }),
      leaseMs: EFFECT_LEASE,
      observer: countEffects(Object.keys(kinds)),
      onError: (error) => log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'effects go on after a failure'),
    });
    this.answers = new AnswerSession({ ...parts, owner });
    this.worker = answerWorker({ dataSource, answers: this.answers, log, owner, concurrency: options.answersAtOnce, now });
    this.catchUp = new CatchUp({ ...options, judge: this.judge, everyMs: options.catchUpEveryMs, now });
    observations.watch(() => this.worker.running, dataSource);
    watchEffects(this.effects, dataSource);
  }

  /** Begins to answer; settings must have been read. */
  start(): void {
    this.effects.start();
    this.worker.start();
    this.catchUp.start();
  }

  async stop(): Promise<void> {
    // What an answer that ends now still plans is said by the other replicas.
    await Promise.all([this.catchUp.stop(), this.worker.stop().then(() => this.answers.stop()), this.effects.stop()]);
    await this.typing.stop();
  }

  get jobs(): Job[] {
    const { dataSource, inbox, receipts, forgetting } = this.options;
    const now = this.options.now ?? Date.now;
    const run = () => pruneInbox({ dataSource, inbox, receipts, effects: this.effects }, forgetting, now());
    return [{ what: 'forget old sessions and answers', everyMs: FORGET_EVERY_MS, run }];
  }
}
