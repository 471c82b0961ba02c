import { HandoverTextsSchema } from '@baton/contracts';
import type { BotMessage, HandoverTexts } from '@baton/contracts';
import { REASONS } from './reasons.js';
import { languageName } from './said.js';
import type { Line, MessageSettings } from './slots.js';

/** What is being written: the settings as far as they are right, and JSON that is not. */
export interface MessagesDraft {
  readonly settings: MessageSettings;
  /** By the slot's name. */
  readonly broken: Readonly<Record<string, string>>;
}

/** A line as JSON, the way people write it. */
export function jsonOf(line: Line): string {
  const { text, quick_replies } = asMessage(line);
  const replies = quick_replies?.map(({ title, payload }) => ({ title, payload }));
  return JSON.stringify({ text, ...(replies && { quick_replies: replies }) }, null, 2);
}

export function asMessage(line: Line): BotMessage {
  return typeof line === 'string' ? { text: line } : line;
}

/** With one more quick reply. */
export function withReply(line: Line, reply: { readonly title: string; readonly payload: string }): BotMessage {
  const message = asMessage(line);
  return { ...message, quick_replies: [...(message.quick_replies ?? []), { content_type: 'text', ...reply }] };
}

/** A payload that a bot can tell apart, from a title: "Order status" gives `order-status`. */
export function payloadFrom(title: string): string {
  return title
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
}

/** Why a text cannot be saved; undefined when it can. */
export function textProblem(name: keyof HandoverTexts, text: string): string | undefined {
  const most = name === 'keepAlive' ? 500 : (HandoverTextsSchema.shape[name].maxLength ?? 500);
  const length = text.trim().length;
  return length > most ? `At most ${most} characters; these are ${length}.` : undefined;
}

export function firstMessageProblem(text: string): string | undefined {
  if (!text.includes('{link}')) return 'It must contain {link}: there stands the link to the whole conversation.';
  return text.length > 1_000 ? `At most 1,000 characters; these are ${text.length}.` : undefined;
}

const MOST_KEEP_ALIVE = 10;

export function keepAliveProblem(lines: readonly string[]): string | undefined {
  if (lines.length > MOST_KEEP_ALIVE) return `At most ${MOST_KEEP_ALIVE} lines; these are ${lines.length}.`;
  return lines.map((line) => textProblem('keepAlive', line)).find((problem) => problem !== undefined);
}

const MOST_PLAIN = 2_000;

export function plainProblem(text: string): string | undefined {
  return text.trim().length > MOST_PLAIN ? `At most 2,000 characters; these are ${text.trim().length}.` : undefined;
}

/** As it is saved: without the empty lines that are there while one writes. */
export function tidied(settings: MessageSettings): MessageSettings {
  const tidy = <W extends Pick<MessageSettings, 'texts'>>(written: W): W => {
    const keepAlive = written.texts.keepAlive?.map((line) => line.trim()).filter((line) => line !== '');
    return { ...written, texts: { ...written.texts, keepAlive } };
  };
  const languages = Object.entries(settings.languages).map(([tag, written]) => [tag, tidy(written)] as const);
  return { ...tidy(settings), languages: Object.fromEntries(languages) };
}

/** The first thing that keeps a draft from being saved, and where it is. */
export function whatIsWrong({ settings, broken }: MessagesDraft): string | undefined {
  const [first] = Object.keys(broken);
  if (first !== undefined) {
    const [language, reason = ''] = first.split(' ');
    const { title } = REASONS.find((one) => (one.reason ?? '') === reason)!;
    return `“${title}”${language ? ` in ${languageName(language)}` : ''} is no valid JSON yet.`;
  }
  const problem = firstMessageProblem(settings.firstMessage);
  if (problem !== undefined) return `The first message in Crisp: ${problem}`;
  const written: [string, MessageSettings['languages'][string]][] = [['', settings], ...Object.entries(settings.languages)];
  for (const [language, { noAgentMessage, noAgentMessages, texts }] of written) {
    const where = language ? ` (${languageName(language)})` : '';
    const wrong =
      [noAgentMessage, ...Object.values(noAgentMessages)]
        .map((line) => (typeof line === 'string' ? plainProblem(line) : undefined))
        .find((one) => one !== undefined) ??
      Object.entries(texts)
        .map(([name, text]) => (Array.isArray(text) ? keepAliveProblem(text) : textProblem(name as keyof HandoverTexts, text ?? '')))
        .find((one) => one !== undefined);
    if (wrong !== undefined) return `A text is too long${where}: ${wrong}`;
  }
  return undefined;
}
