import type { LogLine } from './log-line.js';
import { storableJson } from './storable.js';

/** A line of the log as it is stored and goes to the sockets: the frame is text already. */
export interface WrittenLine {
  readonly conversationId: string;
  readonly seq: number;
  readonly kind: LogLine['kind'];
  readonly messageId: string | null;
  readonly author: LogLine['author'];
  readonly clientId: string | null;
  readonly at: string;
  /** The JSON of the frame. */
  readonly frame: string;
  /** W3C trace context of what brought it, while it is on its way to the sockets of the replica that wrote it. */
  readonly traceparent?: string;
}

export function written(conversationId: string, line: LogLine): WrittenLine {
  return { ...line, conversationId, frame: storableJson(line.frame) };
}
