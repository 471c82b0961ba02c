import type { deliveries, EventData, ServerFrame } from '@baton/contracts';
import type { WrittenLine } from '../log/written-line.js';
import type { CatchUp } from './catch-up.js';
import type { Notices } from './notices.js';
import type { Rooms } from './rooms.js';

type Typing = EventData<typeof deliveries, 'delivery.typing'>;

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

  typing(events: readonly Typing[]): void {
    // Only the last word of each conversation matters.
    const last = new Map(events.map((event) => [event.conversationId, event]));
    if (last.size === 0) return;
    const frames = [...last.values()].map(({ conversationId, author, typing }) => {
      const frame: ServerFrame = { t: 'typing', author, typing };
      return { conversationId, frame: JSON.stringify(frame) };
    });
    for (const { conversationId, frame } of frames) this.rooms.tell(conversationId, frame);
    this.notices.tellOthers(frames);
  }
}
