import { IncomingMessage } from 'node:http';
import { UuidSchema } from '@baton/contracts';
import type { KnowledgeScope } from '@baton/knowledge';
import { collectAtMost } from '@baton/outside';
import { SettingsStore } from '@baton/settings';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { botOfRequest } from '../http/bot-of-request.js';
import { Refusal } from '../http/refusal.js';
import { ManageSources } from './manage-sources.js';
import { SOURCE_LIMITS } from './source.js';
import type { Source } from './source.js';
import { readFileChange, readNewFile, readNewSource, readPatch } from './source-request.js';
import { SourcesStore } from './sources.store.js';

/** Uploads that are held in memory at once. */
const MAX_UPLOADS = 4;
/** For the largest file over a slow line. */
const UPLOAD_MS = 180_000;
const PROBLEMS_IN_LIST = 5;

/** The knowledge of a bot: what it is made of, how far it was taken in, and what went wrong. */
@Controller('v1/bots/:botId/sources')
export class SourcesController {
  private uploads = 0;

  constructor(
    private readonly sources: SourcesStore,
    private readonly manage: ManageSources,
    private readonly settings: SettingsStore,
  ) {}

  @Get()
  async list(@Headers('authorization') authorization: string | undefined, @Param('botId') botId: string): Promise<object> {
    const sources = await this.sources.list(this.scopeOf(authorization, botId));
    return { sources: sources.map((source) => shown({ ...source, problems: source.problems.slice(0, PROBLEMS_IN_LIST) })) };
  }

  @Get(':id')
  async one(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<object> {
    const source = await this.sources.find(this.scopeOf(authorization, botId), checkedId(id));
    if (!source) throw new Refusal('not-found', 'this bot has no such source');
    return { source: shown(source) };
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
    const scope = this.scopeOf(authorization, botId);
    const wanted = body instanceof IncomingMessage ? readNewFile(query, await this.uploaded(body, length)) : readNewSource(body);
    const { source, isNew } = await this.manage.create(scope, wanted);
    reply.code(isNew ? 201 : 200);
    return { source: shown(source) };
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
    const scope = this.scopeOf(authorization, botId);
    const sourceId = checkedId(id);
    const source =
      body instanceof IncomingMessage
        ? await this.manage.replaceFile(scope, sourceId, readFileChange(query, await this.uploaded(body, length)))
        : await this.manage.patch(scope, sourceId, readPatch(body));
    return { source: shown(source) };
  }

  /** Taken in anew: pages are visited again, and what did not change costs nothing. */
  @Post(':id/refresh')
  @HttpCode(202)
  async refresh(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<object> {
    return { source: shown(await this.manage.refresh(this.scopeOf(authorization, botId), checkedId(id))) };
  }

  @Delete(':id')
  @HttpCode(204)
  async remove(
    @Headers('authorization') authorization: string | undefined,
    @Param('botId') botId: string,
    @Param('id') id: string,
  ): Promise<void> {
    await this.manage.remove(this.scopeOf(authorization, botId), checkedId(id));
  }

  private scopeOf(authorization: string | undefined, botId: string): KnowledgeScope {
    const { workspaceId } = botOfRequest(this.settings, botId, authorization);
    return { workspaceId, botId };
  }

  private async uploaded(body: IncomingMessage, length: string | undefined): Promise<Buffer> {
    const tooLarge = new Refusal('too-large', `a file has ${SOURCE_LIMITS.fileBytes / 1_048_576} MB at most`);
    if (Number(length ?? 0) > SOURCE_LIMITS.fileBytes) throw tooLarge;
    if (this.uploads >= MAX_UPLOADS) throw new Refusal('too-many-requests', 'too many files come at once; try again in a moment');
    this.uploads += 1;
    const tooSlow = setTimeout(() => body.destroy(new Error('the upload took too long')), UPLOAD_MS);
    try {
      const bytes = await collectAtMost(body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>, SOURCE_LIMITS.fileBytes);
      if (!bytes) throw tooLarge;
      if (bytes.length === 0) throw new Refusal('invalid-request', 'the file is empty');
      return bytes;
    } finally {
      clearTimeout(tooSlow);
      this.uploads -= 1;
    }
  }
}

/** Ids of another form are nobody's. */
function checkedId(id: string): string {
  if (!UuidSchema.safeParse(id).success) throw new Refusal('not-found', 'this bot has no such source');
  return id;
}

function shown({ workspaceId: _workspace, botId: _bot, ...source }: Source): object {
  return source;
}
