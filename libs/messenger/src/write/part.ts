/** One tap below a message; Messenger's limits hold. */
export type QuickTap = { readonly title: string; readonly payload: string };

/** What one call of the Send API brings: plain JSON. */
export type MessengerPart =
  | { readonly text: string; readonly quickReplies?: readonly QuickTap[] }
  | {
      readonly attachment: { readonly type: 'image' | 'audio' | 'video' | 'file'; readonly url: string };
      /** The same as a text, for when Meta cannot take the file. */
      readonly fallbackText: string;
    };
