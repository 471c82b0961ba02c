/** What kind of media an attachment of Messenger is; a sticker is a picture. */
export type MessengerMedia = 'image' | 'audio' | 'video' | 'file' | 'sticker';

/** One thing that was said, in words of ours. */
export type InBody =
  | { readonly type: 'text'; readonly text: string; /** What the tapped quick reply or button stands for. */ readonly payload?: string }
  /** The address is one of Meta's CDN and expires: fetch it soon. */
  | {
      readonly type: 'media';
      readonly media: MessengerMedia;
      readonly url: string;
      /** As Meta calls it; mostly only the address says. */ readonly name?: string;
    };

interface Of {
  readonly pageId: string;
  readonly userId: string;
  /** Milliseconds, by Meta's clock: when it happened; for what carries no time of its own, when Meta told us. */
  readonly at: number;
  /** Another app has the thread: take note of it, never answer. */
  readonly standby: boolean;
  /** The person did something that lets us write for another 24 hours. */
  readonly opensWindow: boolean;
}

/** The person wrote, sent files, or tapped a quick reply or button. */
export interface UserMessage extends Of {
  readonly kind: 'message';
  /** Meta's id of the message; where Meta gave none, a key made of what it said, the same each time it is told. */
  readonly mid: string;
  /** At least one, in order; what cannot be shown is named in brackets. */
  readonly bodies: readonly InBody[];
  /** The message (`mid`) that it answers. */
  readonly replyTo?: string;
  /** The link or ad that led him here. */
  readonly ref?: string;
}

/** Messages reached his device. */
export interface Delivered extends Of {
  readonly kind: 'delivered';
  /** Often empty: then the watermark tells. */
  readonly mids: readonly string[];
  /** Milliseconds: all that was sent up to it arrived; 0 when Meta did not say. */
  readonly watermark: number;
}

/** He read all that was sent up to the watermark (ms). */
export interface Seen extends Of {
  readonly kind: 'seen';
  readonly watermark: number;
}

/** What we sent ourselves, told back. */
export interface OwnEcho extends Of {
  readonly kind: 'own-echo';
  readonly mid: string;
  /** What we sent with it. */
  readonly metadata?: string;
}

/** Somebody else wrote as the page: a person in Meta's inbox, or another app. */
export interface ForeignEcho extends Of {
  readonly kind: 'foreign-echo';
  readonly mid: string;
  /** Whose app it was; `unknown` when Meta did not say. */
  readonly appId: string;
  readonly bodies: readonly InBody[];
}

/** He changed the text of a message; Meta allows up to five times. */
export interface Edited extends Of {
  readonly kind: 'edited';
  readonly mid: string;
  readonly text: string;
  /** The how-manieth edit of it; 0 when Meta did not say. */
  readonly number: number;
}

export interface Reaction extends Of {
  readonly kind: 'reaction';
  readonly mid: string;
  readonly action: 'react' | 'unreact';
  readonly emoji?: string;
}

/** He came to the chat without a word: by a link or an ad, by a plugin, or by "Get started" without a title. */
export interface Opened extends Of {
  readonly kind: 'opened';
  readonly ref?: string;
  readonly payload?: string;
}

/** The thread changed hands between apps. */
export interface ThreadControl extends Of {
  readonly kind: 'thread-control';
  readonly act: 'pass' | 'take' | 'request';
  readonly previousOwnerAppId?: string;
  /** For `request`: who asks for it. */
  readonly newOwnerAppId?: string;
  readonly metadata?: string;
  /** That app is ours. */
  readonly toUs: boolean;
}

/** Of no kind we know, or saying too little. `says` names its fields, never their values. */
export interface Unknown extends Of {
  readonly kind: 'unknown';
  readonly says: string;
}

/** What an event of Messenger means. */
export type MessengerFact = UserMessage | Delivered | Seen | OwnEcho | ForeignEcho | Edited | Reaction | Opened | ThreadControl | Unknown;
