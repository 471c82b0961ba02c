import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DoorRefusal } from './door-refusal.js';
import { WidgetFiles } from './widget-files.js';

/** The widget's files, for script tags on any page: they hold nothing secret, and every page's browser may keep them. */
@Controller('w')
export class WidgetController {
  constructor(private readonly files: WidgetFiles) {}

  @Get(':name')
  async file(
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer | undefined> {
    const file = await this.files.find(name);
    if (!file) throw new DoorRefusal('not-found');
    const isZipped = /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
    const etag = `"${file.hash}${isZipped ? '-gzip' : ''}"`;
    void reply.headers({
      etag,
      // Short, because the address stays the same for ever; after it an unchanged file costs one small answer.
      'cache-control': 'public, max-age=300, stale-while-revalidate=86400',
      vary: 'accept-encoding',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
    });
    if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) {
      void reply.code(304);
      return undefined;
    }
    void reply.header('content-type', file.type);
    if (isZipped) void reply.header('content-encoding', 'gzip');
    return isZipped ? file.gzip : file.plain;
  }
}
