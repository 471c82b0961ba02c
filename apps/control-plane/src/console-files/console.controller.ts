import { Controller, Get, Param, Redirect, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ApiRefusal } from '../api/problem.js';
import { ConsoleAddress } from '../sign-in/console-address.js';
import { ConsoleFiles, newNonce } from './console-files.js';
import { contentPolicy } from './content-policy.js';

/** The console's page at every address under `/console`, and its files. */
@Controller()
export class ConsoleController {
  constructor(
    private readonly files: ConsoleFiles,
    private readonly address: ConsoleAddress,
  ) {}

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
      'content-security-policy': contentPolicy(this.address, nonce),
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=()',
    });
    return page;
  }
}
