import { RESULT_DAYS } from '@baton/control-api';
import { ErasedSchema } from '@baton/passes';
import type { Erased } from '@baton/passes';
import type { Logger } from '@baton/telemetry';
import { ApiRefusal } from '../api/problem.js';
import { LettersStore } from '../dead-letters/letters.store.js';
import type { ServiceName, Services } from '../services/services.js';
import { Lease, LeaseLost } from './lease.js';
import { asOne, eachOnce, portionsOf } from './portions.js';
import { nextStep, withStep } from './privacy-request.js';
import type { KeptRequest, StepName } from './privacy-request.js';
import type { PrivacyStore } from './privacy-store.js';

const LOOK_EVERY_MS = 1_000;
const AGAIN_MS = 5_000;
const DAY_MS = 86_400_000;

export interface WorkOffOptions {
  readonly store: PrivacyStore;
  readonly services: Pick<Services, 'json'>;
  readonly log: Pick<Logger, 'warn'>;
  readonly now?: () => Date;
}

/** A request after a step, with what that adds to the result. */
type Done = KeptRequest & { readonly part?: Record<string, unknown> };

/** Does what was asked for, step by step; each step may be done twice, so that whoever comes after a crash goes on. */
export class WorkOff {
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> | undefined;
  private isStopped = false;

  constructor(private readonly o: WorkOffOptions) {}

  start(): void {
    this.timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
  }

  /** What is being done is done to its end; the next step is whoever's comes after. */
  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    await this.working;
  }

  wake(): void {
    if (this.isStopped) return;
    this.working ??= this.work()
      .catch((err: unknown) => this.o.log.warn({ err }, 'requests for privacy cannot be worked off at the moment'))
      .finally(() => (this.working = undefined));
  }

  private async work(): Promise<void> {
    await this.o.store.forgetResults(this.now());
    while (!this.isStopped) {
      const taken = await Lease.take(this.o.store, () => this.now());
      if (!taken) return;
      await this.oneStep(taken.request, taken.lease);
    }
  }

  private async oneStep(request: KeptRequest, lease: Lease): Promise<void> {
    const step = nextStep(request);
    try {
      const { part, ...done }: Done = step === undefined ? request : await this.did(request, step, lease);
      const now = this.now();
      if (nextStep(done) !== undefined) return await lease.save(done, { nextAt: now, ...(part && { part }) });
      const resultUntil = request.kind === 'export' ? new Date(now.getTime() + RESULT_DAYS * DAY_MS) : null;
      await lease.save({ ...done, endedAt: now, resultUntil }, { nextAt: null, ...(part && { part }) });
    } catch (error) {
      if (error instanceof LeaseLost) return;
      if (!(error instanceof ApiRefusal) || step === undefined) throw error;
      const steps = withStep(request.steps, step, { waitsBecause: error.detail });
      await lease.save({ ...request, steps }, { nextAt: new Date(this.now().getTime() + AGAIN_MS) });
    }
  }

  private async did(request: KeptRequest, step: StepName, lease: Lease): Promise<Done> {
    if (step === 'control-plane')
      return { ...request, steps: withStep(request.steps, step, { done: true, rows: await this.eraseHere(request) }) };
    const portions = portionsOf(request.subjects);
    if (request.kind === 'export') {
      const parts: Record<string, unknown>[] = [];
      for (const portion of portions) {
        await lease.renew();
        parts.push(await this.ask(step, request, 'export', portion));
      }
      return { ...request, steps: withStep(request.steps, step, { done: true, waitsBecause: null }), part: { [step]: asOne(parts) } };
    }
    const { subjects, atCrisp, createdAt } = request;
    const erased: Erased[] = [];
    for (const portion of portions) {
      await lease.renew();
      const body = { ...portion, atCrisp, at: createdAt.toISOString() };
      erased.push(ErasedSchema.parse(await this.ask(step, request, 'erase', body)));
    }
    const numbering = erased.flatMap((one) => one.numbering);
    const rows = erased.reduce((sum, one) => sum + one.rows, 0);
    return {
      ...request,
      steps: withStep(request.steps, step, { done: true, rows, waitsBecause: null }),
      crisp: eachOnce([...request.crisp, ...erased.flatMap((one) => one.crisp)]),
      ...(numbering.length > 0 && { subjects: { ...subjects, numbering } }),
    };
  }

  private ask<T>(service: ServiceName, { workspaceId, author }: KeptRequest, what: 'export' | 'erase', body: object): Promise<T> {
    const pass = { workspaceId, errand: 'privacy', may: what === 'erase' ? 'write' : 'read', by: author.id ?? author.kind } as const;
    return this.o.services.json<T>(service, pass, { method: 'POST', path: `/privacy/${what}`, body });
  }

  /** Records that were put aside, and exports of before. */
  private async eraseHere({ subjects, workspaceId }: KeptRequest): Promise<number> {
    const { conversationIds, sessionIds } = subjects;
    const ids = [...conversationIds, ...sessionIds];
    const { dataSource } = this.o.store;
    const letters = await new LettersStore(dataSource).erase(conversationIds, sessionIds);
    const [, results]: [unknown, number] = await dataSource.query(
      `UPDATE privacy_requests SET result = NULL, result_until = NULL WHERE workspace_id = $1 AND result IS NOT NULL
         AND (subjects -> 'conversationIds' ?| $2::text[] OR subjects -> 'sessionIds' ?| $2::text[])`,
      [workspaceId, ids],
    );
    return letters + results;
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}
