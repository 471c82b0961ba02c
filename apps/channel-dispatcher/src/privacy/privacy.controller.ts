import { EraseSchema, FindSchema, INNER, InnerDoor, SubjectsSchema } from '@baton/passes';
import type { Pass } from '@baton/passes';
import { SettingsStore } from '@baton/settings';
import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { Privacy } from './privacy.js';

/** One person's data, for the control plane: found, given out, erased; only of the workspace that the pass is for. */
@Controller(`${INNER}/privacy`)
export class PrivacyController {
  constructor(
    private readonly privacy: Privacy,
    private readonly door: InnerDoor,
    private readonly settings: SettingsStore,
  ) {}

  @Post('find')
  @HttpCode(200)
  find(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(authorization, 'read', FindSchema, body, reply, ({ person }, { workspaceId }) =>
      this.privacy.find(workspaceId, person),
    );
  }

  @Post('export')
  @HttpCode(200)
  export(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(authorization, 'read', SubjectsSchema, body, reply, (of, { workspaceId }) => this.privacy.export(workspaceId, of));
  }

  @Post('erase')
  @HttpCode(200)
  erase(
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return this.answer(authorization, 'write', EraseSchema, body, reply, (of, { workspaceId }) => this.privacy.erase(workspaceId, of));
  }

  private async answer<S extends z.ZodType>(
    authorization: string | undefined,
    may: Pass['may'],
    schema: S,
    body: unknown,
    reply: FastifyReply,
    give: (asked: z.output<S>, pass: Pass) => Promise<object>,
  ): Promise<object> {
    const isReady = this.settings.caughtUp;
    const answered = await this.door.answer({ authorization, errand: 'privacy', may, schema, body, isReady }, give);
    void reply.code(answered.status);
    return answered.body;
  }
}
