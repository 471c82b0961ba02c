import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from '@baton/testing';
import type { Scenario } from '../scenario.js';
import { timed } from './timing.js';

const FULL_SECONDS = 10;
const NAMES = { kafka: 'Kafka', postgres: 'Postgres' } as const;

/** No byte more can be written where a server's data lie. A server that ended over it is started again once there is room, as its supervisor would. */
export function diskFull(server: keyof typeof NAMES): Scenario {
  return {
    name: `disk-full-${server}`,
    title: `${NAMES[server]}'s disk full for ${FULL_SECONDS} s`,
    talk: 'handovers',
    ground: 'small-disks',
    lasts: FULL_SECONDS + 5,
    async inject({ platform, disks }) {
      if (!disks) throw new Error('no disk can be filled here');
      await disks[server].fill();
      await pause(FULL_SECONDS * 1_000);
      await disks[server].free();
      const back = () => platform.local[server].start().then(() => true);
      return {
        what: `${NAMES[server]}'s disk was full for ${FULL_SECONDS} s`,
        backAfter: await timed(() => eventually(back, { within: 60_000, every: 500, what: `${NAMES[server]} running again` })),
      };
    },
  };
}
