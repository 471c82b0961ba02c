import { readFileSync } from 'node:fs';
import path from 'node:path';
import { REPOSITORY } from '../platform/platform.js';
import type { Platform } from '../platform/platform.js';

/** Shorter ones would be found by accident. */
const LEAST = 10;

/** Every secret that a platform was started with, by what it is: of the environment of its services, and of the settings of its bots. */
export function secretsOf({ processes }: Platform): Map<string, string> {
  const secrets = new Map<string, string>();
  for (const [service, { plan }] of processes) {
    for (const [name, value] of Object.entries(plan.env))
      if (/(_KEY|_SECRET|_PASSWORD|_TOKEN)(_|$)/.test(name) && value && value.length >= LEAST) secrets.set(`${service} ${name}`, value);
  }
  const bots = readFileSync(path.join(REPOSITORY, 'apps/sandbox/bots.yaml'), 'utf8');
  for (const [, field, value] of bots.matchAll(/(?:^ *(\w+):)? *-? *\{ value: ([^ }]+) \}/gm))
    if (value!.length >= LEAST) secrets.set(`settings ${field ?? 'list'} ${secrets.size}`, value!);
  return secrets;
}
