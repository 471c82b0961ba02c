/** Values that are wrong only beside each other: what the chart itself refuses, on top of the minimal case, and a part of what it says. */
export const REFUSALS: readonly { readonly what: string; readonly set: readonly string[]; readonly says: string }[] = [
  { what: 'no Secret with keys', set: ['secrets.existingSecret='], says: 'secrets.existingSecret is missing' },
  { what: 'no Secret with addresses of Postgres', set: ['postgres.existingSecret='], says: 'postgres.existingSecret is missing' },
  { what: 'keys of a sandbox in earnest', set: ['sandbox.devSeed=x'], says: 'sandbox.devSeed makes keys that are no secrets' },
  { what: 'SASL without a Secret', set: ['kafka.sasl.mechanism=plain'], says: 'kafka.sasl.existingSecret is missing' },
  { what: 'certificates without TLS', set: ['kafka.tls.existingSecret=x'], says: 'kafka.tls.enabled is not' },
  {
    what: 'half of mTLS',
    set: ['kafka.tls.enabled=true', 'kafka.tls.existingSecret=x', 'kafka.tls.certKey=tls.crt'],
    says: 'belong together',
  },
  {
    what: 'a topic that can never be written',
    set: ['topics.replication=1'],
    says: 'topics.minInsyncReplicas is more than topics.replication',
  },
  { what: 'a service without an address outside', set: ['urls.chat='], says: 'urls.chat is missing' },
  { what: 'more replicas than partitions', set: ['services.channel-dispatcher.replicas=25'], says: 'the topics have 24 partitions' },
  {
    what: 'an autoscaler that goes beyond the partitions',
    set: ['autoscaling.mode=keda', 'services.ai-auto-reply.autoscaling.maxReplicas=30'],
    says: 'services.ai-auto-reply: 30 replicas',
  },
  {
    what: 'an autoscaler that cannot be satisfied',
    set: ['autoscaling.mode=hpa', 'services.ai-auto-reply.autoscaling.minReplicas=7'],
    says: 'minReplicas is more than maxReplicas',
  },
  { what: 'a secret among the variables', set: ['services.control-plane.env.PASS_KEY=x'], says: 'services.control-plane.env: PASS_KEY' },
  {
    what: 'one service with topics unlike those of the rest',
    set: ['services.channel-dispatcher.env.TOPIC_RETENTION_DAYS=x'],
    says: 'services.channel-dispatcher.env: TOPIC_RETENTION_DAYS',
  },
  {
    what: 'a variable that is given twice',
    set: ['defaults.env.LOG_LEVEL=debug', 'defaults.extraEnv[0].name=LOG_LEVEL', 'defaults.extraEnv[0].value=warn'],
    says: 'LOG_LEVEL: the chart writes this itself',
  },
  {
    what: 'a variable of tracing that has a value of its own',
    set: ['tracing.endpoint=http://collector:4318', 'tracing.env.OTEL_EXPORTER_OTLP_ENDPOINT=http://other:4318'],
    says: 'OTEL_EXPORTER_OTLP_ENDPOINT: the chart writes this itself',
  },
  {
    what: 'a certificate of which nobody knows the keys',
    set: ['services.ai-auto-reply.kafka.tlsSecret=x', 'kafka.tls.enabled=true'],
    says: 'services.ai-auto-reply.kafka.tlsSecret names a certificate',
  },
  { what: 'a certificate without TLS', set: ['walk.tlsSecret=x'], says: 'walk.tlsSecret names a certificate: it needs kafka.tls.enabled' },
  {
    what: 'no time for a clean stop',
    set: ['defaults.preStopSeconds=40'],
    says: 'terminationGracePeriodSeconds must be more than preStopSeconds',
  },
];
