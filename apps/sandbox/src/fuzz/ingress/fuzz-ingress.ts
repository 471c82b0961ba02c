import { setTimeout as pause } from 'node:timers/promises';
import { rssMiB } from '../../bench/process-usage.js';
import type { Random } from '../../simulator-kit/random.js';
import { finding } from '../finding.js';
import type { Finding, FuzzReport } from '../finding.js';
import { mutate, mutateJson } from '../mutate.js';
import { RUDE_CASES } from './found-cases.js';
import { goodHook, signedRequest } from './good-hook.js';
import { knock } from './knock.js';
import type { Outcome } from './knock.js';

/** A request may take 10 s to arrive; the server looks every 2 s, and this machine may be busy. */
const PATIENCE_MS = 16_000;
/** Beside all this a good hook is answered within (ms). */
const GOOD_WITHIN_MS = 5_000;
const SIDE_BY_SIDE = 8;
/** What the process may grow by: queues and bodies that are being read (MiB). */
const MAY_GROW_MIB = 160;

export interface IngressUnderTest {
  readonly port: number;
  readonly pid: () => number | undefined;
}

/** Puts a running ingress through all known rude cases and, for `forMs`, through chance: no crash, no hang, no 5xx but 503, no growing memory, and good hooks go through beside. */
export async function fuzzIngress({ port, pid }: IngressUnderTest, random: Random, forMs: number): Promise<FuzzReport> {
  const findings: Finding[] = [];
  const began = pid();
  const rssBefore = rssMiB(began ?? 0);
  const end = performance.now() + forMs;
  let tried = 0;
  let good = 0;
  let over = false;

  const rude = RUDE_CASES.map(async ({ name, pieces, answers }) => {
    tried += 1;
    const outcome = await knock(port, pieces(), PATIENCE_MS);
    if (!answers.includes(outcome)) findings.push(finding(`${name}: ${outcome} instead of ${answers.join(', ')}`, name));
  });
  const chance = Array.from({ length: SIDE_BY_SIDE }, async () => {
    while (performance.now() < end) {
      const number = 100_000 + tried++;
      const isWhole = random.chance(0.4);
      const request = isWhole ? signedRequest(strangeJson(number, random)) : mutate(signedRequest(goodHook(number)), random);
      // What was cut off is waited for by the ingress, too; half a second tells a hang of the answer from one of the sender.
      const outcome = await knock(port, [request], isWhole ? PATIENCE_MS : 500);
      if (isWrong(outcome, isWhole)) findings.push(finding(`an answer of ${outcome}`, request));
    }
  });
  const beside = (async () => {
    while (!over) {
      const outcome = await knock(port, [signedRequest(goodHook(good++))], GOOD_WITHIN_MS);
      if (outcome !== 200) findings.push(finding(`a good hook beside was answered ${outcome}`, 'goodHook'));
      await pause(50);
    }
  })();
  await Promise.all([...rude, ...chance]);
  over = true;
  await beside;
  if (pid() === undefined || pid() !== began) findings.push(finding('the process ended', 'see its log'));
  const grown = Math.round(rssMiB(pid() ?? 0) - rssBefore);
  if (grown > MAY_GROW_MIB) findings.push(finding(`the process grew by ${grown} MiB`, 'memory'));
  return { target: 'ingress', tried, findings, notes: [`${good} good hooks beside`, `grew by ${grown} MiB`] };
}

function strangeJson(number: number, random: Random): string {
  return JSON.stringify(mutateJson(JSON.parse(goodHook(number)), random)) ?? '';
}

function isWrong(outcome: Outcome, isWhole: boolean): boolean {
  if (outcome === 'hung') return isWhole;
  return outcome !== 'closed' && outcome >= 500 && outcome !== 503;
}
