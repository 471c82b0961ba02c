import { ACL_FORMATS, aclsOf } from '../topics/acls.js';
import type { AclFormat } from '../topics/acls.js';
import { printAcls, STRIMZI_AUTHENTICATIONS } from '../topics/print-acls.js';
import type { StrimziAuthentication } from '../topics/print-acls.js';

const text = { type: 'string' } as const;

/** The options of `topics acls`, as parseArgs takes them. */
export const ACL_OPTIONS = {
  format: { ...text, default: 'kafka-acls' },
  'user-template': text,
  bot: { ...text, multiple: true, default: [] as string[] },
  'one-user': { type: 'boolean', default: false },
  'strimzi-cluster': text,
  authentication: text,
} as const;

export interface AclWords {
  readonly json: boolean;
  readonly format: string;
  readonly 'user-template'?: string | undefined;
  readonly bot: readonly string[];
  readonly 'one-user': boolean;
  readonly 'strimzi-cluster'?: string | undefined;
  readonly authentication?: string | undefined;
}

/** A name of Kubernetes; Strimzi calls a user after its resource. */
const NAME = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
const isOneOf = <T extends string>(list: readonly T[], word: string): word is T => (list as readonly string[]).includes(word);

/** The options held against each other; undefined when they make sense. */
export function wrongAclWords(words: AclWords): string | undefined {
  const { format, bot, 'user-template': template, 'strimzi-cluster': cluster, authentication } = words;
  if (!isOneOf(ACL_FORMATS, format)) return `--format must be one of ${ACL_FORMATS.join(', ')}.`;
  if (template !== undefined && !template.includes('{user}')) return '--user-template must contain {user}.';
  if (words['one-user'] && bot.length > 0) return '--one-user is one for bots, too: --bot has nothing to say.';
  if (format !== 'strimzi' || words.json) {
    return cluster === undefined && authentication === undefined
      ? undefined
      : '--strimzi-cluster and --authentication are for --format strimzi.';
  }
  if (cluster === undefined)
    return '--strimzi-cluster is missing: the name of the Kafka resource, without which Strimzi overlooks its users.';
  if (!NAME.test(cluster)) return `--strimzi-cluster: "${cluster}" is no name of Kubernetes.`;
  if (template !== undefined) return '--user-template is not for --format strimzi, which makes the principals itself.';
  if (authentication !== undefined && !isOneOf(STRIMZI_AUTHENTICATIONS, authentication))
    return `--authentication must be one of ${STRIMZI_AUTHENTICATIONS.join(', ')}.`;
  const strange = bot.filter((botId) => !NAME.test(botId));
  if (strange.length > 0) return `Strimzi cannot call a user after ${strange.join(', ')}: a name of Kubernetes has a-z, 0-9, - and dots.`;
  return undefined;
}

/** The rights as the options, which make sense, want them. */
export function aclsInWords(prefix: string, words: AclWords): string {
  const acls = aclsOf(prefix, {
    principal: words['user-template'] ?? 'User:baton-{user}',
    bots: words.bot,
    oneUser: words['one-user'],
  });
  const format = words.json ? 'json' : (words.format as AclFormat);
  if (format !== 'strimzi') return printAcls(acls, { format });
  const authentication = (words.authentication ?? 'scram-sha-512') as StrimziAuthentication;
  return printAcls(acls, { format, cluster: words['strimzi-cluster']!, authentication });
}
