import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { InputOf, Operation } from '@baton/control-api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from './caller.js';
import { ApiRefusal } from './problem.js';

/** One call of an operation, checked: who calls, with what. */
export interface CallOf<O extends Operation> extends InputOf<O> {
  /** Absent only where anyone may call. */
  readonly caller: Caller;
  /** Which version he means to change; `new` where there must be none yet, undefined where he did not say. */
  readonly version: number | 'new' | undefined;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Under this name the guard leaves the call on the request. */
export const CALL = Symbol('call');

/** The checked call of an operation, as the handler's argument. */
export const Call = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return (context.switchToHttp().getRequest<Record<symbol, unknown>>() as Record<symbol, unknown>)[CALL];
});

/** @throws ApiRefusal when the caller does not say which version he changes */
export function requiredVersion(call: Pick<CallOf<Operation>, 'version'>): number | 'new' {
  if (call.version !== undefined) return call.version;
  throw new ApiRefusal(
    'version-required',
    'Send If-Match with the ETag of the version that you read, or If-None-Match: * to make a new one.',
  );
}
