import { setTimeout as pause } from 'node:timers/promises';
import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readRange } from './byte-range.js';
import { isShown } from './file-kind.js';
import { FileLimits } from './file-limits.js';
import type { GivenLink } from './file-links.js';
import { disposition } from './file-name.js';
import { FilesStore } from './files.store.js';
import type { HostedFile } from './files.store.js';
import { HostedFiles } from './hosted-files.js';
import { Places } from './places.js';
import { sentenceFor } from './refusal.js';

/** A file that is still on its way is waited for so long; whoever asks is then told when to come again. */
const WAIT_MS = 5_000;
const LOOK_EVERY_MS = 250;
const COME_AGAIN_SECONDS = 2;
const MAX_WAITING = 100;
/** What is held in memory of a file while it is sent. */
const PIECE = 262_144;

/** Even if a browser took a file for a page, nothing in it could run, load or speak to us. */
const POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox";

/** Hosted files, for whoever has their signed address: agents, visitors, and the servers of channels. */
@Controller('v1/files')
export class FilesController {
  private readonly waiting = new Places(MAX_WAITING);

  constructor(
    private readonly files: HostedFiles,
    private readonly store: FilesStore,
    private readonly limits: FileLimits,
  ) {}

  @Get(':id/:name')
  async file(
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await this.find({ id, until: textOf(query['until']), sig: textOf(query['sig']) });
    void reply.headers({
      'x-content-type-options': 'nosniff',
      'content-security-policy': POLICY,
      'cross-origin-resource-policy': 'cross-origin',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    });
    if (found === 'wrong') return say(reply, 404, 'There is no such file.');
    if (found === 'expired') return say(reply, 410, 'This file was kept for a while and has been deleted.');
    if (found.state === 'refused') return say(reply, 410, sentenceFor(found.reason ?? '', this.limits.maxBytes));
    if (found.state === 'here') return this.serve(found, request, reply);
    void reply.header('retry-after', String(COME_AGAIN_SECONDS));
    say(reply, 503, 'This file is still being fetched. Please try again in a moment.');
  }

  /** Follows a link; a file that is on its way is waited for. */
  private async find(link: GivenLink): Promise<HostedFile | 'wrong' | 'expired'> {
    const found = await this.files.follow(link);
    if (typeof found === 'string' || found.state !== 'wanted') return found;
    return (await this.waiting.run(() => this.wait(link))) ?? found;
  }

  private async wait(link: GivenLink): Promise<HostedFile | 'wrong' | 'expired'> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const found = await this.files.follow(link);
      if (typeof found === 'string' || found.state !== 'wanted' || performance.now() >= deadline) return found;
      await pause(LOOK_EVERY_MS);
    }
  }

  private serve({ id, name, contentType, size, expiresAt }: HostedFile, request: FastifyRequest, reply: FastifyReply): void {
    const range = readRange(request.headers.range, size);
    void reply.headers({
      'accept-ranges': 'bytes',
      'cache-control': `private, max-age=${maxAge(expiresAt)}`,
      'content-disposition': disposition(isShown(contentType) ? 'inline' : 'attachment', name),
    });
    if (range === 'outside') {
      void reply.header('content-range', `bytes */${size}`);
      return say(reply, 416, 'The file is shorter than that.');
    }
    const { from, to } = range === 'whole' ? { from: 0, to: size - 1 } : range;
    if (range !== 'whole') void reply.code(206).header('content-range', `bytes ${from}-${to}/${size}`);
    void reply.header('content-type', contentType).header('content-length', String(to - from + 1));
    void reply.send(request.method === 'HEAD' ? Readable.from([]) : Readable.from(this.pieces(id, from, to), { objectMode: false }));
  }

  private async *pieces(id: string, from: number, to: number): AsyncGenerator<Buffer> {
    for (let at = from; at <= to; at += PIECE) {
      const piece = await this.store.piece(id, at, Math.min(PIECE, to - at + 1));
      if (!piece) throw new Error('the file was deleted while it was sent');
      yield piece;
    }
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** For people, who come here by a link in their inbox. */
function say(reply: FastifyReply, status: number, sentence: string): void {
  void reply.code(status).header('content-type', 'text/plain; charset=utf-8').send(`${sentence}\n`);
}

/** Seconds: an hour, so that a deleted file does not live on for long where it was read. */
function maxAge(expiresAt: Date): number {
  return Math.max(0, Math.min(3_600, Math.floor((expiresAt.getTime() - Date.now()) / 1_000)));
}
