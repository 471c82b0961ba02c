import type { Admin } from 'kafkajs';
import type { TopicThere } from './kafka.js';

/** `ConfigResource.Type.TOPIC` of the protocol; kafkajs has it under a name that an ES module cannot import. */
const TOPIC = 2;
/** `ConfigSource` of the protocol: set for this topic, and not by a default of the brokers. */
const SET_FOR_THE_TOPIC = 1;

/** Those of these topics that may be seen, and their settings where they may be seen, too. */
export async function describeTopics(client: Admin, topics: readonly string[], settings: readonly string[]): Promise<TopicThere[]> {
  const wanted = new Set(topics);
  // All that this user may see: asked by name, one that is missing would be an error for all.
  const { topics: found } = await client.fetchTopicMetadata();
  return Promise.all(
    found
      .filter(({ name }) => wanted.has(name))
      .map(async ({ name, partitions }) => ({
        topic: name,
        partitions: partitions.length,
        replication: Math.min(...partitions.map(({ replicas }) => replicas.length)),
        settings: await settingsOf(client, name, settings),
      })),
  );
}

async function settingsOf(client: Admin, name: string, configNames: readonly string[]): Promise<Record<string, string> | undefined> {
  try {
    const { resources } = await client.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: TOPIC, name, configNames: [...configNames] }],
    });
    return Object.fromEntries((resources[0]?.configEntries ?? []).map(({ configName, configValue }) => [configName, configValue]));
  } catch (error) {
    if ((error as { type?: unknown }).type === 'TOPIC_AUTHORIZATION_FAILED') return undefined;
    throw error;
  }
}

/** The request replaces everything that is set for a topic, so what is there is sent along. */
export async function alterSettings(client: Admin, name: string, settings: Readonly<Record<string, string>>): Promise<void> {
  const { resources } = await client.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: TOPIC, name }],
  });
  const there = (resources[0]?.configEntries ?? []).filter(({ configSource }) => Number(configSource) === SET_FOR_THE_TOPIC);
  const all = { ...Object.fromEntries(there.map(({ configName, configValue }) => [configName, configValue])), ...settings };
  await client.alterConfigs({
    validateOnly: false,
    resources: [{ type: TOPIC, name, configEntries: Object.entries(all).map(([key, value]) => ({ name: key, value })) }],
  });
}
