import { setTimeout as pause } from 'node:timers/promises';
import type { FaultProxy } from '@baton/testing';
import type { Proxies } from '../grounds/grounds.js';
import type { Scenario, Stage } from '../scenario.js';

const NAMES = { kafka: 'Kafka', postgres: 'Postgres', crisp: 'Crisp' } as const;
type Way = keyof typeof NAMES;

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
    async inject(stage) {
      const [proxy] = onTheWay(proxiesOf(stage), to) as [FaultProxy];
      const held = proxy.open;
      proxy.blackHole();
      await pause(seconds * 1_000);
      proxy.heal();
      return { what: `${held} connections to ${NAMES[to]} lay in a black hole for ${seconds} s`, backAfter: 0, wrong: unused(held, to) };
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
    async inject(stage) {
      const proxies = onTheWay(proxiesOf(stage), 'all');
      for (const proxy of proxies) proxy.slow({ latencyMs, bytesPerSecond });
      await pause(seconds * 1_000);
      for (const proxy of proxies) proxy.heal();
      return { what: `everything was ${how} away for ${seconds} s`, backAfter: 0 };
    },
  };
}

/** A proxy that nobody goes through breaks nothing. */
function unused(connections: number, to: Way): string[] {
  return connections > 0 ? [] : [`no connection to ${NAMES[to]} went through the proxy`];
}
