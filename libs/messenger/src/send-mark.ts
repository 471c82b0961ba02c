/** Which part of which message of ours a send is; travels as `metadata` and comes back in the echo. */
export interface SendMark {
  readonly messageId: string;
  /** From 0. */
  readonly part: number;
}

const MARK = /^baton:([0-9a-f-]{36}):(\d{1,4})$/;

export function toMetadata({ messageId, part }: SendMark): string {
  return `baton:${messageId}:${part}`;
}

/** The mark of ours in an echo's `metadata`; none when somebody else wrote it. */
export function readMetadata(metadata: string | undefined): SendMark | undefined {
  const [, messageId, part] = MARK.exec(metadata ?? '') ?? [];
  return messageId === undefined || part === undefined ? undefined : { messageId, part: Number(part) };
}
