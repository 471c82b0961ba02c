import { safeParse } from '@baton/contracts';
import { INNER } from '@baton/passes';
import { SettingsStore } from '@baton/settings';
import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Refusal } from '../http/refusal.js';
import { InnerRequests } from '../inner/inner-requests.js';
import { HooksSeen } from './hooks-seen.js';
import { tryModel } from './try-model.js';
import type { TriedModel } from './try-model.js';

const ModelSchema = z.object({
  baseUrl: z.url({ protocol: /^https?$/ }).max(2_048),
  model: z.string().min(1).max(128),
  /** Without it that of the bot's settings, where they name the same endpoint. */
  apiKey: z.string().min(1).max(512).optional(),
});

/** What the AI knows of connections, for the control plane. */
@Controller(INNER)
export class InnerConnectionController {
  constructor(
    private readonly settings: SettingsStore,
    private readonly seen: HooksSeen,
    private readonly requests: InnerRequests,
  ) {}

  /** Which web hooks of Crisp came, by bot and website. */
  @Get('hooks-seen')
  async hooksSeen(@Headers('authorization') authorization: string | undefined): Promise<{ items: object[] }> {
    const { workspaceId } = this.requests.pass(authorization, 'operations');
    const bots = this.settings.bots().filter((bot) => bot.workspaceId === workspaceId);
    return { items: await this.seen.ofBots(bots.map(({ botId }) => botId)) };
  }

  /** Whether a model answers, from where answers are written. */
  @Post('bots/:botId/model/try')
  @HttpCode(200)
  tryModel(
    @Param('botId') botId: string,
    @Headers('authorization') authorization: string | undefined,
    @Body() body: unknown,
  ): Promise<TriedModel> {
    const bot = this.requests.bot(botId, authorization, 'operations', 'write');
    const parsed = safeParse(ModelSchema, body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw new Refusal('invalid-request', issue?.message ?? 'the body is not as it should be', issue?.path.join('.') || undefined);
    }
    const { baseUrl, model, apiKey } = parsed.data;
    const kept = bot.assistant.model;
    const key = apiKey ?? (kept?.apiKey !== undefined && kept.baseUrl === baseUrl ? this.settings.open(kept.apiKey) : undefined);
    return tryModel({ baseUrl, model, ...(key !== undefined && { apiKey: key }) });
  }
}
