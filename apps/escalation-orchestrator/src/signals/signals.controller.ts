import { safeParse } from '@baton/contracts';
import { Body, Controller, Get, Headers, HttpCode, Post, Res } from '@nestjs/common';
import { INNER, InnerDoor, OwnersRequestSchema } from '@baton/passes';
import type { GivenSignals } from '@baton/passes';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { invalidRequest, refuse } from '../doors/refusal.js';
import { ReadSignals } from './read-signals.js';

const CallsSchema = z.object({ botId: z.string().max(64), calls: z.int().min(1).max(100) });

/** How it stands here with what belongs to a workspace, for the control plane. */
@Controller(`${INNER}/signals`)
export class SignalsController {
  constructor(
    private readonly door: InnerDoor,
    private readonly signals: ReadSignals,
  ) {}

  @Get()
  async read(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GivenSignals | object> {
    const pass = this.door.open(authorization, 'operations');
    return 'status' in pass ? refuse(reply, pass) : this.signals.of(pass.workspaceId);
  }

  /** Whose conversations and sessions these are. */
  @Post('owners')
  @HttpCode(200)
  async owners(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const pass = this.door.open(authorization, 'operations');
    if ('status' in pass) return refuse(reply, pass);
    const asked = safeParse(OwnersRequestSchema, body);
    return asked.success ? this.signals.owners(pass.workspaceId, asked.data) : refuse(reply, invalidRequest(asked.error));
  }

  /** The control plane called Crisp itself: that counts, too. */
  @Post('crisp-calls')
  @HttpCode(200)
  calls(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): object {
    const pass = this.door.open(authorization, 'operations', 'write');
    if ('status' in pass) return refuse(reply, pass);
    const made = safeParse(CallsSchema, body);
    if (!made.success) return refuse(reply, invalidRequest(made.error));
    this.signals.callsMade(pass.workspaceId, made.data);
    return {};
  }
}
