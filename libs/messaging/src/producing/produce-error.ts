export type ProduceErrorCode = 'kafka.unavailable' | 'kafka.queue-full' | 'kafka.record-refused';

/** A call to the producer failed as a whole. After `kafka.unavailable` its records may have arrived nevertheless. */
export class ProduceError extends Error {
  override readonly name = 'ProduceError';
  constructor(
    readonly code: ProduceErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${message}`, options);
  }
}
