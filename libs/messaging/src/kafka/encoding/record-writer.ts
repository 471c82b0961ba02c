/** Longer texts are left to the runtime; shorter ones are mostly ASCII, and copied here without a call. */
const SHORT = 128;
const ABSENT = -1;

/** Writes the parts of Kafka's protocol into one buffer that is large enough from the beginning. */
export class RecordWriter {
  at = 0;

  constructor(readonly bytes: Buffer) {}

  int8(value: number): void {
    this.bytes[this.at++] = value;
  }

  int16(value: number): void {
    this.at = this.bytes.writeInt16BE(value, this.at);
  }

  int32(value: number): void {
    this.at = this.bytes.writeInt32BE(value, this.at);
  }

  int64(value: bigint): void {
    this.at = this.bytes.writeBigInt64BE(value, this.at);
  }

  /** A text with its length in two bytes. */
  shortText(text: string): void {
    this.int16(Buffer.byteLength(text));
    this.at += this.bytes.write(text, this.at, 'utf8');
  }

  /** A whole number, zigzag, seven bits a byte. */
  varint(value: number): void {
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    while (rest > 0x7f) {
      this.bytes[this.at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.bytes[this.at++] = rest;
  }

  /** Bytes or a text with their length before them; null is told from empty. */
  sized(part: Buffer | string | null | undefined): void {
    if (part === null || part === undefined) return this.varint(ABSENT);
    if (typeof part === 'string') return this.text(part);
    this.varint(part.length);
    this.bytes.set(part, this.at);
    this.at += part.length;
  }

  private text(text: string): void {
    const start = this.at;
    if (text.length <= SHORT) {
      this.varint(text.length);
      if (this.ascii(text)) return;
      this.at = start;
    }
    this.varint(Buffer.byteLength(text));
    this.at += this.bytes.write(text, this.at, 'utf8');
  }

  private ascii(text: string): boolean {
    const { bytes } = this;
    let { at } = this;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return false;
      bytes[at++] = code;
    }
    this.at = at;
    return true;
  }
}

/** How many bytes a varint takes. */
export function varintSize(value: number): number {
  const zigzag = ((value << 1) ^ (value >> 31)) >>> 0;
  return zigzag < 0x80 ? 1 : zigzag < 0x4000 ? 2 : zigzag < 0x20_0000 ? 3 : zigzag < 0x1000_0000 ? 4 : 5;
}
