import { fileURLToPath } from 'node:url';
import { freePort, freshDatabase, freshKnowledgeDatabase, spawnService } from '@baton/testing';
import { startStage } from '../../testing/stage.js';
import type { Stage } from '../../testing/stage.js';
import type { SettingsFile } from '../../settings-file/file-schema.js';

const AI = (file: string): string => fileURLToPath(new URL(`../../../../ai-auto-reply/dist/${file}`, import.meta.url));

export interface StageWithAi extends Stage {
  /** Ends the AI; the control plane goes on without. */
  stopAi(): Promise<void>;
}

/** A running control plane with the real AI behind it, each with databases of its own. */
export async function stageWithAi(first: SettingsFile): Promise<StageWithAi> {
  const port = await freePort();
  const aiUrl = `http://127.0.0.1:${port}`;
  const database = await freshDatabase(process.env['DATABASE_URL']!, 'with_ai');
  const knowledge = freshKnowledgeDatabase(process.env['KNOWLEDGE_DATABASE_URL']!, 'with_ai');
  const stage = await startStage({ env: { AI_URL: aiUrl }, first });
  const { config } = stage;
  const env = {
    KAFKA_BROKERS: config.KAFKA_BROKERS.join(','),
    KAFKA_TOPIC_PREFIX: config.KAFKA_TOPIC_PREFIX,
    DATABASE_URL: database.url,
    KNOWLEDGE_DATABASE_URL: knowledge.url,
    KNOWLEDGE_SCHEMA: knowledge.schema,
    KNOWLEDGE_POOL: '1',
    PASS_KEY: config.PASS_KEY,
    SETTINGS_KEY_CRISP: config.SETTINGS_KEY_CRISP,
    SETTINGS_KEY_MODELS: config.SETTINGS_KEY_MODELS,
    SOURCES_FROM_LOOPBACK: 'on',
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: String(port),
    LOG_LEVEL: 'warn',
  };
  const migrated = await spawnService({ name: 'migrations', entry: AI('migrate.js'), env }).exited;
  if (migrated.code !== 0) throw new Error(`the AI's databases could not be set up: ${migrated.code}`);
  const ai = spawnService({ name: 'ai', entry: AI('main.js'), env });
  await ai.ready(`${aiUrl}/health/ready`);
  return {
    ...stage,
    stopAi: async () => void (await ai.kill()),
    close: async () => {
      if (ai.running) await ai.kill();
      await stage.close();
      await knowledge.drop();
      await database.drop();
    },
  };
}
