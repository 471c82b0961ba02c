import { UuidSchema } from '@baton/contracts';
import { INNER, InnerDoor } from '@baton/passes';
import { SettingsStore } from '@baton/settings';
import { Controller, Get, Headers, Inject, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { CLOCK } from '../../clock.js';
import type { Clock } from '../../clock.js';
import { invalidRequest, refuse } from '../../doors/refusal.js';
import type { Refusal } from '../../doors/refusal.js';
import { HistoryLinks } from '../../history/history-links.js';
import { listConversations } from './list-conversations.js';
import { ConversationsQuerySchema, TimelineQuerySchema } from './query.js';
import { readHead } from './read-head.js';
import type { ConversationHead } from './read-head.js';
import { readTimeline } from './read-timeline.js';

const NONE: Refusal = { status: 404, error: { code: 'not-found', message: 'this workspace has no such conversation' } };
const NOT_READ: Refusal = { status: 503, error: { code: 'not-ready', message: 'settings are still being read' } };
const LINK_DAYS = 30;

/** Conversations for the control plane: only those of bots of the workspace that the pass is for. */
@Controller(`${INNER}/conversations`)
export class InnerConversationsController {
  constructor(
    private readonly dataSource: DataSource,
    private readonly door: InnerDoor,
    private readonly settings: SettingsStore,
    private readonly links: HistoryLinks,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get()
  async list(
    @Headers('authorization') authorization: string | undefined,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const bots = this.botsOf(authorization);
    if ('status' in bots) return refuse(reply, bots);
    const read = ConversationsQuerySchema.safeParse(query);
    if (!read.success) return refuse(reply, invalidRequest(read.error, 'query'));
    return { items: await listConversations(this.dataSource, bots, read.data) };
  }

  @Get(':id')
  async one(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const head = await this.headOf(authorization, id);
    return 'status' in head ? refuse(reply, head) : head;
  }

  /** A link to the conversation's history page, as agents have it; null where there was no handover. */
  @Get(':id/history-link')
  async historyLink(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const head = await this.headOf(authorization, id);
    if ('status' in head) return refuse(reply, head);
    const last = head.handovers.at(-1);
    if (!last) return { url: null };
    const days = this.settings.bot(head.botId)?.handover.historyLinkDays ?? LINK_DAYS;
    return { url: await this.links.linkFor({ conversationId: head.id, handoverId: last.id }, days, this.now()) };
  }

  @Get(':id/timeline')
  async timeline(
    @Headers('authorization') authorization: string | undefined,
    @Param('id') id: string,
    @Query() query: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const read = TimelineQuerySchema.safeParse(query);
    if (!read.success) return refuse(reply, invalidRequest(read.error, 'query'));
    const head = await this.headOf(authorization, id);
    if ('status' in head) return refuse(reply, head);
    return { head, ...(await readTimeline(this.dataSource, head.id, read.data)) };
  }

  private async headOf(authorization: string | undefined, id: string): Promise<ConversationHead | Refusal> {
    const bots = this.botsOf(authorization);
    if ('status' in bots) return bots;
    if (!UuidSchema.safeParse(id).success) return NONE;
    return (await readHead(this.dataSource, id, bots)) ?? NONE;
  }

  private botsOf(authorization: string | undefined): readonly string[] | Refusal {
    const pass = this.door.open(authorization, 'conversations');
    if ('status' in pass) return pass;
    if (!this.settings.caughtUp) return NOT_READ;
    return this.settings.botIdsOf(pass.workspaceId);
  }
}
