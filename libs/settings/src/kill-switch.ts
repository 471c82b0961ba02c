import { ALL } from '@baton/contracts';
import { killSwitchSettingId } from './setting.js';

/** Something that a machine is about to say. */
export interface AutomaticSpeech {
  readonly workspaceId: string;
  readonly botId: string;
  /** Of Crisp, where the bot has a connection. */
  readonly websiteId?: string | null | undefined;
  /** Ours, or a session of Crisp. */
  readonly conversationId?: string | undefined;
  readonly now: Date;
}

/** The ids of the kill switches that silence it: a handful, whatever is switched elsewhere. */
export function whatIsAsked({ workspaceId, botId, websiteId, conversationId }: AutomaticSpeech): readonly string[] {
  return [
    killSwitchSettingId({ scope: 'installation', id: ALL }),
    killSwitchSettingId({ scope: 'workspace', id: workspaceId, workspaceId }),
    killSwitchSettingId({ scope: 'bot', id: botId, workspaceId }),
    ...(websiteId ? [killSwitchSettingId({ scope: 'website', id: websiteId, workspaceId })] : []),
    ...(conversationId === undefined ? [] : [killSwitchSettingId({ scope: 'conversation', id: conversationId, workspaceId })]),
  ];
}
