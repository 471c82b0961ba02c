export type CrispErrorCode =
  | 'crisp.rate-limited'
  | 'crisp.unreachable'
  | 'crisp.timeout'
  | 'crisp.server-error'
  | 'crisp.not-found'
  | 'crisp.refused'
  | 'crisp.unauthorized';

/** What may go well when it is tried again later; the others fail the same way until somebody changes something. */
const RETRIABLE: Readonly<Record<CrispErrorCode, boolean>> = {
  'crisp.rate-limited': true,
  'crisp.unreachable': true,
  'crisp.timeout': true,
  'crisp.server-error': true,
  'crisp.not-found': false,
  'crisp.refused': false,
  'crisp.unauthorized': false,
};

export interface CrispFailure {
  readonly code: CrispErrorCode;
  /** Whether the write may have reached Crisp all the same; never for a read. */
  readonly mayHaveHappened: boolean;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** Crisp's own word, such as `invalid_data`. */
  readonly reason?: string;
  /** Crisp's sentence about it. It may quote what was sent, so it is not part of the error's message and is not to be logged. */
  readonly detail?: string;
  /** The least wait that Crisp asked for. */
  readonly retryAfterMs?: number;
  /** The route, such as `POST /v1/website/…/conversation`. */
  readonly route?: string;
  readonly cause?: unknown;
}

/** A call to Crisp that failed, with what the caller needs to decide on. */
export class CrispError extends Error {
  readonly code: CrispErrorCode;
  readonly retriable: boolean;
  readonly mayHaveHappened: boolean;
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly detail: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(failure: CrispFailure) {
    super(sentence(failure), failure.cause === undefined ? undefined : { cause: failure.cause });
    this.name = 'CrispError';
    this.code = failure.code;
    this.retriable = RETRIABLE[failure.code];
    this.mayHaveHappened = failure.mayHaveHappened;
    this.status = failure.status;
    this.reason = failure.reason;
    this.detail = failure.detail;
    this.retryAfterMs = failure.retryAfterMs;
  }
}

function sentence({ code, route, status, reason, retryAfterMs, mayHaveHappened }: CrispFailure): string {
  const answer = status === undefined ? '' : ` answered ${status}${reason === undefined ? '' : ` ${reason}`}`;
  const wait = retryAfterMs === undefined ? '' : `, retry in ${Math.ceil(retryAfterMs / 1000)} s`;
  const doubt = mayHaveHappened ? ', may have happened' : '';
  return `${code}: ${route ?? 'not sent'}${answer}${wait}${doubt}`;
}
