import type { KafkaConfig } from './kafka.js';

/** The variables of Kafka as `kafkaVariables` of `@baton/telemetry` reads and checks them. */
export interface KafkaVariables {
  readonly KAFKA_BROKERS: readonly string[];
  readonly KAFKA_TOPIC_PREFIX: string;
  readonly KAFKA_TLS: 'on' | 'off';
  readonly KAFKA_TLS_CA?: string | undefined;
  readonly KAFKA_TLS_CERT?: string | undefined;
  readonly KAFKA_TLS_KEY?: string | undefined;
  readonly KAFKA_SASL_MECHANISM?: 'plain' | 'scram-sha-256' | 'scram-sha-512' | undefined;
  readonly KAFKA_SASL_USERNAME?: string | undefined;
  readonly KAFKA_SASL_PASSWORD?: string | undefined;
}

/** How a service or a command reaches Kafka; `clientId` is its name. */
export function kafkaConfigFrom(variables: KafkaVariables, clientId: string): KafkaConfig {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username, KAFKA_SASL_PASSWORD: password } = variables;
  return {
    brokers: variables.KAFKA_BROKERS,
    clientId,
    topicPrefix: variables.KAFKA_TOPIC_PREFIX,
    ...(variables.KAFKA_TLS === 'on' && {
      tls: { caFile: variables.KAFKA_TLS_CA, certFile: variables.KAFKA_TLS_CERT, keyFile: variables.KAFKA_TLS_KEY },
    }),
    ...(mechanism && username !== undefined && password !== undefined && { sasl: { mechanism, username, password } }),
  };
}
