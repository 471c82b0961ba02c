import type { Author } from '@baton/contracts';
import { mayWrite } from '@baton/messenger';
import type { MayWrite } from '@baton/messenger';
import { mayCall } from './page-state.js';
import type { PageState } from './page-state.js';

/** How a send can end that Meta has no part in. */
export const SendRefusal = {
  /** Nothing to do any more: its message failed as a whole, was taken back or replaced. */
  noLongerWanted: 'messenger.no-longer-wanted',
  /** The floor changed while it waited, or somebody switched off everything automatic. */
  superseded: 'messenger.superseded',
} as const;

/** What a part waits for is no longer true for those who decided it, when the floor has changed meanwhile and it waited this long (ms). */
const STALE_MS = 10_000;

/** All that decides whether a part may be sent now. */
export interface BeforeSend {
  readonly message: {
    readonly authorKind: Author['kind'];
    readonly status: string;
    readonly epoch: number;
    readonly withdrawable: boolean;
    readonly plannedAt: number;
  };
  readonly part: { readonly state: string; /** Another part of the message was sent already. */ readonly othersSent: boolean };
  /** Somebody switched off everything automatic there: since when (ms); undefined while nobody has. */
  readonly stoppedSince?: number | undefined;
  /** The highest epoch of the conversation that ever arrived. */
  readonly epoch: number;
  /** By Meta's clock (ms); undefined when the person never did anything that we heard of. */
  readonly lastUserActionAt: number | undefined;
  readonly humanAgent: boolean;
  readonly page: PageState | undefined;
  readonly tokenMark: string;
  readonly probeEveryMs: number;
  /** ms */
  readonly now: number;
}

export type MaySend =
  | { readonly refused: string }
  | { readonly waitMs: number; readonly reason: string }
  | {
      readonly as: Exclude<MayWrite, { refused: string }>;
      /** The page is stopped: this send tries whether it still is. */ readonly probe: boolean;
    };

/**
 * Whether a part may be sent now. A bot's line that waited while the floor changed is withdrawn like one that never left; one that was
 * decided just before the change is sent, as it would have been without the wait for its turn. One that waited when somebody switched off
 * everything automatic is withdrawn, however short it waited.
 */
export function maySend({
  message,
  part,
  stoppedSince,
  epoch,
  lastUserActionAt,
  humanAgent,
  page,
  tokenMark,
  probeEveryMs,
  now,
}: BeforeSend): MaySend {
  if (part.state !== 'open' || message.status === 'failed' || message.status === 'superseded') {
    return { refused: SendRefusal.noLongerWanted };
  }
  const isOutdated = message.withdrawable && message.epoch < epoch && now - message.plannedAt > STALE_MS;
  // What is said in the bot's name while it is off is Baton's own, such as that nobody is there.
  const isStopped = message.withdrawable && message.authorKind === 'bot' && stoppedSince !== undefined && message.plannedAt < stoppedSince;
  if ((isOutdated || isStopped) && !part.othersSent) return { refused: SendRefusal.superseded };
  const as = mayWrite({ authorKind: message.authorKind, lastUserActionAt, now, humanAgent });
  if ('refused' in as) return as;
  const call = mayCall(page, { tokenMark, probeEveryMs, now });
  return 'waitMs' in call ? call : { as, probe: call.probe };
}
