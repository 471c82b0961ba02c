import { setTimeout as pause } from 'node:timers/promises';
import type { FaultsInput } from '../../crisp-simulator/faults/faults.js';
import type { Scenario } from '../scenario.js';
import { CRISP_AT_ITS_WORST, MESSENGER_AT_ITS_WORST } from '../weather.js';

/** Crisp refuses half of all calls, in every way it knows; some of the refused ones it has done. */
export const crispRefuses = (name: string, talk: Scenario['talk'], usual: FaultsInput): Scenario => ({
  name,
  title: 'Crisp refuses half of all calls for 2 to 6 s',
  talk,
  lasts: 4,
  recoversWithin: 30,
  async inject({ crisp, random }) {
    const seconds = 2 + random() * 4;
    await crisp.faults({
      ...usual,
      rest: {
        ...usual.rest,
        failures: [
          { kind: '429', share: 0.2, path: '/conversation' },
          { kind: '500', share: 0.2, path: '/conversation', when: 'either' },
          { kind: '502-html', share: 0.05, path: '/conversation', when: 'either' },
          { kind: 'disconnect', share: 0.05, path: '/conversation', when: 'either' },
          { kind: 'timeout', share: 0.02, path: '/conversation', when: 'either' },
        ],
      },
    });
    await pause(seconds * 1_000);
    await crisp.faults(usual);
    return { what: `Crisp refused half of all calls for ${seconds.toFixed(1)} s`, backAfter: 0 };
  },
});

export const messengerRefuses: Scenario = {
  name: 'messenger-errors',
  title: 'Messenger refuses half of all sends for 2 to 6 s',
  talk: 'handovers',
  lasts: 4,
  recoversWithin: 30,
  async inject({ messenger, random }) {
    const seconds = 2 + random() * 4;
    await messenger.faults({
      ...MESSENGER_AT_ITS_WORST,
      graph: {
        ...MESSENGER_AT_ITS_WORST.graph,
        failures: [
          { kind: 'error', code: 1200, share: 0.15, path: '/messages' },
          { kind: 'error', code: 613, share: 0.1, path: '/messages' },
          { kind: 'http-500', share: 0.15, path: '/messages', when: 'either' },
          { kind: '502-html', share: 0.05, path: '/messages', when: 'either' },
          { kind: 'disconnect', share: 0.05, path: '/messages', when: 'either' },
          { kind: 'timeout', share: 0.02, path: '/messages', when: 'either' },
        ],
      },
    });
    await pause(seconds * 1_000);
    await messenger.faults(MESSENGER_AT_ITS_WORST);
    return { what: `Messenger refused half of all sends for ${seconds.toFixed(1)} s`, backAfter: 0 };
  },
};

const STORM_SECONDS = 8;

/** Both platforms tell most things twice and every third thing after what came later. */
export const hooksInDisorder: Scenario = {
  name: 'hooks',
  title: `half of all web hooks doubled and a third overtaken for ${STORM_SECONDS} s`,
  talk: 'handovers',
  lasts: STORM_SECONDS,
  recoversWithin: 30,
  async inject({ crisp, messenger }) {
    const disorder = { repeated: 0.5, reordered: 0.3 };
    await crisp.faults({ ...CRISP_AT_ITS_WORST, hooks: { ...CRISP_AT_ITS_WORST.hooks, ...disorder } });
    await messenger.faults({ ...MESSENGER_AT_ITS_WORST, hooks: { ...MESSENGER_AT_ITS_WORST.hooks, ...disorder } });
    await pause(STORM_SECONDS * 1_000);
    await crisp.faults(CRISP_AT_ITS_WORST);
    await messenger.faults(MESSENGER_AT_ITS_WORST);
    return { what: `half of all web hooks doubled and a third overtaken for ${STORM_SECONDS} s`, backAfter: 0 };
  },
};
