/** What happened with Kafka, in a sentence that says what to look at. */
export function explainKafka(error: unknown, brokers: readonly string[]): string {
  const at = `Kafka at ${brokers.join(', ')}`;
  const all = [...causes(error)];
  const types = new Set(all.map(({ type }) => type));
  if ([...types].some((type) => type?.endsWith('_AUTHORIZATION_FAILED')))
    return `${at} does not allow that to this user (${[...types].filter(Boolean).join(', ')}): "topics acls" prints what is needed.`;
  if (types.has('INVALID_REPLICATION_FACTOR'))
    return `${at} has fewer brokers than replicas are wanted: set TOPIC_REPLICATION, or add brokers.`;
  if (all.some(({ name }) => name === 'KafkaJSSASLAuthenticationError'))
    return `${at} did not take the user: look at KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD.`;
  const text = all.map(({ message }) => message).join('; ');
  if (/certificate|self-signed|altname|issuer/i.test(text))
    return `${at} shows a certificate that is not trusted (${all[0]?.message}): look at KAFKA_TLS_CA.`;
  return `${at} could not do that: ${all[0]?.message ?? String(error)}`;
}

interface Cause extends Error {
  readonly type?: string;
}

/** An error, what caused it, and what it gathers. */
function* causes(error: unknown): Generator<Cause> {
  if (!(error instanceof Error)) return;
  yield error;
  yield* causes(error.cause);
  for (const one of (error as { errors?: unknown[] }).errors ?? []) yield* causes(one);
}
