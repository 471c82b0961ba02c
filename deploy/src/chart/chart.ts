import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { DEPLOY } from '../place.js';

export const CHART = path.join(DEPLOY, 'helm/baton');

/** What each case of the checks is for is said at the top of its values. */
export function cases(): string[] {
  return readdirSync(path.join(CHART, 'ci'))
    .flatMap((file) => /^(.+)-values\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

/** As what a case is installed; helm takes names of up to 53 characters. */
export const releaseOf = (name: string): string => (name === 'edges' ? 'customer-care-of-the-north-in-production-and-staging1' : 'baton');

export const valuesOf = (name: string): string => path.join(CHART, 'ci', `${name}-values.yaml`);

/**
 * A fingerprint of everything the chart itself says. What it takes over by a link (dashboards, alert rules, the bots of the sandbox) does not
 * count: it is in no golden file either.
 */
export function stampOf(directory = CHART): string {
  const hash = createHash('sha256');
  for (const file of filesIn(directory).sort()) {
    hash.update(`${file}\n`);
    hash.update(readFileSync(path.join(directory, file)));
  }
  return `sha256:${hash.digest('hex')}`;
}

function filesIn(directory: string, below = ''): string[] {
  return readdirSync(path.join(directory, below)).flatMap((name) => {
    const file = path.join(below, name);
    const stat = lstatSync(path.join(directory, file));
    if (stat.isSymbolicLink()) return [];
    return stat.isDirectory() ? filesIn(directory, file) : [file];
  });
}
