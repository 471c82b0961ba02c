import { UuidSchema } from '@baton/contracts';
import { INNER, InnerDoor } from '@baton/passes';
import { SettingsStore } from '@baton/settings';
import { Controller, Get, Headers, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { readChannelHead, readDeliveries } from './read-deliveries.js';

const QuerySchema = z.object({
  until: z.coerce.number().int().min(0).max(8.64e15).optional(),
  limit: z.coerce.number().int().min(1).max(300).default(200),
});

/** What reached the visitor, for the control plane: only of bots of the workspace that the pass is for. */
@Controller(`${INNER}/conversations`)
export class InnerConversationsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly door: InnerDoor,
    private readonly settings: SettingsStore,
  ) {}

  @Get(':id/timeline')
  async timeline(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const pass = this.door.open(authorization, 'conversations');
    if ('status' in pass) return refuse(reply, pass.status, pass.error.code, pass.error.message);
    if (!this.settings.caughtUp) return refuse(reply, 503, 'not-ready', 'settings are still being read');
    const asked = QuerySchema.safeParse(query);
    if (!asked.success) return refuse(reply, 400, 'invalid-request', asked.error.issues[0]?.message ?? 'the query is wrong');
    const bots = this.settings.botIdsOf(pass.workspaceId);
    const head = UuidSchema.safeParse(id).success ? await readChannelHead(this.dataSource, id, bots) : null;
    if (!head) return refuse(reply, 404, 'not-found', 'this workspace has no such conversation');
    const { until, limit } = asked.data;
    const before = until === undefined ? ('infinity' as const) : new Date(until + 1);
    const facts = await readDeliveries(this.dataSource, { id, before, limit });
    return { head, facts, from: facts.length < limit ? null : facts.at(-1)!.at };
  }
}

function refuse(reply: FastifyReply, status: number, code: string, message: string): object {
  void reply.code(status);
  return { error: { code, message } };
}
