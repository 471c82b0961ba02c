import type { MessengerErrorClass } from './error-class.js';

export interface MessengerFailure {
  readonly class: MessengerErrorClass;
  /** Whether the write may have reached Meta all the same; never for a read. */
  readonly mayHaveHappened: boolean;
  /** Meta's own code and subcode. */
  readonly graphCode?: number;
  readonly subcode?: number;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** The least wait that Meta asked for or that the failure implies. */
  readonly retryAfterMs?: number;
  /** Meta's id of the call, for its support. */
  readonly fbtraceId?: string;
  /** The system's code of what went wrong with the connection, such as `ECONNREFUSED`. */
  readonly systemCode?: string;
  /** Meta's sentence. It may quote what was sent: not to be logged. */
  readonly detail?: string;
  /** The route, such as `POST /v25.0/4400110022/messages`; never the query, where the token is. */
  readonly route: string;
}

/** A call to Meta that failed, with what the caller needs to decide on. `code` is the class's reason. */
export class MessengerError extends Error {
  readonly code: string;
  readonly class: MessengerErrorClass;
  readonly mayHaveHappened: boolean;
  readonly graphCode: number | undefined;
  readonly subcode: number | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly fbtraceId: string | undefined;
  readonly #detail: string | undefined;

  constructor(failure: MessengerFailure) {
    super(sentence(failure));
    this.name = 'MessengerError';
    this.code = failure.class.reason;
    this.class = failure.class;
    this.mayHaveHappened = failure.mayHaveHappened;
    this.graphCode = failure.graphCode;
    this.subcode = failure.subcode;
    this.status = failure.status;
    this.retryAfterMs = failure.retryAfterMs;
    this.fbtraceId = failure.fbtraceId;
    this.#detail = failure.detail;
  }

  /** Meta's sentence; hidden from what prints errors as they are. */
  get detail(): string | undefined {
    return this.#detail;
  }
}

function sentence(failure: MessengerFailure): string {
  const numbers = [failure.graphCode, failure.subcode].filter((number) => number !== undefined).join('/');
  const said = [
    failure.status === undefined ? '' : `answered ${failure.status}`,
    numbers === '' ? '' : `code ${numbers}`,
    failure.systemCode ?? '',
    failure.retryAfterMs === undefined ? '' : `retry in ${Math.ceil(failure.retryAfterMs / 1_000)} s`,
    failure.mayHaveHappened ? 'may have happened' : '',
    failure.fbtraceId === undefined ? '' : `trace ${failure.fbtraceId}`,
  ].filter((words) => words !== '');
  return `${failure.class.reason}: ${failure.route}${said.length === 0 ? '' : ` ${said.join(', ')}`}`;
}
