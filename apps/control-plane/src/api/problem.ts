import { HttpException } from '@nestjs/common';
import { PROBLEMS } from '@baton/control-api';
import type { Problem, ProblemCode } from '@baton/control-api';

export type ProblemDetails = Pick<Problem, 'errors' | 'missing' | 'meanwhile' | 'retryAfter'>;

/** Refuses a request; the caller is told as `application/problem+json`. */
export class ApiRefusal extends HttpException {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly details: ProblemDetails = {},
  ) {
    super(detail, PROBLEMS[code].status);
  }
}

/** The body of a refusal. */
export function problemOf(code: ProblemCode, detail: string, details: ProblemDetails = {}): Problem {
  return { type: `urn:baton:problem:${code}`, ...PROBLEMS[code], code, detail, ...details };
}
