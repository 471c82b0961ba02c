import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '../../platform/platform.js';
import { STOP_WITHIN_MS } from '../../rollout/report.js';
import type { SupervisedProcess } from '../../platform/supervised-process.js';
import type { Scenario } from '../scenario.js';
import { answers, timed } from './timing.js';

/** They stand for companies elsewhere, whose power does not fail with ours. */
const ELSEWHERE: readonly ServiceName[] = ['crisp', 'messenger', 'model', 'site'];
const DARK_SECONDS = 2;

/** Kafka, Postgres and every service die in the same moment; then all come back at once, in no order. */
export const powerCut: Scenario = {
  name: 'power-cut',
  title: 'SIGKILL of all services, Kafka and Postgres at once',
  talk: 'handovers',
  lasts: 15,
  recoversWithin: 60,
  async inject({ platform }) {
    const { kafka, postgres, knowledge } = platform.local;
    const services = [...platform.processes].filter(([name]) => !ELSEWHERE.includes(name)).map(([, one]) => one);
    const servers = [...new Set([kafka, postgres, knowledge])];
    await Promise.all([...services.map((one) => one.stop('SIGKILL')), ...servers.map((one) => one.kill())]);
    await pause(DARK_SECONDS * 1_000);
    // A service that finds no Kafka ends and is started again by its supervisor, sooner or later.
    const comesBack = (one: SupervisedProcess) => one.start().catch(() => answers(`${one.url}/health/ready`));
    const backAfter = await timed(() => Promise.all([...servers.map((one) => one.start()), ...services.map(comesBack)]));
    return { what: `${services.length} services and ${servers.length} servers killed at once`, backAfter };
  },
};

/** Each replica of each service is replaced by another of the same build, a new one first. */
export const rollingRestart: Scenario = {
  name: 'rolling-restart',
  title: 'every replica of every service replaced, one after the other',
  talk: 'handovers',
  ground: 'fleets',
  lasts: 60,
  recoversWithin: 30,
  async inject({ fleets, build }) {
    if (!fleets || !build) throw new Error('no replicas stand behind balancers here');
    const before = new Map(fleets.map((fleet) => [fleet, { bad: fleet.answers().bad.length, stops: fleet.stopTimes().length }]));
    for (const fleet of fleets) await fleet.roll(build);
    const wrong = fleets.flatMap((fleet) => {
      const { bad, stops } = before.get(fleet)!;
      const times = fleet.stopTimes().slice(stops);
      return [
        ...fleet.answers().bad.slice(bad),
        ...times.filter((ms) => ms > STOP_WITHIN_MS).map((ms) => `${fleet.name} took ${(ms / 1_000).toFixed(1)} s from SIGTERM to its end`),
      ];
    });
    return { what: `${before.size} services replaced, replica by replica`, backAfter: 0, wrong };
  },
};
