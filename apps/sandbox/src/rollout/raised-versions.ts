import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** An event that is written in another version since. */
export interface Raised {
  readonly from: number;
  readonly to: number;
}

const SCHEMA = /^(.+)\.v(\d+)\.schema\.json$/;
const REFUSED = /(\S+) is known in version (\d+), not (\d+)/;

/** The version of each event, as the documents of a tree tell them. */
export async function versionsOf(root: string): Promise<ReadonlyMap<string, number>> {
  const files = await readdir(path.join(root, 'docs/contracts'), { recursive: true });
  const versions = new Map<string, number>();
  for (const file of files) {
    const [, type, version] = SCHEMA.exec(path.basename(file)) ?? [];
    if (type !== undefined) versions.set(type, Math.max(Number(version), versions.get(type) ?? 0));
  }
  return versions;
}

export function raisedBetween(old: ReadonlyMap<string, number>, now: ReadonlyMap<string, number>): ReadonlyMap<string, Raised> {
  const raised = new Map<string, Raised>();
  for (const [type, to] of now) {
    const from = old.get(type);
    if (from !== undefined && from !== to) raised.set(type, { from, to });
  }
  return raised;
}

/** Why a record was put aside, in words, where it is certain that a raised version is the reason: both builds say so, and so does the reader. */
export function becauseRaised(reason: string, raised: ReadonlyMap<string, Raised>): string | undefined {
  const [, type = '', known, got] = REFUSED.exec(reason) ?? [];
  const one = raised.get(type);
  if (!one) return undefined;
  const { from, to } = one;
  const isBetween = (Number(known) === from && Number(got) === to) || (Number(known) === to && Number(got) === from);
  return isBetween ? `${type} from ${from} to ${to}` : undefined;
}
