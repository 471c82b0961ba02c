import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DEFAULT_PORTS, type Ports } from './ports.js';

/**
 * The settings file that fits the ports: itself where they are the usual ones, else a copy in `directory` in which the
 * addresses of the usual ports are replaced.
 */
export async function settingsFileFor(file: string, ports: Ports, directory: string): Promise<string> {
  const moved = (Object.keys(DEFAULT_PORTS) as (keyof Ports)[]).filter((name) => ports[name] !== DEFAULT_PORTS[name]);
  if (moved.length === 0) return file;
  const text = await readFile(file, 'utf8');
  const copy = path.join(directory, `settings-${ports.SITE_PORT}.yaml`);
  await writeFile(copy, withPorts(text, ports));
  return copy;
}

/** Replaces the usual ports in local addresses, all in one go so that no port is moved twice. */
export function withPorts(text: string, ports: Ports): string {
  const moves = new Map((Object.keys(DEFAULT_PORTS) as (keyof Ports)[]).map((name) => [String(DEFAULT_PORTS[name]), String(ports[name])]));
  return text.replace(/\b(127\.0\.0\.1|localhost):(\d{4,5})\b/g, (whole, host: string, from: string) =>
    moves.has(from) ? `${host}:${moves.get(from)}` : whole,
  );
}
