import type { MessengerWebhook } from '@baton/contracts';

export type MessengerHook =
  | { readonly webhooks: Omit<MessengerWebhook, 'botId'>[]; readonly ignored: number }
  | { readonly problem: { readonly code: string; readonly field?: string; readonly message: string } };

export function readMessengerHook(rawBody: Buffer): MessengerHook {
  void rawBody;
  return { webhooks: [], ignored: 0 };
}
