/** Something that can be killed and started again with the same data on the same port. */
export interface Restartable {
  /** Given by the environment: it belongs to somebody else and can be neither killed nor started. */
  readonly provided: boolean;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it answers. Does nothing when it runs. */
  start(): Promise<void>;
}

export function provided(variable: string): Restartable {
  const refuse = (): Promise<never> =>
    Promise.reject(new Error(`${variable} is set, so this server belongs to somebody else and is not restarted from here`));
  return { provided: true, kill: refuse, start: refuse };
}

/** A server that this process started and answers for. */
export interface OwnServer extends Restartable {
  /** Ends it for good. */
  stop(): Promise<void>;
}

export type Progress = (line: string) => void;
