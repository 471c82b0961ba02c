import type { Acl, AclFormat } from './acls.js';

/** The rights as commands of Kafka, as `KafkaUser`s of Strimzi, or as JSON. */
export function printAcls(acls: readonly Acl[], format: AclFormat): string {
  if (format === 'json') return JSON.stringify(acls, undefined, 2);
  const users = [...Map.groupBy(acls, ({ user }) => user)];
  if (format === 'strimzi') return users.map(([user, of]) => strimzi(user, of)).join('\n');
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

function strimzi(user: string, acls: readonly Acl[]): string {
  const rules = acls.flatMap(({ resource, name, pattern, operations }) => [
    `      - resource: { type: ${resource}, name: ${JSON.stringify(name)}, patternType: ${pattern === 'prefixed' ? 'prefix' : 'literal'} }`,
    `        operations: [${operations.join(', ')}]`,
  ]);
  return [
    '---',
    'apiVersion: kafka.strimzi.io/v1beta2',
    'kind: KafkaUser',
    `metadata: { name: baton-${user} }`,
    'spec:',
    '  authentication: { type: scram-sha-512 }',
    '  authorization:',
    '    type: simple',
    '    acls:',
    ...rules,
  ].join('\n');
}
