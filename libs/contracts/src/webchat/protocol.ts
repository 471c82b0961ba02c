import { z } from 'zod';
import type { Floor } from '../conversation/floor.js';
import { FileBodySchema } from '../conversation/message-body.js';
import type { Author, MessageBody } from '../conversation/message-body.js';

/** The longest text a visitor may send, in characters. */
export const MAX_VISITOR_TEXT = 4_000;
/** The largest frame a browser may send, in bytes. */
export const MAX_CLIENT_FRAME = 32_768;
/** The server speaks at least this often, so that a silent line is known to be dead. */
export const PING_EVERY_MS = 25_000;
/** How many messages a fresh browser is shown; older ones on request. */
export const REPLAY_ON_FIRST_HELLO = 50;

/** What a browser may send, one JSON object a frame. The first must be `hello`. */
export const ClientFrameSchema = z.discriminatedUnion('t', [
  z.object({
    t: z.literal('hello'),
    token: z.string().min(1).max(2_048),
    /** The last `seq` this browser holds; 0 when it holds nothing. */
    lastSeq: z.int().nonnegative(),
    locale: z.string().max(35).optional(),
    pageUrl: z.string().max(2_048).optional(),
  }),
  z.object({
    t: z.literal('send'),
    /** Chosen by the browser; sending it again is safe. */
    clientId: z.uuid(),
    body: z.discriminatedUnion('type', [
      z.object({
        type: z.literal('text'),
        text: z.string().trim().min(1).max(MAX_VISITOR_TEXT),
        payload: z.string().max(1_000).optional(),
      }),
      /** A file that this visitor handed in before, by the address he got for it; every other address is refused. */
      FileBodySchema,
    ]),
  }),
  /** Everything up to this `seq` was on a visible, open panel. */
  z.object({ t: z.literal('seen'), upTo: z.int().positive() }),
  z.object({ t: z.literal('typing'), typing: z.boolean() }),
  z.object({ t: z.literal('pong') }),
]);
export type ClientFrame = z.output<typeof ClientFrameSchema>;

/** One line of the visitor's log; each has a gap-free `seq` and is replayed after a reconnect. */
export type LogFrame =
  | { t: 'message'; seq: number; id: string; at: string; author: Author; body: MessageBody; via?: string; mailed?: true; clientId?: string }
  | { t: 'edit'; seq: number; id: string; at: string; body: MessageBody }
  | { t: 'removal'; seq: number; id: string; at: string }
  | { t: 'mode'; seq: number; at: string; floor: Floor; agent?: { name: string; avatar?: string } }
  /** Something could not be shown; keeps the numbering gap-free. */
  | { t: 'gap'; seq: number; at: string };

/** Why something was refused; the browser translates it. */
export type RefusalCode =
  | 'bad-frame'
  | 'text-too-long'
  | 'unknown-file'
  | 'too-fast'
  | 'not-authorized'
  | 'token-expired'
  | 'origin-not-allowed'
  | 'unknown-bot'
  | 'try-later';

/** What the server sends, one JSON object a frame. */
export type ServerFrame =
  /** `token` is a fresh one when the old one is near its end. `replayFrom` is the first `seq` that follows; larger than `lastSeq + 1` when older ones must be asked for. */
  | {
      t: 'welcome';
      conversationId: string;
      seq: number;
      replayFrom: number;
      floor: Floor;
      agent?: { name: string; avatar?: string };
      token?: string;
    }
  | LogFrame
  | { t: 'ack'; clientId: string; id: string; seq: number; at: string }
  | { t: 'refused'; code: RefusalCode; clientId?: string; retryAfterMs?: number }
  | { t: 'typing'; author: Author; typing: boolean }
  /** The team has read what the visitor wrote, up to this message of his; never replayed. */
  | { t: 'read'; id: string }
  | { t: 'ping' };

/** Why a socket was closed, as WebSocket close codes. */
export const CLOSE = {
  /** The token is missing, broken or of another bot: ask for a new one. */
  notAuthorized: 4401,
  originNotAllowed: 4403,
  unknownBot: 4404,
  tooFast: 4429,
  /** The server stops or settings are not there yet: come again at once, with back-off. */
  goingAway: 1001,
} as const;
