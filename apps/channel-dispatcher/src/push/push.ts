import type { ServerFrame } from '@baton/contracts';
import { lastOfEach } from '../arrivals/parcels.js';
import type { Sign } from '../arrivals/parcels.js';
import type { WrittenLine } from '../log/written-line.js';
import type { CatchUp } from './catch-up.js';
import type { Notices } from './notices.js';
import type { Rooms } from './rooms.js';

/** Brings what was just written to the sockets of this replica; the others are told by the transaction itself. */
export class Push {
  constructor(
    private readonly rooms: Rooms,
    private readonly catchUp: CatchUp,
    private readonly notices: Notices,
  ) {}

  /** @param lines committed, of each conversation neighbours in ascending order */
  lines(lines: readonly WrittenLine[]): void {
    this.catchUp.wake(this.rooms.push(lines));
  }

  signs(signs: readonly Sign[]): void {
    if (signs.length === 0) return;
    const frames = lastOfEach(signs).map((sign) => ({ conversationId: sign.conversationId, frame: JSON.stringify(frameOf(sign)) }));
    for (const { conversationId, frame } of frames) this.rooms.tell(conversationId, frame);
    this.notices.tellOthers(frames);
  }
}

function frameOf(sign: Sign): ServerFrame {
  return 'typing' in sign ? { t: 'typing', author: sign.author, typing: sign.typing } : { t: 'read', id: sign.messageId };
}
