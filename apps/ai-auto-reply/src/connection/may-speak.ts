import type { BotSettings } from '@baton/contracts';
import type { AutomaticSpeech } from '@baton/settings';

/** Why nothing automatic may be said. */
export type Silence = 'unknown-bot' | 'disabled' | 'disconnected' | 'settings-stale' | 'mode-off' | 'killed';

/** In the inbox: whether anything may be said, and in which mode. */
export type Speech =
  { readonly speak: true; readonly mode: 'shadow' | 'note' | 'reply' } | { readonly speak: false; readonly why: Silence };

/** As the bot in front of the channels. */
export type SpeechInChannels = { readonly speak: true } | { readonly speak: false; readonly why: Silence };

/** What is known about a bot at this moment. */
export interface Circumstances {
  readonly bot: BotSettings | undefined;
  /** Settings were heard of within the last minute: what is held is what was meant. */
  readonly areSettingsFresh: boolean;
  /** Somebody stopped it by hand. */
  readonly isStopped: boolean;
}

/** Whether a bot may speak in a website's inbox. Doubt silences: a visitor who waits for a human loses less than one who is told wrong. */
export function maySpeakInInbox({ bot, areSettingsFresh, isStopped }: Circumstances, websiteId: string): Speech {
  const silence = whySilent({ bot, areSettingsFresh, isStopped });
  if (silence) return { speak: false, why: silence };
  if (bot!.crisp?.websiteId !== websiteId) return { speak: false, why: 'disconnected' };
  const mode = bot!.assistant.inbox;
  return mode === 'off' ? { speak: false, why: 'mode-off' } : { speak: true, mode };
}

/** Whether a bot may answer the turns of its channels. */
export function maySpeakInChannels(circumstances: Circumstances): SpeechInChannels {
  const silence = whySilent(circumstances);
  if (silence) return { speak: false, why: silence };
  return circumstances.bot!.assistant.channels ? { speak: true } : { speak: false, why: 'mode-off' };
}

function whySilent({ bot, areSettingsFresh, isStopped }: Circumstances): Silence | undefined {
  if (!areSettingsFresh) return 'settings-stale';
  if (!bot) return 'unknown-bot';
  if (!bot.enabled) return 'disabled';
  return isStopped ? 'killed' : undefined;
}

/** What is asked of the settings; `SettingsStore` answers it. */
export interface KnownBots {
  bot(botId: string): BotSettings | undefined;
  isFresh(now: Date): boolean;
  isDoubtful(settingId: string): boolean;
  isStopped(of: AutomaticSpeech): boolean;
}

/** Answers from memory whether a bot may speak: asked before each answer is begun, and again right before it is posted. */
export class MaySpeak {
  constructor(
    private readonly o: { readonly settings: KnownBots; readonly isStopped?: (botId: string) => boolean; readonly now?: () => Date },
  ) {}

  /** In the inbox of this website, in this session. */
  of(botId: string, websiteId: string, sessionId: string): Speech {
    return maySpeakInInbox(this.circumstances(botId, sessionId), websiteId);
  }

  /** As the bot in front of webchat and Messenger, in this conversation. */
  inChannels(botId: string, conversationId: string): SpeechInChannels {
    return maySpeakInChannels(this.circumstances(botId, conversationId));
  }

  private circumstances(botId: string, conversationId: string): Circumstances {
    const { settings, isStopped } = this.o;
    const now = this.o.now?.() ?? new Date();
    const bot = settings.bot(botId);
    const { workspaceId = '', crisp } = bot ?? {};
    return {
      bot,
      // A newest record that cannot be read may have been the one that ended it.
      areSettingsFresh: settings.isFresh(now) && !settings.isDoubtful(`bot:${botId}`),
      isStopped:
        (isStopped?.(botId) ?? false) || settings.isStopped({ workspaceId, botId, websiteId: crisp?.websiteId, conversationId, now }),
    };
  }
}
