import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AdminKey } from './admin-key.js';
import { ConnectCrisp } from './connect-crisp.js';
import { ConnectRequestSchema, readBody, RotateRequestSchema } from './connect-request.js';
import { Refusal } from './refusal.js';

/** Connects bots to Crisp. A change that waits for Kafka is answered with 202. */
@Controller('v1/bots/:botId/crisp')
export class ConnectController {
  constructor(
    private readonly key: AdminKey,
    private readonly crisp: ConnectCrisp,
  ) {}

  @Get()
  show(@Param('botId') botId: string, @Headers('authorization') authorization: string | undefined) {
    this.key.require(authorization);
    return this.crisp.show(botId);
  }

  @Put()
  async connect(
    @Param('botId') botId: string,
    @Headers('authorization') authorization: string | undefined,
    @Query('check') check: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.key.require(authorization);
    if (check !== undefined && check !== 'skip')
      throw new Refusal('invalid-request', 'check: must be "skip" or be left out', { field: 'check' });
    const request = readBody(ConnectRequestSchema, body);
    return statusOf(reply, await this.crisp.connect(botId, request, { check: check !== 'skip' }));
  }

  @Delete()
  async disconnect(
    @Param('botId') botId: string,
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.key.require(authorization);
    return statusOf(reply, await this.crisp.disconnect(botId));
  }

  @Post('hook-secret')
  @HttpCode(200)
  async rotate(
    @Param('botId') botId: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.key.require(authorization);
    return statusOf(reply, await this.crisp.rotate(botId, readBody(RotateRequestSchema, body)));
  }
}

function statusOf<T extends { readonly published: boolean }>(reply: FastifyReply, changed: T): T {
  if (!changed.published) reply.code(202);
  return changed;
}
