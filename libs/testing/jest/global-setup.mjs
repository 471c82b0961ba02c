/**
 * Gives tests a Kafka, a Postgres, a Postgres with vectors and a model that makes them, unless the environment names them already.
 * Jest calls it only when such a test was chosen.
 */
export default async function globalSetup() {
  const { KAFKA_BROKERS, DATABASE_URL, KNOWLEDGE_DATABASE_URL, EMBEDDINGS_DIR } = process.env;
  if (KAFKA_BROKERS && DATABASE_URL && KNOWLEDGE_DATABASE_URL && EMBEDDINGS_DIR) return;
  const { startLocalServices } = await import('@baton/testing');
  // Tests play endpoints themselves; the model is always the one of this machine.
  delete process.env.EMBEDDINGS_URL;
  const services = await startLocalServices({ fsync: false, onProgress: (line) => process.stderr.write(`  ${line}\n`) });
  process.env.KAFKA_BROKERS = services.brokers.join(',');
  process.env.DATABASE_URL = services.databaseUrl;
  process.env.KNOWLEDGE_DATABASE_URL = services.knowledgeUrl;
  process.env.EMBEDDINGS_DIR = services.modelDirectory;
  globalThis.batonLocalServices = services;
}
