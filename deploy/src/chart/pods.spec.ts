import { describe, expect, it } from '@jest/globals';
import { cases } from './chart.js';
import { readGolden } from './golden.js';
import { type Container, type Manifest, podsOf, type Pod, selects } from './manifest.js';

const all = cases().flatMap((name) => podsOf(readGolden(name)).map((pod) => ({ what: `${name} ${pod.from.metadata.name}`, pod })));
const containers = all.flatMap(({ what, pod }) => pod.spec.containers.map((container) => ({ what, pod, container })));

/** Those of which something does not hold. */
const except = <T extends { readonly what: string }>(list: readonly T[], holds: (one: T) => boolean): string[] =>
  list.filter((one) => !holds(one)).map(({ what }) => what);

const isOnce = ({ from }: Pod): boolean => from.kind !== 'Deployment';
const serves = ({ ports }: Container): boolean => ports !== undefined;

describe('every Pod', () => {
  it('is looked at', () => {
    expect(all.length).toBeGreaterThan(40);
    expect(new Set(all.map(({ pod }) => pod.from.kind))).toEqual(new Set(['Deployment', 'Job', 'Pod']));
  });

  it('runs as nobody, with the seccomp profile of the runtime', () => {
    const wanted = { runAsNonRoot: true, runAsUser: 65_532, runAsGroup: 65_532, seccompProfile: { type: 'RuntimeDefault' } };
    for (const { pod } of all) expect(pod.spec.securityContext).toMatchObject(wanted);
  });

  it('may not become more than it is, nor write to its root', () => {
    for (const { container } of containers) {
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        privileged: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
    }
  });

  it('has a /tmp of its own to write to', () => {
    const hasTmp = (pod: Pod, container: Container): boolean => {
      const mount = container.volumeMounts?.find(({ mountPath }) => mountPath === '/tmp');
      return pod.spec.volumes?.some(({ name, emptyDir }) => name === mount?.name && emptyDir !== undefined) ?? false;
    };
    expect(except(containers, ({ pod, container }) => hasTmp(pod, container))).toEqual([]);
  });

  it('gets no token of Kubernetes and no variables made of Services', () => {
    expect(except(all, ({ pod }) => pod.spec.automountServiceAccountToken === false && pod.spec.enableServiceLinks === false)).toEqual([]);
  });

  it('says what it needs, and may not take all memory', () => {
    expect(
      except(containers, ({ container: { resources } }) => Boolean(resources.requests?.['cpu'] && resources.requests['memory'])),
    ).toEqual([]);
    expect(except(containers, ({ container: { resources } }) => Boolean(resources.limits?.['memory']))).toEqual([]);
  });

  it('has an image with a version or a digest, never the latest', () => {
    expect(
      except(containers, ({ container: { image } }) => /(:[^:/]+|@sha256:[a-f0-9]{64})$/.test(image) && !image.endsWith(':latest')),
    ).toEqual([]);
  });

  it('has no variable twice: Kubernetes would mix them up at the next upgrade', () => {
    for (const { what, container } of containers) {
      const names = (container.env ?? []).map(({ name }) => name);
      expect({ what, twice: names.filter((name, at) => names.indexOf(name) !== at) }).toEqual({ what, twice: [] });
    }
  });

  it('mounts only volumes that it has, and those of Secrets for reading', () => {
    for (const { what, pod, container } of containers) {
      for (const { name, readOnly } of container.volumeMounts ?? []) {
        const volume = pod.spec.volumes?.find((one) => one.name === name);
        expect({ what, name, there: volume !== undefined }).toEqual({ what, name, there: true });
        if (volume?.secret ?? volume?.projected) expect({ what, name, readOnly }).toEqual({ what, name, readOnly: true });
      }
    }
  });
});

describe('every Pod that serves', () => {
  const serving = containers.filter(({ pod, container }) => !isOnce(pod) && serves(container));

  it('is asked whether it started, lives and is ready', () => {
    expect(serving.length).toBeGreaterThan(15);
    for (const { container } of serving) {
      for (const probe of [container.startupProbe, container.livenessProbe, container.readinessProbe]) {
        expect(probe?.httpGet.port).toBe('http');
        expect(probe?.timeoutSeconds).toBeGreaterThanOrEqual(2);
      }
    }
  });

  it('of Baton is asked at the right doors: a dependency that is away takes it out, but restarts nothing', () => {
    const services = serving.filter(({ pod }) => pod.labels['app.kubernetes.io/component'] === 'service');
    expect(services.length).toBeGreaterThan(15);
    for (const { container } of services) {
      expect(container.startupProbe?.httpGet.path).toBe('/health/live');
      expect(container.livenessProbe?.httpGet.path).toBe('/health/live');
      expect(container.readinessProbe?.httpGet.path).toBe('/health/ready');
    }
  });

  it('has time to start, to hear that it goes, and to stop cleanly', () => {
    for (const { pod, container } of serving) {
      if (pod.labels['app.kubernetes.io/component'] !== 'service') continue;
      const { failureThreshold, periodSeconds } = container.startupProbe!;
      expect(failureThreshold * periodSeconds).toBeGreaterThanOrEqual(60);
      const preStop = container.lifecycle?.preStop?.sleep?.seconds ?? 0;
      expect(preStop).toBeGreaterThan(0);
      expect(pod.spec.terminationGracePeriodSeconds! - preStop).toBeGreaterThanOrEqual(15);
    }
  });

  it('is replaced by a ready one before it goes', () => {
    const services = all.filter(({ pod }) => pod.labels['app.kubernetes.io/component'] === 'service');
    for (const { pod } of services) {
      expect(pod.from.spec!['strategy']).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } });
    }
  });
});

describe.each(cases())('in the case %s', (name) => {
  const manifests = readGolden(name);
  const named = (kind: string): Manifest[] => manifests.filter((one) => one.kind === kind);

  it('nothing is there twice', () => {
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names.filter((one, at) => names.indexOf(one) !== at)).toEqual([]);
  });

  it('names and labels are short enough for Kubernetes, however long the release is called', () => {
    for (const { kind, metadata } of manifests) {
      expect({ kind, name: metadata.name }).toEqual({ kind, name: expect.stringMatching(/^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]$/) });
      for (const value of Object.values(metadata.labels ?? {})) expect(value).toMatch(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/);
    }
  });

  it('each Deployment finds its Pods, and no Pods of another one', () => {
    const deployments = named('Deployment');
    for (const one of deployments) {
      const { matchLabels } = one.spec!['selector'] as { matchLabels: Record<string, string> };
      const found = podsOf(manifests).filter(({ labels }) => selects(matchLabels, labels));
      expect(found.map(({ from }) => from.metadata.name)).toEqual([one.metadata.name]);
    }
  });

  it('each Service leads to a port that its Pods open', () => {
    expect(named('Service').length).toBeGreaterThanOrEqual(4);
    for (const { metadata, spec } of named('Service')) {
      const { selector, ports } = spec as { selector: Record<string, string>; ports: { port: number; targetPort: string }[] };
      const [pod, ...others] = podsOf(manifests).filter(({ labels }) => selects(selector, labels));
      expect({ service: metadata.name, others }).toEqual({ service: metadata.name, others: [] });
      const opened = pod?.spec.containers[0]?.ports?.find(({ name: port }) => port === ports[0]!.targetPort);
      expect({ service: metadata.name, port: opened?.containerPort }).toEqual({ service: metadata.name, port: ports[0]!.port });
    }
  });

  it('each address inside is one of a Service', () => {
    const hosts = new Map(
      named('Service').map(({ metadata, spec }) => [metadata.name, (spec as { ports: { port: number }[] }).ports[0]!.port]),
    );
    const inner = podsOf(manifests)
      .flatMap(({ spec }) => spec.containers.flatMap(({ env = [] }) => env))
      .map(({ value }) => /^http:\/\/([a-z][a-z0-9-]+):(\d+)$/.exec(value ?? ''))
      .filter((found) => found !== null);
    expect(inner.length).toBeGreaterThan(3);
    for (const [, host, port] of inner) expect({ host, port: hosts.get(host!) }).toEqual({ host, port: Number(port) });
  });
});
