import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEPLOY } from '../place.js';
import { stampOf } from './chart.js';
import { type Manifest, manifestsOf } from './manifest.js';

export const GOLDEN = path.join(DEPLOY, 'helm/golden');

/** What the chart takes over from elsewhere changes with that, not with the chart. */
const TAKEN_OVER = new Set(['observability', 'sandbox-settings']);
const COMPONENT = /^\s+app\.kubernetes\.io\/component: (\S+)$/m;

/** What was rendered without what comes from elsewhere; the stamp says from which chart. */
export function goldenOf(rendered: string): string {
  const documents = rendered.split(/^---$/m).filter((text) => text.trim() !== '' && !TAKEN_OVER.has(COMPONENT.exec(text)?.[1] ?? ''));
  return `# Rendered by \`npm run chart -- --write\`; not to be changed by hand.\n# chart ${stampOf()}\n---${documents.join('---')}`;
}

const fileOf = (name: string): string => path.join(GOLDEN, `${name}.yaml`);

/** The stamp of the chart that a golden file was rendered from; undefined when there is no such file. */
export function stampOfGolden(name: string): string | undefined {
  if (!existsSync(fileOf(name))) return undefined;
  return /^# chart (\S+)$/m.exec(readFileSync(fileOf(name), 'utf8'))?.[1];
}

const read = new Map<string, Manifest[]>();

export function readGolden(name: string): readonly Manifest[] {
  const known = read.get(name) ?? manifestsOf(readFileSync(fileOf(name), 'utf8'));
  read.set(name, known);
  return known;
}

export function isGolden(name: string, rendered: string): boolean {
  return existsSync(fileOf(name)) && readFileSync(fileOf(name), 'utf8') === goldenOf(rendered);
}

export async function writeGolden(name: string, rendered: string): Promise<void> {
  await writeFile(fileOf(name), goldenOf(rendered));
}
