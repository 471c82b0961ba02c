/** Gives tests a Kafka and a Postgres, unless the environment names them already. Jest calls it only when such a test was chosen. */
export default async function globalSetup() {
  if (process.env.KAFKA_BROKERS && process.env.DATABASE_URL) return;
  const { startLocalServices } = await import('@baton/testing');
  const services = await startLocalServices({ fsync: false, onProgress: (line) => process.stderr.write(`  ${line}\n`) });
  process.env.KAFKA_BROKERS = services.brokers.join(',');
  process.env.DATABASE_URL = services.databaseUrl;
  globalThis.batonLocalServices = services;
}
