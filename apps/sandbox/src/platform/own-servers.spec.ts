import { describe, expect, it } from '@jest/globals';
import { leaveGivenServers } from './own-servers.js';

describe('a command that starts servers of its own', () => {
  it('forgets what the shell says of others, passwords and certificates too, and nothing else', () => {
    const env = {
      ...{ KAFKA_BROKERS: 'kafka.example:9092', KAFKA_TLS: 'on', KAFKA_SASL_PASSWORD: 'secret', KAFKA_TOPIC_PREFIX: 'baton' },
      ...{ DATABASE_URL: 'postgres://db.example/baton', KNOWLEDGE_DATABASE_URL: 'postgres://db.example/k', TOPIC_REPLICATION: '3' },
      ...{ PATH: '/bin', EMBEDDINGS_DIR: '/models', LOG_LEVEL: 'info' },
    };
    expect(leaveGivenServers(env)).toHaveLength(7);
    expect(env).toEqual({ PATH: '/bin', EMBEDDINGS_DIR: '/models', LOG_LEVEL: 'info' });
  });
});
