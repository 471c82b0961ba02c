import { describe, expect, it } from '@jest/globals';
import { EXIT, runTopics } from './run-topics.js';

/** `topics acls` needs no Kafka. */
async function acls(...argv: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const say = (text: string): void => void (said += text);
  return { code: await runTopics(['acls', ...argv], {}, say, say), said };
}

const strimzi = ['--format', 'strimzi'];
const cluster = ['--strimzi-cluster', 'events'];

describe('topics acls', () => {
  it.each<[string, string[], string]>([
    ['users of Strimzi that no cluster would look for', strimzi, '--strimzi-cluster is missing'],
    ['a cluster that cannot be called so', [...strimzi, '--strimzi-cluster', 'My Events'], '"My Events" is no name of Kubernetes'],
    [
      'principals that Strimzi makes itself',
      [...strimzi, ...cluster, '--user-template', 'User:CN={user}'],
      '--user-template is not for --format strimzi',
    ],
    [
      'a way to authenticate that Strimzi does not know',
      [...strimzi, ...cluster, '--authentication', 'oauth'],
      '--authentication must be one of scram-sha-512, tls, tls-external',
    ],
    ['a bot that Strimzi cannot call so', [...strimzi, ...cluster, '--bot', 'shop_1'], 'cannot call a user after shop_1'],
    ['a cluster where nobody asks for one', cluster, '--strimzi-cluster and --authentication are for --format strimzi'],
    ['one user and many', ['--one-user', '--bot', 'shop'], '--one-user is one for bots, too'],
    ['a template that names everybody the same', ['--user-template', 'User:x'], '--user-template must contain {user}'],
  ])('refuses %s', async (_, argv, sentence) => {
    const { code, said } = await acls(...argv);
    expect({ code, said }).toEqual({ code: EXIT.usage, said: expect.stringContaining(sentence) });
  });

  it('prints users of Strimzi with passwords, or with certificates where they are asked for', async () => {
    const types = async (...more: string[]) => {
      const { said } = await acls(...strimzi, ...cluster, ...more);
      return [...new Set([...said.matchAll(/authentication: \{ type: (\S+) \}/g)].map(([, type]) => type))];
    };
    expect(await types()).toEqual(['scram-sha-512']);
    expect(await types('--authentication', 'tls')).toEqual(['tls']);
  });

  it('prints one user for everything on demand alone', async () => {
    const users = async (...more: string[]) => {
      const { said } = await acls('--json', ...more);
      return new Set((JSON.parse(said) as { principal: string }[]).map(({ principal }) => principal));
    };
    expect(await users('--one-user')).toEqual(new Set(['User:baton-all']));
    expect(await users('--one-user', '--user-template', 'User:CN={user}')).toEqual(new Set(['User:CN=all']));
    expect(await users()).not.toContain('User:baton-all');
  });
});
