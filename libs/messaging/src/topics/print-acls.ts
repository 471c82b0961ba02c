import type { Acl } from './acls.js';

/** How a user of Strimzi says who it is; with `tls-external` its certificate comes from somebody else, such as cert-manager. */
export const STRIMZI_AUTHENTICATIONS = ['scram-sha-512', 'tls', 'tls-external'] as const;
export type StrimziAuthentication = (typeof STRIMZI_AUTHENTICATIONS)[number];

interface Strimzi {
  readonly format: 'strimzi';
  /** The name of the Kafka resource: Strimzi overlooks users without the label of their cluster. */
  readonly cluster: string;
  readonly authentication: StrimziAuthentication;
}

/** The rights as commands of Kafka, as `KafkaUser`s of Strimzi (whose principals it makes itself, of their names), or as JSON. */
export function printAcls(acls: readonly Acl[], how: Strimzi | { readonly format: 'kafka-acls' | 'json' }): string {
  if (how.format === 'json') return JSON.stringify(acls, undefined, 2);
  const users = [...Map.groupBy(acls, ({ user }) => user)];
  if (how.format === 'strimzi') return users.map(([user, of]) => strimzi(user, of, how)).join('\n');
  return ['#!/bin/sh', '# KAFKA_BROKERS, and the settings of an administrator in admin.properties', 'set -eu', ...users.map(commands)].join(
    '\n',
  );
}

function commands([user, acls]: readonly [string, readonly Acl[]]): string {
  return [`\n# ${user}`, ...acls.map(command)].join('\n');
}

function command({ principal, resource, name, pattern, operations }: Acl): string {
  return [
    'kafka-acls.sh --bootstrap-server "$KAFKA_BROKERS" --command-config admin.properties --add',
    `--allow-principal ${quoted(principal)}`,
    ...operations.map((operation) => `--operation ${operation}`),
    `--${resource} ${quoted(name)}`,
    `--resource-pattern-type ${pattern}`,
  ].join(' ');
}

/** As a shell takes it, whatever it contains. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** `kafka.strimzi.io/v1` is served from 0.49 on, and the only version that 1.0.0 knows (its release notes). */
function strimzi(user: string, acls: readonly Acl[], { cluster, authentication }: Strimzi): string {
  const rules = acls.flatMap(({ resource, name, pattern, operations }) => [
    `      - resource: { type: ${resource}, name: ${JSON.stringify(name)}, patternType: ${pattern === 'prefixed' ? 'prefix' : 'literal'} }`,
    `        operations: [${operations.join(', ')}]`,
  ]);
  return [
    '---',
    'apiVersion: kafka.strimzi.io/v1',
    'kind: KafkaUser',
    'metadata:',
    `  name: ${JSON.stringify(`baton-${user}`)}`,
    `  labels: { strimzi.io/cluster: ${JSON.stringify(cluster)} }`,
    'spec:',
    `  authentication: { type: ${authentication} }`,
    '  authorization:',
    '    type: simple',
    '    acls:',
    ...rules,
  ].join('\n');
}
