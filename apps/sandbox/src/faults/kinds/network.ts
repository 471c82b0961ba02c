import { setTimeout as pause } from 'node:timers/promises';
import type { FaultProxy } from '@baton/testing';
import type { Proxies } from '../grounds/grounds.js';
import type { Scenario, Stage } from '../scenario.js';

const NAMES = { kafka: 'Kafka', postgres: 'Postgres', crisp: 'Crisp' } as const;
type Way = keyof typeof NAMES;
/** Who waits for an answer that never comes gives up after 20 s at most, and tries again. */
const RECOVERS_WITHIN = 60;

function proxiesOf({ proxies }: Stage): Proxies {
  if (!proxies) throw new Error('nothing stands between the services and their servers here');
  return proxies;
}

const onTheWay = (proxies: Proxies, to: Way | 'all'): FaultProxy[] => (to === 'all' ? Object.values(proxies) : [proxies[to]]);

/** Bytes vanish both ways between every service and one server, and nobody is told. */
export function blackHole(to: Way, seconds: number): Scenario {
  return {
    name: `black-hole-${to}`,
    title: `a black hole before ${NAMES[to]} for ${seconds} s`,
    talk: 'handovers',
    ground: 'proxied',
    lasts: seconds,
    recoversWithin: RECOVERS_WITHIN,
    async inject(stage) {
      const [proxy] = onTheWay(proxiesOf(stage), to) as [FaultProxy];
      const held = proxy.open;
      proxy.blackHole();
      await pause(seconds * 1_000);
      const swallowed = proxy.onItsWay;
      proxy.heal();
      const wrong = [...unused(held, to), ...(swallowed > 0 ? [] : [`nobody said anything into the black hole before ${NAMES[to]}`])];
      return { what: `${held} connections to ${NAMES[to]} lay in a black hole for ${seconds} s`, backAfter: 0, wrong };
    },
  };
}

/** All connections that stand are half open for good: who waits for an answer on one waits for ever, unless he gives up by himself. */
export function halfOpen(to: Way): Scenario {
  return {
    name: `half-open-${to}`,
    title: `all connections to ${NAMES[to]} half open for good`,
    talk: 'handovers',
    ground: 'proxied',
    lasts: 1,
    recoversWithin: RECOVERS_WITHIN,
    async inject(stage) {
      const [proxy] = onTheWay(proxiesOf(stage), to) as [FaultProxy];
      const held = proxy.open;
      proxy.cutSilently();
      return { what: `${held} connections to ${NAMES[to]} were cut silently`, backAfter: 0, wrong: unused(held, to) };
    },
  };
}

/** Everything to Kafka, Postgres and Crisp is far away and narrow. */
export function slowLink({ latencyMs, bytesPerSecond, seconds }: { latencyMs: number; bytesPerSecond: number; seconds: number }): Scenario {
  const how = `${latencyMs} ms each way and ${Math.round(bytesPerSecond / 1_024)} KiB/s a connection`;
  return {
    name: 'slow-link',
    title: `${how} to Kafka, Postgres and Crisp for ${seconds} s`,
    talk: 'handovers',
    ground: 'proxied',
    lasts: seconds,
    recoversWithin: RECOVERS_WITHIN,
    async inject(stage) {
      const ways = proxiesOf(stage);
      const proxies = onTheWay(ways, 'all');
      const before = new Map(proxies.map((proxy) => [proxy, proxy.arrived]));
      for (const proxy of proxies) proxy.slow({ latencyMs, bytesPerSecond });
      await pause(seconds * 1_000);
      for (const proxy of proxies) proxy.heal();
      const wrong = (Object.keys(NAMES) as Way[]).flatMap((to) => unused(ways[to].arrived - before.get(ways[to])!, to));
      return { what: `everything was ${how} away for ${seconds} s`, backAfter: 0, wrong };
    },
  };
}

/** A proxy that nobody and nothing goes through breaks nothing. */
function unused(count: number, to: Way): string[] {
  return count > 0 ? [] : [`nothing went to ${NAMES[to]} through the proxy`];
}
