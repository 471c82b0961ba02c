import { IncomingMessage } from 'node:http';
import { Controller, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DoorRefusal } from '../doors/door-refusal.js';
import { visitorOf } from '../doors/visitor-of.js';
import { WebchatDoor } from '../doors/webchat-door.js';
import { VisitorTokens } from '../visitor/visitor-tokens.js';
import { collect } from './fetch-file.js';
import { FileLimits } from './file-limits.js';
import { HostedFiles } from './hosted-files.js';
import type { FileBody } from './hosted-files.js';
import { Places } from './places.js';
import type { FileRefusal } from './refusal.js';
import { TidyFiles } from './tidy-files.js';

/** Files that are held in memory at once while they come. */
const MAX_UPLOADS = 8;
/** A phone with a bad line needs minutes for the largest file. */
const UPLOAD_MS = 180_000;

/** Where a browser hands in a file of its visitor; the answer is the body of a message that it then sends as any other. */
@Controller('v1/webchat/:botId')
export class UploadsController {
  private readonly places = new Places(MAX_UPLOADS);

  constructor(
    private readonly door: WebchatDoor,
    private readonly tokens: VisitorTokens,
    private readonly files: HostedFiles,
    private readonly limits: FileLimits,
    private readonly tidy: TidyFiles,
  ) {}

  /** The body is the file itself, as `application/octet-stream`: what it is, its bytes say; what it is called, `?name=`. */
  @Post('files')
  @HttpCode(201)
  async upload(
    @Param('botId') botId: string,
    @Query('name') name: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FileBody> {
    this.door.admit(botId, request, reply);
    const { conversationId } = await visitorOf(this.tokens, botId, request);
    this.door.countUpload(conversationId, request, reply);
    if (!(request.body instanceof IncomingMessage)) throw new DoorRefusal('bad-request', 'content-type');
    if (Number(request.headers['content-length'] ?? 0) > this.limits.maxBytes) throw new DoorRefusal('too-large');
    const { body } = request;
    const file = this.tidy.isFull ? undefined : await this.places.run(() => this.take(botId, conversationId, String(name ?? ''), body));
    if (file) return file;
    void reply.header('retry-after', '5');
    throw new DoorRefusal('try-later');
  }

  private async take(botId: string, conversationId: string, name: string, body: IncomingMessage): Promise<FileBody> {
    const tooSlow = setTimeout(() => body.destroy(new Error('the upload took too long')), UPLOAD_MS);
    try {
      const collected = await collect(body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>, this.limits.maxBytes);
      if ('refused' in collected) throw refusalOf(collected.refused);
      const file = await this.files.keep({ conversationId, botId, name, bytes: collected.bytes });
      if ('refused' in file) throw refusalOf(file.refused);
      return file;
    } finally {
      clearTimeout(tooSlow);
    }
  }
}

function refusalOf(reason: FileRefusal): DoorRefusal {
  switch (reason) {
    case 'file.too-large':
      return new DoorRefusal('too-large');
    case 'file.type-not-allowed':
      return new DoorRefusal('type-not-allowed');
    case 'file.too-many':
      return new DoorRefusal('too-many-files');
    default:
      return new DoorRefusal('bad-request', 'file');
  }
}
