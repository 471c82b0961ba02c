import { DEAD_LETTERS, groupOnTheWire, topicOnTheWire } from '@baton/contracts';
import type { TopicName } from '@baton/contracts';
import { TOPIC_TABLE } from './topic-table.js';
import type { KafkaUser } from './topic-table.js';

export const ACL_FORMATS = ['kafka-acls', 'strimzi', 'json'] as const;
export type AclFormat = (typeof ACL_FORMATS)[number];

export type AclOperation = 'Read' | 'Write' | 'Describe' | 'DescribeConfigs' | 'Create' | 'Alter' | 'AlterConfigs';

/** That a user may do something with a topic or a group; `Read` and `Write` imply `Describe` at Kafka. */
export interface Acl {
  readonly user: string;
  readonly principal: string;
  readonly resource: 'topic' | 'group';
  readonly name: string;
  readonly pattern: 'literal' | 'prefixed';
  readonly operations: readonly AclOperation[];
}

export interface AclOptions {
  /** The principal of a user; `{user}` becomes its name. */
  readonly principal: string;
  /** Each gets a user of its own, `bot-<botId>`; without any there is one user `bot` for all. */
  readonly bots: readonly string[];
  /** One user `all` for everything instead, with what all of them together may. */
  readonly oneUser?: boolean;
}

/** Commands and helpers that have users beside the services. */
const HELPERS = ['topics', 'dead-letters', 'replay', 'verify', 'scaler'] as const;
type Helper = (typeof HELPERS)[number];

/** Of what the orchestrator judges, the records that `baton replay` reads again where they lie. */
const JUDGED_TOPICS: readonly TopicName[] = ['visitor-messages', 'bot-events', 'crisp-webhooks'];

type Grant = Omit<Acl, 'user' | 'principal'>;

/**
 * Everything that each part of Baton must be allowed, and nothing more. Baton uses no transactions and no idempotent producers, so that
 * nobody needs rights on the cluster or on transactional ids.
 */
export function aclsOf(prefix: string, options: AclOptions): Acl[] {
  if (options.oneUser) return ofUsers([['all', everything(prefix)]], options);
  const services: KafkaUser[] = ['webhook-ingress', 'escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply', 'control-plane'];
  const bots = options.bots.length === 0 ? [['bot', undefined] as const] : options.bots.map((botId) => [`bot-${botId}`, botId] as const);
  const granted: (readonly [string, readonly Grant[]])[] = [
    ...services.map((user) => [user, [...grantsFromTable(prefix, user), ...beside(prefix, user)]] as const),
    ...bots.map(([user, botId]) => [user, grantsFromTable(prefix, 'bot', botId)] as const),
    ...HELPERS.map((user) => [user, ofHelper(prefix, user)] as const),
  ];
  return ofUsers(granted, options);
}

function ofUsers(granted: readonly (readonly [string, readonly Grant[]])[], { principal }: AclOptions): Acl[] {
  return granted.flatMap(([user, grants]) =>
    merged(grants).map((grant) => ({ user, principal: principal.replaceAll('{user}', user), ...grant })),
  );
}

function everything(prefix: string): Grant[] {
  const operations: AclOperation[] = ['Read', 'Write', 'Create', 'Describe', 'DescribeConfigs', 'Alter', 'AlterConfigs'];
  return [
    { resource: 'topic', name: `${prefix}.`, pattern: 'prefixed', operations },
    { resource: 'group', name: groupOnTheWire('', prefix), pattern: 'prefixed', operations: ['Read', 'Describe'] },
  ];
}

/** What a user writes, reads and follows, and the groups by which it does. */
function grantsFromTable(prefix: string, user: KafkaUser, botId?: string): Grant[] {
  // A service looks at its topics' settings at its start; a bot does not.
  const seeing: AclOperation[] = user === 'bot' ? [] : ['DescribeConfigs'];
  return TOPIC_TABLE.flatMap(({ name, writers, readers, followers }) => {
    const grants: Grant[] = [];
    const onTopic = topic(topicOnTheWire(name, prefix));
    if (writers.includes(user)) grants.push(onTopic('Write', 'Describe', ...seeing));
    for (const reader of readers.filter((one) => one.user === user)) {
      grants.push(onTopic('Read', 'Describe', ...seeing), groupOf(prefix, reader.group, botId));
    }
    if (followers.includes(user)) grants.push(onTopic('Read', 'Describe', ...seeing), following(prefix, user));
    return grants;
  });
}

/** The control plane sends dead letters again to where they came from, and looks at how far all groups are. */
function beside(prefix: string, user: KafkaUser): Grant[] {
  if (user !== 'control-plane') return [];
  return [
    ...TOPIC_TABLE.filter(({ kept }) => kept !== 'compacted').map(({ name }) => topic(topicOnTheWire(name, prefix))('Write', 'Describe')),
    { resource: 'group', name: groupOnTheWire('', prefix), pattern: 'prefixed', operations: ['Describe'] },
  ];
}

function ofHelper(prefix: string, user: Helper): Grant[] {
  const everyTopic = { resource: 'topic', name: `${prefix}.`, pattern: 'prefixed' } as const;
  const everyGroup: Grant = { resource: 'group', name: groupOnTheWire('', prefix), pattern: 'prefixed', operations: ['Describe'] };
  switch (user) {
    case 'topics':
      return [{ ...everyTopic, operations: ['Create', 'Describe', 'DescribeConfigs', 'Alter', 'AlterConfigs'] }, everyGroup];
    case 'dead-letters':
      return [
        topic(topicOnTheWire(DEAD_LETTERS, prefix))('Read', 'Write', 'Describe'),
        ...TOPIC_TABLE.filter(({ kept }) => kept !== 'compacted').map(({ name }) =>
          topic(topicOnTheWire(name, prefix))('Write', 'Describe'),
        ),
        following(prefix, 'baton-dead-letters'),
      ];
    case 'replay':
      return [...JUDGED_TOPICS.map((name) => topic(topicOnTheWire(name, prefix))('Read', 'Describe')), following(prefix, 'baton-replay')];
    case 'verify':
      return [
        ...TOPIC_TABLE.map(({ name }) => topic(topicOnTheWire(name, prefix))('Read', 'Describe', 'DescribeConfigs')),
        following(prefix, 'baton-verify'),
      ];
    case 'scaler':
      return [{ ...everyTopic, operations: ['Describe'] }, everyGroup];
  }
}

const topic =
  (name: string) =>
  (...operations: AclOperation[]): Grant => ({ resource: 'topic', name, pattern: 'literal', operations });

/** A bot reads in the group `bot.<its id>`; who plays all bots has all of these. */
function groupOf(prefix: string, group: string, botId: string | undefined): Grant {
  const [fixed, template] = group.split('<botId>');
  const name = groupOnTheWire(`${fixed}${botId ?? ''}`, prefix);
  const pattern = template === undefined || botId !== undefined ? 'literal' : 'prefixed';
  return { resource: 'group', name, pattern, operations: ['Read', 'Describe'] };
}

/** Whoever follows a topic reads in a group with a name of its own, `<prefix>.<client>.reader-<random>`. */
function following(prefix: string, client: string): Grant {
  return { resource: 'group', name: groupOnTheWire(`${client}.reader-`, prefix), pattern: 'prefixed', operations: ['Read', 'Describe'] };
}

/** One grant for each resource. */
function merged(grants: readonly Grant[]): Grant[] {
  const found = Map.groupBy(grants, ({ resource, name, pattern }) => `${resource} ${pattern} ${name}`);
  return [...found.values()].map((same) => ({ ...same[0]!, operations: [...new Set(same.flatMap(({ operations }) => operations))] }));
}
