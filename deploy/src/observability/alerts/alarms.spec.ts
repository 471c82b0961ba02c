import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { REPOSITORY } from '../../place.js';
import { IMAGES } from '../../images/images.js';
import { ALERT_OF_ALARM, alarmsOf, catchAll } from './alarms.js';
import { allAlerts } from './index.js';
import { SERVICE_IN_JOB, SERVICE_OF_JOB } from './jobs.js';

interface ControlPlane {
  readonly severities: Readonly<Record<string, string>>;
  readonly watched: readonly string[];
}

/** Asks the built control plane in a process of its own: this package imports no app. */
function askControlPlane(): ControlPlane {
  const script = `
    const { CODES, severityOf } = await import('${REPOSITORY}apps/control-plane/dist/alarms/catalog.js');
    const { WATCHED } = await import('${REPOSITORY}apps/control-plane/dist/alarms/snapshot.js');
    console.log(JSON.stringify({ severities: Object.fromEntries(CODES.map((code) => [code, severityOf(code)])), watched: WATCHED }));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })) as ControlPlane;
}

const { severities, watched } = askControlPlane();

describe('alarms of the control plane and alerts', () => {
  const told = Object.entries(ALERT_OF_ALARM);

  it('that tell the same are as grave as each other', () => {
    expect(told.length).toBeGreaterThan(15);
    const alike = told.map(([code, alert]) => {
      const gravities = allAlerts().flatMap((one) => (one.alert === alert ? one.labels.severity : []));
      return { code, alert, alarm: severities[code], gravities };
    });
    expect(
      alike.filter(({ alarm, gravities }) => alarm === undefined || gravities.length === 0 || gravities.some((one) => one !== alarm)),
    ).toEqual([]);
  });

  it('wake nobody twice: the catch-all leaves out what has an alert of its own, and nothing else that is critical', () => {
    const leftOut = /code!~"([^"]+)"/.exec(catchAll)?.[1]?.split('|') ?? [];
    expect(leftOut).toEqual(told.map(([code]) => code));
    const ringing = Object.keys(severities).filter((code) => severities[code] === 'critical' && !leftOut.includes(code));
    expect(ringing).toEqual(['settings-not-published']);
  });

  it('of one alert are found by their codes', () => {
    expect(alarmsOf('BatonHooksSilent')).toEqual(['hooks-silent', 'hooks-never-came']);
  });
});

describe('the job of a service', () => {
  const services = IMAGES.filter(({ port }) => port !== undefined).map(({ name }) => name);

  it('is known for every service that there is, and that the control plane looks at', () => {
    expect(Object.keys(SERVICE_OF_JOB).sort()).toEqual([...services].sort());
    expect(Object.values(SERVICE_OF_JOB).sort()).toEqual([...watched].sort());
  });

  it.each(Object.entries(SERVICE_OF_JOB))('%s is found to be %s', (job, service) => {
    expect(new RegExp(`^(?:${SERVICE_IN_JOB})$`).exec(job)?.[1]).toBe(service);
  });
});
