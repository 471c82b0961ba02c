import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const PLACE = path.join('node_modules', '.cache', 'baton');

/** Stamps tell what a step last saw; they lie in node_modules and go away with it. */
export function readStamp(root, name) {
  try {
    return readFileSync(path.join(root, PLACE, name), 'utf8');
  } catch {
    return undefined;
  }
}

export function writeStamp(root, name, stamp) {
  mkdirSync(path.join(root, PLACE), { recursive: true });
  writeFileSync(path.join(root, PLACE, name), stamp);
}

export function contentStamp(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Changes when a file below comes, goes, or is written; looks only at names, sizes and times. */
export function filesStamp(root, places) {
  const hash = createHash('sha256');
  for (const place of places) walk(path.join(root, place), hash);
  return hash.digest('hex');
}

const NOT_SOURCES = new Set(['node_modules', 'dist', 'dist-browser', '.git']);

function walk(place, hash) {
  let entry;
  try {
    entry = statSync(place);
  } catch {
    return;
  }
  if (!entry.isDirectory()) return void hash.update(`${place}\0${entry.size}\0${entry.mtimeMs}\n`);
  for (const name of readdirSync(place).sort()) {
    if (!NOT_SOURCES.has(name) && !name.endsWith('.tsbuildinfo')) walk(path.join(place, name), hash);
  }
}
