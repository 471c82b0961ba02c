/** Returns undefined when all is well, else the reason in words that an on-call understands. */
export type Check = () => string | undefined;

/** Which revision of a setting is held here, since when; undefined where none is. */
export type HeldRevision = (settingId: string) => { readonly revision: number; readonly publishedAt: string } | undefined;

export interface HealthReport {
  readonly ok: boolean;
  /** What is wrong, by the name of the check; empty when all is well. */
  readonly problems: Readonly<Record<string, string>>;
}

/**
 * What a service knows about itself. *Live* asks whether a restart would help; *ready* asks whether work may be sent here.
 * Checks look at what is known already and return at once: a probe never waits for Kafka or Postgres.
 */
export class Health {
  readonly #live = new Map<string, Check>();
  readonly #ready = new Map<string, Check>();
  #stopping = false;
  #held: HeldRevision | undefined;

  liveness(name: string, check: Check): void {
    this.#live.set(name, check);
  }

  readiness(name: string, check: Check): void {
    this.#ready.set(name, check);
  }

  /** From now on not ready, for good: the first step of a clean stop. */
  stopping(): void {
    this.#stopping = true;
  }

  /** Says which revision of a setting this service holds: whether a change has arrived is asked at `/health/settings`. */
  holds(revision: HeldRevision): void {
    this.#held = revision;
  }

  /** Null where nothing of this id is held. */
  settingHeld(settingId: string): { readonly settingId: string; readonly revision: number | null; readonly publishedAt: string | null } {
    const held = this.#held?.(settingId);
    return { settingId, revision: held?.revision ?? null, publishedAt: held?.publishedAt ?? null };
  }

  live(): HealthReport {
    return report(this.#live);
  }

  ready(): HealthReport {
    if (this.#stopping) return { ok: false, problems: { process: 'it is stopping' } };
    return report(this.#ready);
  }
}

function report(checks: ReadonlyMap<string, Check>): HealthReport {
  const problems: Record<string, string> = {};
  for (const [name, check] of checks) {
    const problem = answerOf(check);
    if (problem !== undefined) problems[name] = problem;
  }
  return { ok: Object.keys(problems).length === 0, problems };
}

function answerOf(check: Check): string | undefined {
  try {
    return check();
  } catch (error) {
    return `the check itself failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
