import { safeParse } from '@baton/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Operation } from '@baton/control-api';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { CALL } from './call.js';
import { whyNot } from './caller.js';
import type { Caller } from './caller.js';
import { errorsOf, refusalOf, unknownErrors } from './field-errors.js';
import { ApiRefusal } from './problem.js';
import { OPERATION } from './serves.js';
import { bodyFor } from './take-bytes.js';

/** Finds out who calls: by a session, an API key, the key of the environment. */
export abstract class Callers {
  /** @throws ApiRefusal when he shows something that is wrong, or does it too often */
  abstract of(request: FastifyRequest, operation: Operation): Promise<Caller | undefined>;
}

/** Lets in only calls that are right: who calls may, and what he gives has the operation's form. */
@Injectable()
export class CheckCall implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Callers) private readonly callers: Callers,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const operation = this.reflector.get<Operation | undefined>(OPERATION, context.getHandler());
    if (!operation) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const params = checked(operation.params, request.params, 'path');
    const caller = await this.callers.of(request, operation);
    const problem = whyNot(operation.access, caller, (params as { workspaceId?: string }).workspaceId);
    if (problem !== undefined) throw new ApiRefusal(problem, WORDS[problem as keyof typeof WORDS] ?? 'This may not be done.');
    const given = bodyFor(operation, request.body);
    const call = {
      params,
      query: checked(operation.query, request.query, 'query'),
      body: operation.bytes ? given : checked(operation.body, given ?? {}, '', operation.etag === 'required'),
      caller,
      version: versionOf(request),
      request,
      reply: context.switchToHttp().getResponse<FastifyReply>(),
    };
    (request as unknown as Record<symbol, unknown>)[CALL] = call;
    return true;
  }
}

const WORDS = {
  'not-signed-in': 'Sign in, or send an API key as bearer token.',
  'not-allowed': 'Your role in this workspace does not allow it. Ask an owner.',
  'not-found': 'There is no such workspace, or you are no member of it.',
};

function checked(schema: z.ZodType, value: unknown, place: 'path' | 'query' | '', isWhole = false): unknown {
  const parsed = safeParse(schema, value);
  const unknown = isWhole ? unknownErrors(schema, value) : [];
  if (parsed.success && unknown.length === 0) return parsed.data;
  if (place === 'path') throw new ApiRefusal('not-found', 'There is nothing at this address.');
  throw refusalOf([...errorsOf(parsed.error?.issues ?? [], place), ...unknown]);
}

function versionOf({ headers }: FastifyRequest): number | 'new' | undefined {
  if (headers['if-none-match'] === '*') return 'new';
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(headers['if-match'] ?? '')?.[1];
  return version === undefined ? undefined : Number(version);
}
