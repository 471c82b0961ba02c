import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Visitor } from '../journey/visitor.js';
import { type Platform, type ServiceName, startPlatform } from '../platform/platform.js';

const SERVICES: readonly ServiceName[] = ['ingress', 'orchestrator', 'dispatcher', 'ai', 'control-plane'];
const DELAY_MS = 1_500;
/** A stop takes 3 s at most where the machine has time for it; here others want it, too. */
const WITHIN_MS = 10_000;
const PATIENCE_MS = 30_000;

let platform: Platform;
let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'baton-stops-'));
  const env = Object.fromEntries(SERVICES.map((name) => [name, { SHUTDOWN_DELAY_MS: String(DELAY_MS) }]));
  platform = await startPlatform({ ports: 'free', directory, without: ['site', 'messenger'], env });
}, 120_000);
afterAll(async () => {
  await platform?.stop();
  await rm(directory, { recursive: true, force: true });
}, 60_000);

describe('services that are told to stop while people talk', () => {
  it('keep their doors open for a moment, end by themselves, and have kept what they acknowledged', async () => {
    // Nobody stands before the only dispatcher: who comes back before it knows its bots is told to try later, and does.
    const { dispatchers, site } = platform.urls;
    const visitor = await Visitor.enter({ dispatchers, botId: 'demo', origin: site, patienceMs: PATIENCE_MS });
    await visitor.send('hello');
    await visitor.sees(({ author }) => author.kind === 'bot', 'an answer of the bot');
    const stops = SERVICES.map(async (name) => {
      const service = platform.processes.get(name)!;
      const began = performance.now();
      const ends = service.stop();
      const noticed = await eventually(
        async () => {
          const answer = await fetch(`${service.url}/health/ready`);
          return answer.status === 503 ? { connection: answer.headers.get('connection') } : undefined;
        },
        { within: DELAY_MS, every: 20, what: `${name} saying that it stops` },
      );
      const live = await fetch(`${service.url}/health/live`);
      return {
        name,
        connection: noticed.connection,
        live: live.status,
        code: (await ends)?.code,
        isInTime: performance.now() - began < WITHIN_MS,
      };
    });
    await visitor.send('said while everything stops');
    const after = visitor.lastSeq;
    expect(await Promise.all(stops)).toEqual(SERVICES.map((name) => ({ name, connection: 'close', live: 200, code: 0, isInTime: true })));

    // The bot answers what the visitor said to a dispatcher that was about to end.
    await Promise.all((['dispatcher', 'orchestrator'] as const).map((name) => platform.processes.get(name)!.start()));
    await visitor.sees(({ author }) => author.kind === 'bot', 'an answer to what he said while everything stopped', {
      after,
      within: 30_000,
    });
    expect(visitor.complaints).toEqual([]);
    visitor.leave();
  }, 120_000);
});
