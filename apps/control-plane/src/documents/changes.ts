import type { DocumentChange } from '@baton/control-api';
import { purposeOf } from '@baton/settings';
import { differencesOf } from './difference.js';
import type { Difference, Json, Step } from './difference.js';
import { withMarks } from './secrets.js';

/** The hashes of keys are nobody's to read, either. */
const HASHES = 'apiKeyHashes';

/** What is another one in the second, as people read it; of secrets only that they are others. Null is a document that was taken away. */
export function changesBetween(before: object | null | undefined, after: object | null | undefined): DocumentChange[] {
  const differences = differencesOf((before ?? {}) as Json, (after ?? {}) as Json);
  const seen = new Set<string>();
  return differences.map(shown).filter(({ path, secret }) => {
    if (secret === undefined) return true;
    if (seen.has(path)) return false;
    seen.add(path);
    return true;
  });
}

function shown({ steps, before, after }: Difference): DocumentChange {
  const kind = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
  const last = steps.at(-1);
  const inList = typeof last === 'object';
  if (steps[0] === HASHES || isSecret(before) || isSecret(after)) {
    return { path: pathOf(inList ? steps.slice(0, -1) : steps), kind: inList ? 'changed' : kind, secret: true };
  }
  return {
    path: pathOf(steps),
    kind,
    ...(before !== undefined && { before: withMarks(before) as never }),
    ...(after !== undefined && { after: withMarks(after) as never }),
  };
}

const isSecret = (value: Json | undefined): boolean =>
  typeof value === 'string' ? purposeOf(value) !== undefined : Array.isArray(value) && value.some(isSecret);

/** `handover.hours.exceptions[2026-12-24].open`. */
export function pathOf(steps: readonly Step[]): string {
  return steps.reduce<string>((path, step) => {
    if (typeof step === 'object') return `${path}[${typeof step.is === 'string' ? step.is : JSON.stringify(step.is)}]`;
    if (!/^[\w-]+$/.test(step)) return `${path}[${JSON.stringify(step)}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');
}

const PATHS_TOLD = 20;

/** What changed, in few words and without values, for the audit log. */
export function summaryOf(changes: readonly DocumentChange[]): { paths: string[]; more?: number } {
  const paths = changes.slice(0, PATHS_TOLD).map(({ path }) => path.slice(0, 200));
  return { paths, ...(changes.length > PATHS_TOLD && { more: changes.length - PATHS_TOLD }) };
}
