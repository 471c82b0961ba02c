import { describe, expect, it } from '@jest/globals';
import { cases } from './chart.js';
import { readGolden } from './golden.js';
import { type Manifest, podsOf, selects } from './manifest.js';

interface Peer {
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}
interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports?: readonly { readonly port: number | string }[];
}
interface Policy {
  readonly podSelector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly policyTypes: readonly string[];
  readonly ingress?: readonly Rule[];
  readonly egress?: readonly Rule[];
}

const NAME = 'app.kubernetes.io/name';
const policiesOf = (manifests: readonly Manifest[]) =>
  manifests
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .map(({ metadata, spec }) => ({ name: metadata.name, spec: spec as unknown as Policy }));
const policyOf = (manifests: readonly Manifest[], service: string): Policy =>
  policiesOf(manifests).find(({ spec }) => spec.podSelector.matchLabels[NAME] === service)!.spec;
const portsOf = (rules: readonly Rule[] = []): (number | string)[] => rules.flatMap(({ ports = [] }) => ports.map(({ port }) => port));

describe.each(cases())('in the case %s', (name) => {
  const manifests = readGolden(name);

  it('every Pod may only what a policy allows, in and out', () => {
    const policies = policiesOf(manifests);
    for (const { labels, from } of podsOf(manifests)) {
      const own = policies.filter(({ spec }) => selects(spec.podSelector.matchLabels, labels));
      const denied = own.filter(({ spec }) => spec.ingress === undefined && spec.egress === undefined);
      expect({ pod: from.metadata.name, denied: denied.length, allowed: own.length - denied.length }).toEqual({
        pod: from.metadata.name,
        denied: 1,
        allowed: 1,
      });
      for (const { spec } of own) expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
    }
  });

  it('each rule names who: nobody is let in from anywhere', () => {
    for (const { name: policy, spec } of policiesOf(manifests)) {
      for (const { from } of spec.ingress ?? []) expect({ policy, from: (from ?? []).length > 0 }).toEqual({ policy, from: true });
    }
  });

  it('what is routed from outside leads neither to inner doors nor to what operators read', () => {
    for (const { spec } of manifests.filter(({ kind }) => kind === 'Ingress')) {
      const { rules } = spec as { rules: { http: { paths: { path: string; pathType: string }[] } }[] };
      for (const { path, pathType } of rules.flatMap(({ http }) => http.paths)) {
        for (const inner of ['/inner', '/metrics', '/health']) {
          expect({ path, inner, leads: pathType === 'Prefix' && `${inner}/`.startsWith(path.replace(/\/*$/, '/')) }).toEqual({
            path,
            inner,
            leads: false,
          });
          expect(path.startsWith(inner)).toBe(false);
        }
      }
    }
  });
});

describe('from outside', () => {
  const ingresses = readGolden('production').filter(({ kind }) => kind === 'Ingress');
  const routed = ingresses
    .flatMap(
      ({ spec }) =>
        (spec as { rules: { host: string; http: { paths: { path: string; backend: { service: { name: string } } }[] } }[] }).rules,
    )
    .flatMap(({ host, http }) => http.paths.map(({ path, backend }) => `${host}${path} → ${backend.service.name}`));

  it('each address leads to the service that serves it', () => {
    expect(routed.sort()).toEqual([
      'baton.example.com/ → baton-control-plane',
      'baton.example.com/console → baton-control-plane',
      'baton.example.com/v1 → baton-control-plane',
      'care.example.com/history → baton-escalation-orchestrator',
      'care.example.com/v1/bots → baton-ai-auto-reply',
      'care.example.com/v1/conversations → baton-escalation-orchestrator',
      'care.example.com/v1/escalations → baton-escalation-orchestrator',
      'care.example.com/v1/outcomes → baton-escalation-orchestrator',
      'care.example.com/v1/promises → baton-escalation-orchestrator',
      'chat.example.com/v1/files → baton-channel-dispatcher',
      'chat.example.com/v1/webchat → baton-channel-dispatcher',
      'chat.example.com/w → baton-channel-dispatcher',
      'hooks.example.com/api/integrations → baton-webhook-ingress',
    ]);
  });

  it('everything comes by TLS, and sockets may stay open', () => {
    for (const { metadata, spec } of ingresses) {
      expect({ name: metadata.name, tls: (spec!['tls'] as unknown[]).length }).toEqual({ name: metadata.name, tls: 1 });
    }
    const chat = ingresses.find(({ metadata }) => metadata.name === 'baton-chat');
    expect(chat?.metadata.annotations).toMatchObject({
      'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600',
      'cert-manager.io/cluster-issuer': 'letsencrypt',
    });
  });
});

describe('with a gateway of one’s own', () => {
  const namespaces = (manifests: readonly Manifest[], service: string): (string | undefined)[] =>
    (policyOf(manifests, service).ingress ?? [])
      .flatMap(({ from = [] }) => from)
      .flatMap(({ namespaceSelector }) => (namespaceSelector ? [namespaceSelector.matchLabels?.['kubernetes.io/metadata.name']] : []));

  it('it reaches each door that has an address, and no other', () => {
    const manifests = readGolden('minimal');
    expect(manifests.filter(({ kind }) => kind === 'Ingress')).toEqual([]);
    for (const service of ['webhook-ingress', 'escalation-orchestrator', 'channel-dispatcher', 'control-plane']) {
      expect({ service, who: namespaces(manifests, service) }).toEqual({ service, who: ['ingress-nginx', 'monitoring'] });
    }
    expect(namespaces(manifests, 'ai-auto-reply')).toEqual(['monitoring']);
  });

  it('an empty list lets in nobody, not everybody', () => {
    const manifests = readGolden('edges');
    const rules = policiesOf(manifests).flatMap(({ spec }) => spec.ingress ?? []);
    expect(rules.length).toBeGreaterThanOrEqual(5);
    for (const { from = [] } of rules) {
      expect(from.length).toBeGreaterThan(0);
      expect(from.filter(({ podSelector }) => podSelector === undefined)).toEqual([]);
    }
  });

  it.each([
    ['minimal', '1'],
    ['edges', '2'],
    ['sandbox', '0'],
  ])('services count visitors by the address that its outermost proxy saw: %s', (name, proxies) => {
    const services = podsOf(readGolden(name)).filter(({ labels }) => labels['app.kubernetes.io/component'] === 'service');
    const told = services.map(({ spec }) => spec.containers[0]!.env!.find((one) => one.name === 'TRUSTED_PROXIES')?.value);
    expect(told).toEqual(Array.from({ length: 5 }, () => proxies));
  });
});

describe('inside', () => {
  const manifests = readGolden('production');

  it('the services behind inner doors are reached by the control plane, the Ingress controller, Prometheus and the walk alone', () => {
    for (const service of ['escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply', 'webhook-ingress']) {
      const peers = policyOf(manifests, service).ingress!.flatMap(({ from = [] }) => from);
      const who = peers.map(
        ({ podSelector, namespaceSelector }) =>
          podSelector?.matchLabels?.[NAME] ??
          podSelector?.matchLabels?.['app.kubernetes.io/component'] ??
          namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'],
      );
      expect({ service, who }).toEqual({ service, who: ['ingress-nginx', 'monitoring', 'control-plane', 'test'] });
    }
    const control = policyOf(manifests, 'control-plane').ingress!.flatMap(({ from = [] }) => from);
    expect(control.filter(({ podSelector }) => podSelector?.matchLabels?.[NAME] !== undefined)).toEqual([]);
  });

  it('a service without a database or calls of its own has no way to them', () => {
    expect(portsOf(policyOf(manifests, 'webhook-ingress').egress)).toEqual([53, 53, 9094, 9095, 4317, 4318]);
    expect(portsOf(policyOf(manifests, 'channel-dispatcher').egress)).toEqual([53, 53, 9094, 9095, 5432, 443, 4317, 4318]);
  });

  it('what calls the world cannot call what is private, nor a cloud’s metadata', () => {
    const blocks = policiesOf(manifests)
      .flatMap(({ spec }) => spec.egress ?? [])
      .filter(({ ports }) => ports?.some(({ port }) => port === 443))
      .flatMap(({ to = [] }) => to);
    expect(blocks.length).toBe(8);
    for (const { ipBlock } of blocks) {
      if (ipBlock?.cidr === '0.0.0.0/0')
        expect(ipBlock.except).toEqual(expect.arrayContaining(['10.0.0.0/8', '169.254.0.0/16', '192.168.0.0/16']));
      else expect(ipBlock).toMatchObject({ cidr: '::/0', except: expect.arrayContaining(['fc00::/7']) });
    }
  });
});
