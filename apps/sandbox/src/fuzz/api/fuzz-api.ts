import { OPERATIONS } from '@baton/control-api';
import type { Operation } from '@baton/control-api';
import { z } from 'zod';
import type { Random } from '../../simulator-kit/random.js';
import { finding } from '../finding.js';
import type { Finding, FuzzReport } from '../finding.js';
import { mutate, mutateJson } from '../mutate.js';
import { sampleOf } from './sample-of.js';

export interface ApiUnderTest {
  readonly url: string;
  readonly key: string;
  readonly pid: () => number | undefined;
}

const ANSWER_WITHIN_MS = 20_000;
/** What a stack or a query looks like: nothing of it is for a caller. */
const INSIDES = /\n\s+at |node_modules|SELECT |INSERT INTO|QueryFailed|ZodError/;
const KNOWN: Readonly<Record<string, string>> = { workspaceId: 'sandbox', botId: 'demo', version: '1' };
const SIDE_BY_SIDE = 4;

/** Asks each operation of the control plane for strange things for `forMs`: every answer is 2xx, 4xx or 503, and tells nothing of what happens inside. */
export async function fuzzApi({ url, key, pid }: ApiUnderTest, random: Random, forMs: number): Promise<FuzzReport> {
  const findings: Finding[] = [];
  const began = pid();
  const end = performance.now() + forMs;
  const seen = new Map<number, number>();
  let tried = 0;
  const one = async (): Promise<void> => {
    while (performance.now() < end) {
      const operation = OPERATIONS[tried++ % OPERATIONS.length]!;
      const asked = strangeRequest(operation, random);
      const shown = `${operation.method} ${asked.path} ${asked.body?.toString() ?? ''}`;
      try {
        const response = await fetch(`${url}${asked.path}`, {
          method: operation.method,
          headers: { authorization: `Bearer ${key}`, 'content-type': asked.type, 'if-none-match': '*' },
          ...(asked.body && { body: asked.body as never }),
          signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
        });
        seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
        const text = operation.produces?.includes('event-stream') ? '' : await response.text();
        await response.body?.cancel().catch(() => undefined);
        if (response.status >= 500 && response.status !== 503) findings.push(finding(`${response.status}`, shown));
        if (response.status >= 400 && INSIDES.test(text))
          findings.push(finding(`the answer tells of the inside: ${text.slice(0, 300)}`, shown));
      } catch (error) {
        findings.push(finding(`no answer: ${String((error as Error).cause ?? error)}`, shown));
      }
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, one));
  if (pid() === undefined || pid() !== began) findings.push(finding('the process ended', 'see its log'));
  const statuses = [...seen].sort(([a], [b]) => a - b).map(([status, count]) => `${count} × ${status}`);
  return { target: 'api', tried, findings, notes: statuses };
}

function strangeRequest(operation: Operation, random: Random): { path: string; type: string; body?: Buffer } {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (KNOWN[name] !== undefined && random.chance(0.7)) return KNOWN[name];
    return encodeURIComponent(STRANGE_IDS[random.below(STRANGE_IDS.length)]!);
  });
  const query = random.chance(0.3) ? `?${QUERIES[random.below(QUERIES.length)]!}` : '';
  if (operation.method === 'GET') return { path: path + query, type: 'application/json' };
  const good = operation.bytes ? 'a file' : sampleOf(z.toJSONSchema(operation.body, { io: 'input', unrepresentable: 'any' }), random);
  const text = JSON.stringify(random.chance(0.85) ? mutateJson(good, random) : good) ?? '';
  const body = random.chance(0.15) ? mutate(Buffer.from(text), random) : Buffer.from(text);
  const type = random.chance(0.05) ? 'text/plain' : (operation.bytes?.types[0] ?? 'application/json');
  return { path: path + query, type, body };
}

const STRANGE_IDS = [
  'x',
  '__proto__',
  '01890000-0000-7000-8000-000000000001',
  '\u0000',
  '..',
  '%',
  '1',
  '-1',
  '9'.repeat(30),
  'a'.repeat(300),
  'ü',
];
const QUERIES = [
  'limit=0',
  'limit=1e9',
  'before=x',
  'before=%00',
  'q=%00',
  'search=%27%22%5c',
  'from=NaN&to=-1',
  'limit=1&limit=2',
  'cursor[]=1',
  '__proto__=1',
];
