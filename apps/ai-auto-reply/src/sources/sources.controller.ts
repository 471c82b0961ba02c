import type { KnowledgeScope } from '@baton/knowledge';
import { SettingsStore } from '@baton/settings';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { botOfRequest } from '../http/bot-of-request.js';
import { SourcesDesk } from './sources-desk.js';

/** The knowledge of a bot: what it is made of, how far it was taken in, and what went wrong. */
@Controller('v1/bots/:botId/sources')
export class SourcesController {
  constructor(
    private readonly desk: SourcesDesk,
    private readonly settings: SettingsStore,
  ) {}

  @Get()
  async list(@Headers('authorization') authorization: string | undefined, @Param('botId') botId: string): Promise<object> {
    return { sources: await this.desk.list(this.scopeOf(authorization, botId)) };
  }

  @Get(':id')
  async one(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<object> {
    return { source: await this.desk.one(this.scopeOf(authorization, botId), id) };
  }

  /** A JSON body makes a source of text, pairs or pages; a body of `application/octet-stream` is a file, and the query says the rest. */
  @Post()
  async create(
    @Headers('authorization') authorization: string | undefined,
    @Headers('content-length') length: string | undefined,
    @Param('botId') botId: string,
    @Query() query: unknown,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { source, isNew } = await this.desk.create(this.scopeOf(authorization, botId), { query, body, length });
    reply.code(isNew ? 201 : 200);
    return { source };
  }

  @Patch(':id')
  async patch(
    @Headers('authorization') authorization: string | undefined,
    @Headers('content-length') length: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<object> {
    return { source: await this.desk.change(this.scopeOf(authorization, botId), id, { query, body, length }) };
  }

  /** Taken in anew: pages are visited again, and what did not change costs nothing. */
  @Post(':id/refresh')
  @HttpCode(202)
  async refresh(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<object> {
    return { source: await this.desk.refresh(this.scopeOf(authorization, botId), id) };
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<void> {
    await this.desk.remove(this.scopeOf(authorization, botId), id);
  }

  private scopeOf(authorization: string | undefined, botId: string): KnowledgeScope {
    const { workspaceId } = botOfRequest(this.settings, botId, authorization);
    return { workspaceId, botId };
  }
}
