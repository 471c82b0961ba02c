import type { WrittenLine } from '../log/written-line.js';
import { whatToPush } from './what-to-push.js';

/** A socket that follows a conversation. */
export interface Listener {
  readonly conversationId: string;
  /** The newest line written to it; undefined until it was welcomed. */
  readonly sentUpTo: number | undefined;
  /** It does not take what it was given already; it gets the rest from the log when it does. */
  readonly isSlow: boolean;
  /** Sends the line that follows `sentUpTo`. */
  write(line: WrittenLine): void;
  /** Sends what is in no log. */
  tell(frame: string): void;
}

/** The sockets of this replica, by conversation. */
export class Rooms {
  private readonly rooms = new Map<string, Set<Listener>>();

  add(listener: Listener): void {
    const room = this.rooms.get(listener.conversationId);
    if (room) room.add(listener);
    else this.rooms.set(listener.conversationId, new Set([listener]));
  }

  /** Returns whether it was the last of its conversation. */
  remove(listener: Listener): boolean {
    const room = this.rooms.get(listener.conversationId);
    if (!room?.delete(listener) || room.size > 0) return false;
    return this.rooms.delete(listener.conversationId);
  }

  has(conversationId: string): boolean {
    return this.rooms.has(conversationId);
  }

  sizeOf(conversationId: string): number {
    return this.rooms.get(conversationId)?.size ?? 0;
  }

  conversationIds(): string[] {
    return [...this.rooms.keys()];
  }

  /** The newest line that every socket of the conversation has; undefined when none of them can take more now. */
  lowest(conversationId: string): number | undefined {
    let lowest: number | undefined;
    for (const { sentUpTo, isSlow } of this.rooms.get(conversationId) ?? []) {
      if (sentUpTo !== undefined && !isSlow && (lowest === undefined || sentUpTo < lowest)) lowest = sentUpTo;
    }
    return lowest;
  }

  /**
   * Brings lines (of each conversation neighbours, ascending) to the sockets that have what comes before them.
   * Returns the conversations with a socket that lacks something and must be served from the log.
   */
  push(lines: readonly WrittenLine[]): string[] {
    const behind: string[] = [];
    for (let start = 0, end = 0; start < lines.length; start = end) {
      const { conversationId } = lines[start]!;
      while (end < lines.length && lines[end]!.conversationId === conversationId) end++;
      const room = this.rooms.get(conversationId);
      if (room && !pushTo(room, lines.slice(start, end))) behind.push(conversationId);
    }
    return behind;
  }

  tell(conversationId: string, frame: string): void {
    for (const listener of this.rooms.get(conversationId) ?? []) {
      if (listener.sentUpTo !== undefined && !listener.isSlow) listener.tell(frame);
    }
  }
}

function pushTo(room: ReadonlySet<Listener>, lines: readonly WrittenLine[]): boolean {
  let complete = true;
  for (const listener of room) {
    if (listener.sentUpTo === undefined || listener.isSlow) continue;
    const push = whatToPush(listener.sentUpTo, lines);
    if (push === 'behind') complete = false;
    else for (const line of push) listener.write(line);
  }
  return complete;
}
