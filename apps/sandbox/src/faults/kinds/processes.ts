import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '../../platform/platform.js';
import type { Scenario } from '../scenario.js';
import { answers, timed } from './timing.js';

/** One replica is killed without a chance to tidy up; its supervisor starts it again at once. */
export function kill(name: string, replicas: readonly ServiceName[], talk: Scenario['talk'] = 'handovers'): Scenario {
  return {
    name: `kill-${name}`,
    title: `SIGKILL of ${replicas.length > 1 ? `one of ${replicas.length} ${name}s` : `the only ${name}`}`,
    talk,
    lasts: 5,
    recoversWithin: 30,
    async inject({ platform, random }) {
      const service = replicas[Math.floor(random() * replicas.length)]!;
      const victim = platform.processes.get(service)!;
      await victim.kill('SIGKILL');
      return { what: `${service} killed`, backAfter: await timed(() => answers(`${victim.url}/health/ready`)) };
    },
  };
}

/**
 * A replica stands still and does not know it: its sockets stay open, its place in the group is given away after 6 s, and it wakes up with work in
 * its hands that others have done meanwhile.
 */
export function freeze(seconds: number, replicas: readonly ServiceName[]): Scenario {
  return {
    name: `freeze-${seconds}s`,
    title: `SIGSTOP of one replica for ${seconds} s`,
    talk: 'handovers',
    lasts: seconds + 3,
    recoversWithin: 45,
    async inject({ platform, random }) {
      const service = replicas[Math.floor(random() * replicas.length)]!;
      const victim = platform.processes.get(service)!;
      const { pid } = victim;
      if (pid === undefined) throw new Error(`${service} does not run`);
      process.kill(pid, 'SIGSTOP');
      try {
        await pause(seconds * 1_000);
      } finally {
        process.kill(pid, 'SIGCONT');
      }
      return { what: `${service} stood still for ${seconds} s`, backAfter: await timed(() => answers(`${victim.url}/health/ready`)) };
    },
  };
}
