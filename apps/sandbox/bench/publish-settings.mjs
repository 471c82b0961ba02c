/* Publishes the settings of the bench straight to the topic, as the control plane would, and stays for the heartbeat; needs no database. */
import { fileURLToPath } from 'node:url';

const at = (path) => new URL(`../../../${path}`, import.meta.url).href;
const { ensureTopics } = await import(at('libs/messaging/dist/kafka-only.js'));
const { SettingsPublisher } = await import(at('libs/settings/dist/index.js'));
const { loadSettings } = await import(at('apps/control-plane/dist/settings-file/load-settings.js'));
const { toSettings } = await import(at('apps/control-plane/dist/settings-file/to-settings.js'));

const { KAFKA_BROKERS, KAFKA_TOPIC_PREFIX, SETTINGS_KEY_WEBHOOKS } = process.env;
const kafka = { brokers: KAFKA_BROKERS.split(','), clientId: 'bench-settings', topicPrefix: KAFKA_TOPIC_PREFIX };
// Nobody else opens what is sealed here.
const keys = Object.fromEntries(['webhooks', 'crisp', 'messenger', 'models'].map((purpose) => [purpose, SETTINGS_KEY_WEBHOOKS]));

await ensureTopics(kafka, { partitions: 24, replication: 1 });
const publisher = new SettingsPublisher({ kafka, keys });
await publisher.start();
const file = await loadSettings(fileURLToPath(new URL('settings.yaml', import.meta.url)), process.env);
await publisher.publish(toSettings(file, keys));
