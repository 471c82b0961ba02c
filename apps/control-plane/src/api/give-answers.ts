import { Inject, Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Operation } from '@baton/control-api';
import type { FastifyReply } from 'fastify';
import { map } from 'rxjs';
import { Answer, OPERATION } from './serves.js';

/** Brings an answer's version and status into the response; nothing of the API is kept by caches. */
@Injectable()
export class GiveAnswers implements NestInterceptor {
  constructor(@Inject(Reflector) private readonly reflector: Reflector) {}

  intercept(context: ExecutionContext, next: CallHandler) {
    const operation = this.reflector.get<Operation | undefined>(OPERATION, context.getHandler());
    if (!operation) return next.handle();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      map((answer: unknown) => {
        if (reply.sent) return answer;
        const { body, more } = answer instanceof Answer ? answer : new Answer(answer);
        void reply.header('cache-control', 'no-store');
        if (operation.produces !== undefined) void reply.type(operation.produces);
        if (more.version !== undefined) void reply.header('etag', `"${more.version}"`);
        const hasBody =
          body !== undefined && !(typeof body === 'object' && body !== null && Object.keys(body).length === 0 && isEmpty(operation));
        void reply.code(more.status ?? operation.status ?? (hasBody ? 200 : 204));
        return hasBody ? body : undefined;
      }),
    );
  }
}

/** An operation whose answer is `NOTHING`. */
export function isEmpty({ answer }: Operation): boolean {
  const shape = (answer as { shape?: object }).shape;
  return shape !== undefined && Object.keys(shape).length === 0;
}
