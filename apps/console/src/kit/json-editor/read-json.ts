/** From the first to behind the last character, as offsets into the text. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

/** A JSON text with the place of everything in it; or the first thing that is wrong with it. */
export type ReadJson =
  | {
      readonly value: unknown;
      /** By JSON pointer; empty for the whole. */
      readonly places: ReadonlyMap<string, Place>;
      /** Of the names of fields, by the field's pointer. */
      readonly names: ReadonlyMap<string, Place>;
      /** Fields that are said once more in the same object; the last one would count. */
      readonly repeated: readonly string[];
    }
  | { readonly wrong: { readonly message: string; readonly place: Place } };

/** Reads JSON as strictly as `JSON.parse` does, and says where what stands. */
export function readJson(text: string): ReadJson {
  const reader = new Reader(text);
  try {
    const value = reader.whole();
    return { value, places: reader.places, names: reader.names, repeated: reader.repeated };
  } catch (error) {
    if (error instanceof Wrong) return { wrong: { message: error.message, place: error.place } };
    throw error;
  }
}

/** A JSON pointer (RFC 6901) to a field within another. */
export function pointerTo(parent: string, name: PropertyKey): string {
  return `${parent}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

class Wrong extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}\p{N}_$]+/uy;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const DEEPEST = 50;

class Reader {
  readonly places = new Map<string, Place>();
  readonly names = new Map<string, Place>();
  readonly repeated: string[] = [];
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): unknown {
    this.space();
    if (this.at === this.text.length) this.fail('There is nothing here yet.');
    const value = this.value('', 0);
    this.space();
    if (this.at < this.text.length) this.fail('Nothing may stand behind the end of the message.');
    return value;
  }

  private value(pointer: string, depth: number): unknown {
    if (depth > DEEPEST) this.fail('This is nested too deeply.');
    const from = this.at;
    const value = this.anyValue(pointer, depth);
    this.places.set(pointer, { from, to: this.at });
    return value;
  }

  private anyValue(pointer: string, depth: number): unknown {
    const next = this.text[this.at];
    if (next === '{') return this.object(pointer, depth);
    if (next === '[') return this.array(pointer, depth);
    if (next === '"') return this.string();
    if (next === "'" || next === '“' || next === '”' || next === '„') this.fail('Text stands in straight double quotes: "…".');
    const number = this.match(NUMBER);
    if (number !== undefined) return Number(number);
    const from = this.at;
    const word = this.match(WORD);
    if (word === 'true' || word === 'false') return word === 'true';
    if (word === 'null') return null;
    if (word !== undefined) throw new Wrong(`Text stands in double quotes: "${word}".`, { from, to: this.at });
    return this.fail(next === undefined ? 'The end comes too early: a value is missing.' : 'A value is missing here.');
  }

  private object(pointer: string, depth: number): Record<string, unknown> {
    const opened = this.at++;
    const object: Record<string, unknown> = {};
    this.space();
    if (this.takes('}')) return object;
    for (;;) {
      const from = this.at;
      if (this.text[this.at] !== '"') {
        const word = this.match(WORD);
        if (word !== undefined) throw new Wrong(`The name of a field stands in double quotes: "${word}".`, { from, to: this.at });
        this.fail(this.text[this.at] === undefined ? this.unclosed(opened) : 'The name of a field is missing here.');
      }
      const name = this.string();
      const field = pointerTo(pointer, name);
      if (this.names.has(field)) this.repeated.push(field);
      this.names.set(field, { from, to: this.at });
      this.space();
      if (!this.takes(':')) this.fail(`A colon is missing behind "${name}".`);
      this.space();
      Object.defineProperty(object, name, { value: this.value(field, depth + 1), enumerable: true, configurable: true, writable: true });
      if (this.endsWith('}', opened)) return object;
    }
  }

  private array(pointer: string, depth: number): unknown[] {
    const opened = this.at++;
    const array: unknown[] = [];
    this.space();
    if (this.takes(']')) return array;
    for (;;) {
      array.push(this.value(pointerTo(pointer, array.length), depth + 1));
      if (this.endsWith(']', opened)) return array;
    }
  }

  /** Behind an entry: the end, or a comma and one more. */
  private endsWith(closing: '}' | ']', opened: number): boolean {
    const behind = this.at;
    this.space();
    if (this.takes(closing)) return true;
    if (this.takes(',')) {
      const comma = this.at - 1;
      this.space();
      if (this.text[this.at] === closing)
        throw new Wrong('This comma is one too many: nothing follows it.', { from: comma, to: comma + 1 });
      return false;
    }
    if (this.at === this.text.length) this.fail(this.unclosed(opened));
    throw new Wrong('A comma is missing behind this.', { from: Math.max(behind - 1, 0), to: behind });
  }

  private string(): string {
    const from = this.at++;
    let said = '';
    for (;;) {
      const next = this.text[this.at];
      if (next === undefined || next === '\n') throw new Wrong('The closing double quote is missing.', { from, to: this.at });
      this.at += 1;
      if (next === '"') return said;
      if (next < ' ') throw new Wrong('A tab or another sign that is not seen stands in this text.', { from: this.at - 1, to: this.at });
      said += next === '\\' ? this.escape() : next;
    }
  }

  private escape(): string {
    const from = this.at - 1;
    const next = this.text[this.at++] ?? '';
    if (Object.hasOwn(ESCAPES, next)) return ESCAPES[next]!;
    const hex = next === 'u' ? this.text.slice(this.at, this.at + 4) : '';
    if (!/^[0-9a-fA-F]{4}$/.test(hex)) throw new Wrong('A backslash is written twice: \\\\.', { from, to: from + 1 });
    this.at += 4;
    return String.fromCharCode(parseInt(hex, 16));
  }

  private unclosed(opened: number): string {
    const line = this.text.slice(0, opened).split('\n').length;
    return `The ${this.text[opened]} of line ${line} is not closed.`;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const [found] = pattern.exec(this.text) ?? [];
    this.at += found?.length ?? 0;
    return found;
  }

  private takes(sign: string): boolean {
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  private space(): void {
    while (' \n\r\t'.includes(this.text[this.at] ?? '.')) this.at += 1;
  }

  private fail(message: string): never {
    throw new Wrong(message, { from: this.at, to: Math.min(this.at + 1, this.text.length) });
  }
}
