import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@baton/testing';
import type { Platform } from '../../platform/platform.js';
import { HOOK_SECRET } from '../../platform/sandbox-crisp.js';
import type { Scenario } from '../scenario.js';
import { EndlessRequest, ENDINGS } from './endless-request.js';

const SECONDS = 12;
/** Endless requests of each sort at each door. */
const OF_EACH = 2;
/** Every server ends such a request in 35 s at most (see the page of doors); the rest is for a busy machine. */
const ENDED_WITHIN_MS = 60_000;

interface Door {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const BODIES: readonly string[] = [
  '',
  '{',
  '[]',
  'null',
  '{"event":"message:send","data":{}}',
  '\u0000\uffff<xml/>',
  '['.repeat(100_000),
  `{"text":"${'x'.repeat(3_000_000)}"}`,
];

/** Bodies that are no JSON, too deep, too large, of the wrong kind; and bodies and headers that never end, fast and slow. */
export const badBodies: Scenario = {
  name: 'doors',
  title: `bad and endless bodies at every public door for ${SECONDS} s`,
  talk: 'handovers',
  lasts: SECONDS + 20,
  recoversWithin: 30,
  async inject({ platform }) {
    const doors = doorsOf(platform);
    const starts = startsOf(platform);
    const until = Date.now() + SECONDS * 1_000;
    const endless = doors.flatMap((door) =>
      ENDINGS.flatMap((sort) => Array.from({ length: OF_EACH }, () => new EndlessRequest(door, sort))),
    );
    try {
      const sent = await Promise.all(doors.map((door) => sendBadBodies(door, until)));
      await eventually(() => endless.every(({ open }) => !open), {
        within: ENDED_WITHIN_MS,
        what: 'every endless request being ended',
      }).catch(() => undefined);
      const count = sent.reduce((sum, one) => sum + one.count, 0);
      const wrong = [
        ...sent.flatMap((one) => one.wrong),
        ...endless.filter(({ open }) => open).map(({ name }) => `${name} was never ended`),
        ...Object.entries(startsOf(platform)).flatMap(([name, now]) => (now === starts[name] ? [] : [`${name} ended over it`])),
        ...(count === 0 ? ['no bad body was sent'] : []),
      ];
      return { what: `${count} bad bodies and ${endless.length} endless requests at ${doors.length} doors`, backAfter: 0, wrong };
    } finally {
      for (const one of endless) one.end();
    }
  },
};

/** What anybody on the internet can reach, and one door as whoever knows its secret comes. */
function doorsOf({ urls }: Platform): Door[] {
  const hooks = `${urls.ingress}/api/integrations`;
  return [
    { url: `${hooks}/livechat/crisp/webhook/demo?key=${HOOK_SECRET}` },
    { url: `${hooks}/livechat/crisp/webhook/demo?key=wrong` },
    { url: `${hooks}/messenger/webhook/demo`, headers: { 'x-hub-signature-256': 'sha256=00' } },
    { url: `${urls.dispatchers[0]}/v1/webchat/demo/visitors`, headers: { origin: urls.site } },
    { url: `${urls.dispatchers[0]}/v1/webchat/demo/files?name=a.png`, headers: { origin: urls.site } },
    { url: `${urls.orchestrators[0]}/v1/escalations` },
    { url: `${urls.controlPlane}/v1/workspaces` },
  ];
}

const startsOf = ({ processes }: Platform): Record<string, number> =>
  Object.fromEntries([...processes].map(([name, { starts }]) => [name, starts]));

/** Sends them in turn, at a pace that is a nuisance and no flood. What should not be answered so is told. */
async function sendBadBodies({ url, headers }: Door, until: number): Promise<{ count: number; wrong: string[] }> {
  const wrong = new Set<string>();
  let count = 0;
  for (; Date.now() < until; count += 1) {
    const body = BODIES[count % BODIES.length]!;
    const status = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
      signal: AbortSignal.timeout(20_000),
    }).then(
      (response) => response.body?.cancel().then(() => response.status),
      // Whoever sends too much may find the line cut.
      (error: Error) => (error.name === 'TimeoutError' ? 'no answer' : 'cut'),
    );
    if (status === 'no answer' || (typeof status === 'number' && status >= 500))
      wrong.add(`${new URL(url).pathname} answered ${status} to ${JSON.stringify(body.slice(0, 20))}`);
    await pause(100);
  }
  return { count, wrong: [...wrong] };
}
