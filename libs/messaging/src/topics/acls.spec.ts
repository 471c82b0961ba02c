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
    expect(printAcls(acls, 'kafka-acls').split('\n').at(-1)).toBe(
      `kafka-acls.sh --bootstrap-server "$KAFKA_BROKERS" --command-config admin.properties --add --allow-principal 'User:CN=webhook-ingress,O=O'\\''Hara' --operation Write --operation Describe --operation DescribeConfigs --topic 'baton.crisp-webhooks.v1' --resource-pattern-type literal`,
    );
  });

  it('are printed as users of Strimzi, one document each', () => {
    const text = printAcls(aclsOf('baton', { principal, bots: [] }), 'strimzi');
    expect(text.match(/^kind: KafkaUser$/gm)).toHaveLength(11);
    expect(text).toContain('      - resource: { type: group, name: "baton.webhook-ingress.reader-", patternType: prefix }');
  });
});
