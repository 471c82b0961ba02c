import type { MessengerPart } from '../write/part.js';

/** How to reach Meta, and as whom: one client speaks for one page. */
export interface MessengerClientOptions {
  readonly pageToken: string;
  /** The app's secret; with it every call carries `appsecret_proof`. */
  readonly proofSecret?: string;
  /** Without the version. Default `https://graph.facebook.com`. */
  readonly graphUrl?: string;
  /** Default `v25.0`. */
  readonly graphVersion?: string;
  /** For each call, from its first byte to the last of the answer. Default 10,000. */
  readonly timeoutMs?: number;
  /** The same for a call in which Meta fetches a file from us. Default 45,000. */
  readonly fileTimeoutMs?: number;
  /** Told after each answer that carries Meta's view of how much we call. */
  readonly onUsage?: (usage: Usage) => void;
}

/** What one call may be given on top. */
export interface CallOptions {
  /** Ends the call early, as `messenger.timeout`. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

/** How much of what Meta allows is used. */
export interface Usage {
  /** The fullest of Meta's measures, in per cent; above 100 calls are refused. */
  readonly percent: number;
  /** Milliseconds until calls are taken again; 0 while they are. */
  readonly waitMs: number;
  /** It is time to call less. */
  readonly slowDown: boolean;
}

export interface SendRequest {
  readonly pageId: string;
  readonly recipientId: string;
  readonly part: MessengerPart;
  /** Under 1,000 characters; comes back in the echo. */
  readonly metadata: string;
  readonly messagingType: 'RESPONSE' | 'UPDATE' | 'MESSAGE_TAG';
  readonly tag?: 'HUMAN_AGENT';
  readonly personaId?: string;
  readonly notificationType?: 'REGULAR' | 'SILENT_PUSH' | 'NO_PUSH';
}

export interface Sent {
  /** Absent when Meta took the message without naming it: then its echo does. */
  readonly messageId?: string;
}

export interface SenderActionRequest {
  readonly pageId: string;
  readonly recipientId: string;
  readonly action: 'typing_on' | 'typing_off' | 'mark_seen';
  readonly personaId?: string;
}

export interface Persona {
  readonly personaId: string;
  readonly name: string;
  readonly pictureUrl?: string;
}

/** What Meta tells of a person: often nothing. */
export interface MessengerProfile {
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  /** Expires. */
  readonly pictureUrl?: string;
}
