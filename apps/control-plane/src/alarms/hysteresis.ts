/** Something that is wrong at this moment. */
export interface Finding {
  readonly code: string;
  /** Of the workspace that it concerns; null for the whole installation. */
  readonly workspaceId: string | null;
  /** What it is about: a bot, a website, a service. With code and workspace it names the alarm. */
  readonly about: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

/** What is kept of an alarm between two looks. Times are ms. */
export interface Tracked extends Finding {
  /** `pending`: wrong, but not for long enough. */
  readonly state: 'pending' | 'open';
  /** Since when it is wrong. */
  readonly since: number;
  /** Since when nothing is wrong any more; null while it is. */
  readonly wellSince: number | null;
}

/** How long it must be wrong before it is told, and well before it is told to be over (ms). */
export interface Pace {
  readonly opensAfter: number;
  readonly closesAfter: number;
}

export interface Look {
  readonly findings: readonly Finding[];
  /** Whether nobody could tell if this one is still wrong: then it stays as it is. */
  readonly isUnknown: (tracked: Finding) => boolean;
  /** ms */
  readonly now: number;
  readonly paceOf: (code: string) => Pace;
}

export interface Steps {
  /** What is kept from now on. */
  readonly tracked: readonly Tracked[];
  readonly opened: readonly Tracked[];
  readonly closed: readonly Tracked[];
}

/** The same alarm has the same name at every look. */
export function nameOf({ code, workspaceId, about }: Finding): string {
  return JSON.stringify([code, workspaceId, about]);
}

/**
 * What becomes of the alarms by a look at what is wrong. One that comes and goes quickly opens once, if ever, and closes when it was well for
 * long enough: it does not flap.
 */
export function step(before: readonly Tracked[], { findings, isUnknown, now, paceOf }: Look): Steps {
  const wrong = new Map(findings.map((finding) => [nameOf(finding), finding]));
  const tracked: Tracked[] = [];
  const opened: Tracked[] = [];
  const closed: Tracked[] = [];
  for (const one of before) {
    const finding = wrong.get(nameOf(one));
    wrong.delete(nameOf(one));
    const next = nextOf(one, finding, { isUnknown: finding === undefined && isUnknown(one), now, pace: paceOf(one.code) });
    if (next === undefined) {
      if (one.state === 'open') closed.push({ ...one, wellSince: one.wellSince ?? now });
      continue;
    }
    if (one.state === 'pending' && next.state === 'open') opened.push(next);
    tracked.push(next);
  }
  for (const finding of wrong.values()) {
    const isAtOnce = paceOf(finding.code).opensAfter <= 0;
    const one: Tracked = { ...finding, state: isAtOnce ? 'open' : 'pending', since: now, wellSince: null };
    if (isAtOnce) opened.push(one);
    tracked.push(one);
  }
  return { tracked, opened, closed };
}

/** Undefined when it is over. */
function nextOf(
  one: Tracked,
  finding: Finding | undefined,
  { isUnknown, now, pace }: { readonly isUnknown: boolean; readonly now: number; readonly pace: Pace },
): Tracked | undefined {
  // What nobody looked at was not well meanwhile, as far as anybody knows.
  if (isUnknown) return { ...one, wellSince: null };
  if (finding) {
    const isTold = one.state === 'open' || now - one.since >= pace.opensAfter;
    return { ...one, ...finding, state: isTold ? 'open' : 'pending', wellSince: null };
  }
  const wellSince = one.wellSince ?? now;
  return now - wellSince >= pace.closesAfter ? undefined : { ...one, wellSince };
}
