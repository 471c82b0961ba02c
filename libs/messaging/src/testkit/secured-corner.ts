import kafkajs from 'kafkajs';
import { startSecuredKafka } from '@baton/testing/secured';
import type { SecuredKafka } from '@baton/testing/secured';
import type { KafkaConfig } from '../kafka/kafka.js';
import { aclsOf } from '../topics/acls.js';
import type { Acl } from '../topics/acls.js';
import { ensureTopics } from '../topics/survey.js';

export const PREFIX = 'secured';

/** A Kafka with the topics of Baton on which each of its users may do exactly what `topics acls` prints. */
export interface SecuredCorner {
  readonly broker: SecuredKafka;
  /** How a user comes with its password; `clientId` is by default its name without `baton-`, as the services have it. */
  as(user: string, clientId?: string): KafkaConfig;
  /** The same in the environment. */
  variablesOf(user: string): Record<string, string>;
  stop(): Promise<void>;
}

const principalOf = (user: string): string => `baton-${user}`;
const passwordOf = (user: string): string => `the-password-of-${user}`;

export async function securedCorner(bots: readonly string[]): Promise<SecuredCorner> {
  const acls = aclsOf(PREFIX, { principal: `User:${principalOf('{user}')}`, bots });
  const users = [...new Set(acls.map(({ user }) => user))];
  const broker = await startSecuredKafka(Object.fromEntries(users.map((user) => [principalOf(user), passwordOf(user)])));
  try {
    await ensureTopics({ brokers: [broker.open], clientId: 'test', topicPrefix: PREFIX }, { partitions: 3 });
    await allow(broker.open, acls);
  } catch (error) {
    await broker.stop();
    throw error;
  }
  return {
    broker,
    as: (user, clientId = user) => ({
      brokers: [broker.byPassword],
      clientId,
      topicPrefix: PREFIX,
      tls: { caFile: broker.authority.caFile },
      sasl: { mechanism: 'scram-sha-512', username: principalOf(user), password: passwordOf(user) },
    }),
    variablesOf: (user) => ({
      ...{ KAFKA_BROKERS: broker.byPassword, KAFKA_TOPIC_PREFIX: PREFIX, KAFKA_TLS: 'on', KAFKA_TLS_CA: broker.authority.caFile },
      ...{ KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_USERNAME: principalOf(user), KAFKA_SASL_PASSWORD: passwordOf(user) },
    }),
    stop: () => broker.stop(),
  };
}

const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, ResourcePatternTypes } = kafkajs;
const OPERATIONS = {
  Read: AclOperationTypes.READ,
  Write: AclOperationTypes.WRITE,
  Create: AclOperationTypes.CREATE,
  Alter: AclOperationTypes.ALTER,
  Describe: AclOperationTypes.DESCRIBE,
  DescribeConfigs: AclOperationTypes.DESCRIBE_CONFIGS,
  AlterConfigs: AclOperationTypes.ALTER_CONFIGS,
};

async function allow(openBroker: string, acls: readonly Acl[]): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers: [openBroker], clientId: 'test', logLevel: kafkajs.logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    await admin.createAcls({
      acl: acls.flatMap(({ principal, resource, name, pattern, operations }) =>
        operations.map((operation) => ({
          principal,
          host: '*',
          permissionType: AclPermissionTypes.ALLOW,
          operation: OPERATIONS[operation],
          resourceType: resource === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
          resourceName: name,
          resourcePatternType: pattern === 'literal' ? ResourcePatternTypes.LITERAL : ResourcePatternTypes.PREFIXED,
        })),
      ),
    });
  } finally {
    await admin.disconnect();
  }
}
