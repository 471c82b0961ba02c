import { Controller, Get, Param, Redirect, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiRefusal } from '../api/problem.js';
import { ConsoleFiles, newNonce } from './console-files.js';

/** Scripts and requests of our own only; styles that components write carry the page's nonce. Pictures of agents and bots come from anywhere. */
const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https: http://127.0.0.1:*",
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

/** The console's page at every address under `/console`, and its files. */
@Controller()
export class ConsoleController {
  constructor(private readonly files: ConsoleFiles) {}

  @Get()
  @Redirect('/console/', 302)
  root(): void {}

  @Get('console/files/:name')
  async file(@Param('name') name: string, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const file = await this.files.find(name);
    if (!file) throw new ApiRefusal('not-found', 'The console has no such file.');
    const isZipped = /\bgzip\b/.test(request.headers['accept-encoding']?.toString() ?? '');
    void reply.headers({
      'cache-control': file.lasts ? 'public, max-age=31536000, immutable' : 'no-cache',
      'content-type': file.type,
      vary: 'accept-encoding',
      'x-content-type-options': 'nosniff',
      ...(isZipped && { 'content-encoding': 'gzip' }),
    });
    return isZipped ? file.gzip : file.plain;
  }

  @Get(['console', 'console/*'])
  async page(@Res({ passthrough: true }) reply: FastifyReply) {
    const nonce = newNonce();
    const page = await this.files.page(nonce);
    if (page === undefined)
      throw new ApiRefusal('not-configured', 'The console was not built: run its build, or set CONSOLE_DIR to where it lies.');
    void reply.headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': policy(nonce),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    });
    return page;
  }
}
