import { createHmac } from 'node:crypto';
import { BotSettingsSchema } from '@baton/contracts';
import { botSettingId, seal } from '@baton/settings';
import type { Setting } from '@baton/settings';
import { KEY } from './known-settings.js';

export const PAGE = '4400110022';
export const PERSON = '9100200300';
export const APP_SECRET = 'demo-app-secret-0123456789abcdef';
export const VERIFY_TOKEN = 'our verify-token & more';

interface PageOptions {
  botId?: string;
  workspaceId?: string;
  pageId?: string;
  secrets?: string[];
  verifyToken?: string;
  hooksPerSecond?: number;
  /** With which the app's secrets were sealed, and the verify token. */
  keys?: { secrets?: string; verifyToken?: string };
}

/** A bot with a page of Messenger. */
export function aPage(o: PageOptions = {}): Setting {
  const {
    botId = 'demo',
    workspaceId = 'acme',
    pageId = PAGE,
    secrets = [APP_SECRET],
    verifyToken = VERIFY_TOKEN,
    hooksPerSecond = 1_000,
  } = o;
  const settingId = botSettingId(botId);
  const sealed = (secret: string, key = KEY) => seal({ purpose: 'webhooks', settingId }, key, secret);
  const messenger = {
    pageId,
    appId: '1',
    pageToken: seal({ purpose: 'messenger', settingId }, KEY, 'token'),
    appSecrets: secrets.map((secret) => sealed(secret, o.keys?.secrets)),
    verifyToken: sealed(verifyToken, o.keys?.verifyToken),
  };
  return { type: 'settings.bot', bot: BotSettingsSchema.parse({ botId, workspaceId, name: 'Demo', hooksPerSecond, messenger }) };
}

/** What a person says to a page, as it stands in `messaging[]`. */
export function said(mid: string, o: { userId?: string; pageId?: string; text?: string } = {}): Record<string, unknown> {
  const { userId = PERSON, pageId = PAGE, text = 'Hello' } = o;
  return { sender: { id: userId }, recipient: { id: pageId }, timestamp: 1_767_225_599_987, message: { mid, text } };
}

export function anEntry(elements: readonly unknown[], pageId = PAGE): Record<string, unknown> {
  return { id: pageId, time: 1_767_225_600_123, messaging: elements };
}

/** The bytes that Meta sends, with its escapes: what is not ASCII, and `/`, `<`, `%` and `@`. */
export function aMessengerHook(entry: readonly unknown[] = [anEntry([said('m_1')])], object = 'page'): Buffer {
  const json = JSON.stringify({ object, entry }).replaceAll('/', String.raw`\/`);
  return Buffer.from(json.replaceAll(/[^\x20-\x7e]|[<%@]/g, (text) => `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`));
}

/** The value of `X-Hub-Signature-256`. */
export function metaSignatureOf(body: Buffer | string, secret = APP_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
