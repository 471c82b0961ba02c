import { applyDecorators, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import type { AnswerOf, Operation } from '@baton/control-api';
import type { CallOf } from './call.js';

/** Under this key a handler knows its operation. */
export const OPERATION = 'baton:operation';

/** An answer with more than its body. */
export class Answer<A> {
  constructor(
    readonly body: A,
    /** Of the document that it shows: its ETag. */
    readonly more: { readonly version?: number; readonly status?: number } = {},
  ) {}
}

type Handler<O extends Operation> = (call: CallOf<O>) => Promise<AnswerOf<O> | Answer<AnswerOf<O>>> | AnswerOf<O> | Answer<AnswerOf<O>>;

/** The method serves this operation: its route, who may call it, what goes in and out come from its definition. */
export function Serves<O extends Operation>(
  operation: O,
): <H extends Handler<O>>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<H>) => void {
  const path = operation.path.slice(1).replace(/\{(\w+)\}/g, ':$1');
  const status = operation.status ?? 200;
  return applyDecorators(
    RequestMapping({ path, method: RequestMethod[operation.method] }),
    HttpCode(status),
    SetMetadata(OPERATION, operation),
  ) as never;
}
