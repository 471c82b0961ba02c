import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { SettingsStore } from '@baton/settings';
import { CLOCK } from '../clock.js';
import type { Clock } from '../clock.js';
import { HEADERS } from './history-headers.js';
import { HistoryLinks } from './history-links.js';
import { readHistory } from './read-history.js';
import { renderHistory, renderNotice } from './render-history.js';

const NOTICES = {
  expired: {
    status: 410,
    title: 'This link has expired',
    text: 'Links to a conversation work for a limited time. A new handover of the conversation brings a new one.',
  },
  revoked: { status: 410, title: 'This link was withdrawn', text: 'Someone with the right to do so closed it.' },
  unknown: { status: 404, title: 'There is nothing here', text: 'Check that the link was copied as a whole.' },
} as const;

/** The page behind the link in the first message to the agents. */
@Controller()
export class HistoryController {
  constructor(
    private readonly links: HistoryLinks,
    private readonly dataSource: DataSource,
    private readonly settings: SettingsStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  @Get('history/:token')
  async show(
    @Param('token') token: string,
    @Query('page') page: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const link = await this.links.open(token, this.now());
    if (link.is !== 'unknown') await this.links.noteAccess(link.linkId, link.is, request.ip);
    const view =
      link.is === 'open'
        ? await readHistory(this.dataSource, {
            conversationId: link.conversationId,
            page: pageNumber(page),
            botName: (botId) => this.settings.bot(botId)?.name ?? botId,
            sharing: (botId) => this.settings.bot(botId)?.handover.sharing,
            expiresAt: link.expiresAt,
            path: `/history/${token}`,
          })
        : null;
    if (view) return void reply.code(200).headers(HEADERS).send(renderHistory(view));
    const { status, title, text } = NOTICES[link.is === 'open' ? 'unknown' : link.is];
    reply.code(status).headers(HEADERS).send(renderNotice(title, text));
  }
}

function pageNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
