import type { KnowledgeScope } from '@baton/knowledge';
import { INNER } from '@baton/passes';
import type { Pass } from '@baton/passes';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SourcesDesk } from '../sources/sources-desk.js';
import { placeIn, slice } from './slice.js';
import { InnerRequests } from './inner-requests.js';

/** The sources of a bot, for the control plane. */
@Controller(`${INNER}/bots/:botId/sources`)
export class InnerSourcesController {
  constructor(
    private readonly desk: SourcesDesk,
    private readonly requests: InnerRequests,
  ) {}

  @Get()
  async list(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Query() query: unknown,
  ): Promise<object> {
    return { sources: await this.desk.page(this.scopeOf(botId, authorization), slice(query)) };
  }

  @Get(':id')
  async one(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<object> {
    return { source: await this.desk.one(this.scopeOf(botId, authorization), id) };
  }

  @Get(':id/pages')
  async pages(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<object> {
    return { pages: await this.desk.pagesOf(this.scopeOf(botId, authorization), id, placeIn(query, 0)) };
  }

  @Get(':id/passages')
  async passages(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
    @Query() query: unknown,
  ): Promise<object> {
    return { passages: await this.desk.passagesOf(this.scopeOf(botId, authorization), id, placeIn(query, -1)) };
  }

  @Get(':id/content')
  async content(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<object> {
    return { content: await this.desk.contentOf(this.scopeOf(botId, authorization), id) };
  }

  @Post()
  async create(
    @Headers('authorization') authorization: string | undefined,
    @Headers('content-length') length: string | undefined,
    @Param('botId') botId: string,
    @Query() query: unknown,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { source, isNew } = await this.desk.create(this.scopeOf(botId, authorization, 'write'), { query, body, length });
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
    return { source: await this.desk.change(this.scopeOf(botId, authorization, 'write'), id, { query, body, length }) };
  }

  @Post(':id/refresh')
  @HttpCode(202)
  async refresh(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<object> {
    return { source: await this.desk.refresh(this.scopeOf(botId, authorization, 'write'), id) };
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<void> {
    await this.desk.remove(this.scopeOf(botId, authorization, 'write'), id);
  }

  private scopeOf(botId: string, authorization: string | undefined, may: Pass['may'] = 'read'): KnowledgeScope {
    const { workspaceId } = this.requests.bot(botId, authorization, 'knowledge', may);
    return { workspaceId, botId };
  }
}
