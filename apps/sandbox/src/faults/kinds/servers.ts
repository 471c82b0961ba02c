import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from '../scenario.js';
import { timed } from './timing.js';

const NAMES = { kafka: 'Kafka', postgres: 'Postgres', knowledge: 'the knowledge database' } as const;

/** A server is killed and stays away for so long. */
export function stop(server: keyof typeof NAMES, seconds: number, talk: Scenario['talk'] = 'handovers'): Scenario {
  return {
    name: `${talk === 'answers' ? 'ai-' : ''}${server}-${seconds}s`,
    title: `${NAMES[server]} killed and away for ${seconds} s`,
    talk,
    lasts: seconds + 5,
    recoversWithin: 45,
    async inject({ platform }) {
      const victim = platform.local[server];
      await victim.kill();
      await pause(seconds * 1_000);
      return { what: `${server} killed, away for ${seconds} s`, backAfter: await timed(() => victim.start()) };
    },
  };
}
