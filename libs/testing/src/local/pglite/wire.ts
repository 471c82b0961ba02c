/** The few messages of Postgres' protocol that whoever stands between a client and the database has to understand: https://www.postgresql.org/docs/18/protocol-message-formats.html */

/** A message of a client after its first; `type` is one letter. */
export interface ClientMessage {
  readonly type: string;
  /** With type and length, as it came. */
  readonly bytes: Buffer;
}

export type FirstMessage =
  | { readonly kind: 'encryption' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'startup'; readonly parameters: ReadonlyMap<string, string> };

const ENCRYPTION_REQUESTS = [80877103, 80877104];
const CANCEL_REQUEST = 80877102;

/** Cuts a client's bytes into its messages. */
export class ClientStream {
  private rest: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): void {
    this.rest = this.rest.length === 0 ? bytes : Buffer.concat([this.rest, bytes]);
  }

  /** Before the startup message messages have no type. */
  first(): FirstMessage | undefined {
    const bytes = this.take(0);
    if (!bytes) return undefined;
    const code = bytes.readInt32BE(4);
    if (ENCRYPTION_REQUESTS.includes(code)) return { kind: 'encryption' };
    if (code === CANCEL_REQUEST) return { kind: 'cancel' };
    const words = bytes.toString('utf8', 8).split('\0');
    const parameters = new Map<string, string>();
    for (let i = 0; i + 1 < words.length && words[i] !== ''; i += 2) parameters.set(words[i]!, words[i + 1]!);
    return { kind: 'startup', parameters };
  }

  next(): ClientMessage | undefined {
    const bytes = this.take(1);
    return bytes && { type: String.fromCharCode(bytes[0]!), bytes };
  }

  private take(typeLength: number): Buffer | undefined {
    if (this.rest.length < typeLength + 4) return undefined;
    const length = typeLength + this.rest.readInt32BE(typeLength);
    if (this.rest.length < length) return undefined;
    const bytes = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return bytes;
  }
}

/** What the database said: whether a transaction is open afterwards, which commands it ran, its first error. */
export interface Answer {
  /** `I` idle, `T` in a transaction, `E` in a failed one; undefined when it has not come to rest yet. */
  readonly status: string | undefined;
  /** Such as `SET` or `SELECT 1`. */
  readonly commands: readonly string[];
  readonly error: string | undefined;
}

export function readAnswer(bytes: Buffer): Answer {
  let status: string | undefined;
  let error: string | undefined;
  const commands: string[] = [];
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    const type = String.fromCharCode(bytes[at]!);
    if (type === 'Z') status = String.fromCharCode(bytes[at + 5]!);
    else if (type === 'C') commands.push(textAt(bytes, at + 5));
    else if (type === 'E') error ??= messageOf(bytes, at + 5);
  }
  return { status, commands, error };
}

/** Rows of text columns. */
export function readRows(bytes: Buffer): string[][] {
  const rows: string[][] = [];
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    if (bytes[at] !== 'D'.charCodeAt(0)) continue;
    const row: string[] = [];
    let column = at + 7;
    for (let count = bytes.readInt16BE(at + 5); count > 0; count -= 1) {
      const length = Math.max(0, bytes.readInt32BE(column));
      row.push(bytes.toString('utf8', column + 4, column + 4 + length));
      column += 4 + length;
    }
    rows.push(row);
  }
  return rows;
}

function messageOf(bytes: Buffer, from: number): string {
  for (let at = from; bytes[at] !== 0; at += 2 + Buffer.byteLength(textAt(bytes, at + 1))) {
    if (bytes[at] === 'M'.charCodeAt(0)) return textAt(bytes, at + 1);
  }
  return 'unknown';
}

function textAt(bytes: Buffer, from: number): string {
  return bytes.toString('utf8', from, bytes.indexOf(0, from));
}

export function startup(parameters: Readonly<Record<string, string>>): Buffer {
  const words = Object.entries(parameters).flatMap(([name, value]) => [text(name), text(value)]);
  const body = Buffer.concat([int32(196608), ...words, Buffer.alloc(1)]);
  return Buffer.concat([int32(body.length + 4), body]);
}

export function query(sql: string): Buffer {
  return message('Q', text(sql));
}

/** Ends what messages began; the database answers when it has come to rest. */
export const SYNC = message('S');

/** The end of a session, with a code of https://www.postgresql.org/docs/18/errcodes-appendix.html */
export function fatal(code: string, sentence: string): Buffer {
  const fields = { S: 'FATAL', V: 'FATAL', C: code, M: sentence };
  return message('E', ...Object.entries(fields).map(([field, value]) => Buffer.concat([Buffer.from(field), text(value)])), Buffer.alloc(1));
}

/**
 * The same message with the name of a prepared statement made the client's own; undefined when it names none. Statements without
 * a name live within one turn.
 */
export function withOwnStatement(
  { type, bytes }: ClientMessage,
  prefix: string,
): { readonly bytes: Buffer; readonly statement: string } | undefined {
  const at = statementAt(type, bytes);
  if (at === undefined || bytes[at] === 0) return undefined;
  const statement = prefix + textAt(bytes, at);
  const body = Buffer.concat([bytes.subarray(5, at), Buffer.from(prefix), bytes.subarray(at)]);
  return { bytes: message(type, body), statement };
}

function statementAt(type: string, bytes: Buffer): number | undefined {
  if (type === 'P') return 5;
  if (type === 'B') return bytes.indexOf(0, 5) + 1;
  if ((type === 'D' || type === 'C') && bytes[5] === 'S'.charCodeAt(0)) return 6;
  return undefined;
}

/** The SQL of a simple query or of a statement to be prepared. */
export function sqlOf({ type, bytes }: ClientMessage): string | undefined {
  if (type === 'Q') return textAt(bytes, 5);
  if (type === 'P') return textAt(bytes, bytes.indexOf(0, 5) + 1);
  return undefined;
}

function message(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.length + 4), body]);
}

function text(value: string): Buffer {
  return Buffer.from(`${value}\0`);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
