/** Something that can be killed and started again with the same data on the same port. */
export interface Restartable {
  /** Given by the environment: it belongs to somebody else and can be neither killed nor started. */
  readonly provided: boolean;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it answers. */
  start(): Promise<void>;
}

export interface LocalServices {
  readonly brokers: string[];
  readonly databaseUrl: string;
  readonly kafka: Restartable;
  readonly postgres: Restartable;
  stop(): Promise<void>;
}

export interface LocalServicesOptions {
  /** Where the data lie; default a temporary directory that goes away at the end. */
  readonly directory?: string;
  readonly onProgress?: (line: string) => void;
  readonly kafkaPort?: number;
  readonly postgresPort?: number;
  /** Keep the data in `directory` for the next start. */
  readonly keepData?: boolean;
}

const PROVIDED: Restartable = {
  provided: true,
  kill: () => Promise.reject(new Error('it was given by the environment and cannot be killed')),
  start: () => Promise.resolve(),
};

export function startLocalServices(_options: LocalServicesOptions = {}): Promise<LocalServices> {
  const { KAFKA_BROKERS, DATABASE_URL } = process.env;
  if (!KAFKA_BROKERS || !DATABASE_URL) return Promise.reject(new Error('set KAFKA_BROKERS and DATABASE_URL'));
  return Promise.resolve({
    brokers: KAFKA_BROKERS.split(','),
    databaseUrl: DATABASE_URL,
    kafka: PROVIDED,
    postgres: PROVIDED,
    stop: () => Promise.resolve(),
  });
}
