import type { MessengerText } from '@baton/contracts';

/** What one call of the Send API brings: plain JSON. */
export type MessengerPart =
  | MessengerText
  | {
      readonly attachment: { readonly type: 'image' | 'audio' | 'video' | 'file'; readonly url: string };
      /** The same as a text, for when Meta cannot take the file. */
      readonly fallbackText: string;
    };
