import { describe, expect, it } from '@jest/globals';
import { aclsOf } from './acls.js';
import { TOPIC_TABLE } from './topic-table.js';
import { printAcls } from './print-acls.js';

const principal = 'User:baton-{user}';
const of = (user: string, bots: string[] = []) =>
  aclsOf('baton', { principal, bots })
    .filter((acl) => acl.user === user)
    .map(({ resource, name, pattern, operations }) => `${operations.join('+')} ${resource} ${name}${pattern === 'prefixed' ? '*' : ''}`);

describe('the rights of Baton at Kafka', () => {
  it('the ingress writes web hooks and follows the settings in groups of its own', () => {
    expect(of('webhook-ingress')).toEqual([
      'Write+Describe+DescribeConfigs topic baton.crisp-webhooks.v1',
      'Write+Describe+DescribeConfigs topic baton.messenger-webhooks.v1',
      'Read+Describe+DescribeConfigs topic baton.settings.v1',
      'Read+Describe group baton.webhook-ingress.reader-*',
    ]);
  });

  it('a bot has its own group, and all bots together every group of bots', () => {
    expect(of('bot-demo', ['demo'])).toEqual([
      'Read+Describe topic baton.bot-turns.v1',
      'Read+Describe group baton.bot.demo',
      'Write+Describe topic baton.bot-events.v1',
      'Read+Describe topic baton.handovers.v1',
    ]);
    expect(of('bot')).toContain('Read+Describe group baton.bot.*');
  });

  it('whoever judges again reads what was judged, and whoever looks for leftovers reads everything; neither writes', () => {
    expect(of('replay')).toEqual([
      'Read+Describe topic baton.visitor-messages.v1',
      'Read+Describe topic baton.bot-events.v1',
      'Read+Describe topic baton.crisp-webhooks.v1',
      'Read+Describe group baton.baton-replay.reader-*',
    ]);
    const verify = of('verify');
    for (const { name } of TOPIC_TABLE) expect(verify).toContain(`Read+Describe+DescribeConfigs topic baton.${name}.v1`);
    expect(verify).toContain('Read+Describe group baton.baton-verify.reader-*');
    expect(verify.join()).not.toMatch(/Write|Alter|Create/);
  });

  it('only the command for topics may create, alter or grow', () => {
    const may = aclsOf('baton', { principal, bots: [] }).filter(({ operations }) => operations.some((one) => /Create|Alter/.test(one)));
    expect(may.map(({ user }) => user)).toEqual(['topics']);
  });

  it('nobody names a resource of anybody else', () => {
    for (const { name } of aclsOf('baton', { principal, bots: ['demo'] })) expect(name).toMatch(/^baton\./);
  });

  it('are printed for a shell, whatever the template contains', () => {
    const acls = aclsOf('baton', { principal: "User:CN={user},O=O'Hara", bots: [] }).slice(0, 1);
    expect(printAcls(acls, { format: 'kafka-acls' }).split('\n').at(-1)).toBe(
      `kafka-acls.sh --bootstrap-server "$KAFKA_BROKERS" --command-config admin.properties --add --allow-principal 'User:CN=webhook-ingress,O=O'\\''Hara' --operation Write --operation Describe --operation DescribeConfigs --topic 'baton.crisp-webhooks.v1' --resource-pattern-type literal`,
    );
  });

  it('one user for everything may what any of them may, and nothing beyond', () => {
    const all = aclsOf('baton', { principal, bots: [], oneUser: true });
    expect([...new Set(all.map(({ principal: one }) => one))]).toEqual(['User:baton-all']);
    const each = aclsOf('baton', { principal, bots: ['demo'] });
    for (const { resource, name, operations } of each) {
      const covering = all.filter((one) => one.resource === resource && name.startsWith(one.name)).flatMap((one) => one.operations);
      expect({ name, without: operations.filter((one) => !covering.includes(one)) }).toEqual({ name, without: [] });
    }
    for (const { resource, operations } of all) {
      const used = each.filter((one) => one.resource === resource).flatMap((one) => one.operations);
      expect(operations.filter((one) => !used.includes(one))).toEqual([]);
    }
  });

  it('are printed as users of Strimzi, one document each, which it finds by the label of their cluster', () => {
    const acls = aclsOf('baton', { principal, bots: ['demo'] });
    const documents = printAcls(acls, { format: 'strimzi', cluster: 'events', authentication: 'tls' })
      .split(/^---\n/m)
      .slice(1);
    expect(documents).toHaveLength(new Set(acls.map(({ user }) => user)).size);
    expect(documents[0]).toBe(
      [
        'apiVersion: kafka.strimzi.io/v1',
        'kind: KafkaUser',
        'metadata:',
        '  name: "baton-webhook-ingress"',
        '  labels: { strimzi.io/cluster: "events" }',
        'spec:',
        '  authentication: { type: tls }',
        '  authorization:',
        '    type: simple',
        '    acls:',
        '      - resource: { type: topic, name: "baton.crisp-webhooks.v1", patternType: literal }',
        '        operations: [Write, Describe, DescribeConfigs]',
        '      - resource: { type: topic, name: "baton.messenger-webhooks.v1", patternType: literal }',
        '        operations: [Write, Describe, DescribeConfigs]',
        '      - resource: { type: topic, name: "baton.settings.v1", patternType: literal }',
        '        operations: [Read, Describe, DescribeConfigs]',
        '      - resource: { type: group, name: "baton.webhook-ingress.reader-", patternType: prefix }',
        '        operations: [Read, Describe]',
        '',
      ].join('\n'),
    );
    for (const document of documents) expect(document).toContain('  labels: { strimzi.io/cluster: "events" }\n');
  });
});
