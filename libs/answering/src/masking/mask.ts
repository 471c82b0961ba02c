import { findPersonal, type KnownPerson } from './find-personal.js';
import { replaceTokens, tokenOf, type PersonalKind } from './tokens.js';

/**
 * Personal data of one talk, each with what stands in for it. The same datum has the same token in every line, and a talk
 * that only grew has the same tokens again.
 */
export class Mask {
  readonly #tokens = new Map<string, string>();
  readonly #values = new Map<string, string>();
  /** Names that somebody said are names; from then on they are. */
  readonly #told = new Set<string>();
  readonly #counts = new Map<PersonalKind, number>();

  /** @param known what is known of the visitor beside his words */
  constructor(readonly known: KnownPerson = {}) {}

  /** The text with tokens such as `[EMAIL_1]` in place of personal data. */
  hide(text: string): string {
    let hidden = '';
    let from = 0;
    for (const datum of findPersonal(text, { ...this.known, names: [...(this.known.names ?? []), ...this.#told] })) {
      if (datum.kind === 'NAME') this.#told.add(datum.text);
      hidden += text.slice(from, datum.at) + this.#tokenFor(datum.kind, datum.text);
      from = datum.at + datum.text.length;
    }
    return hidden + text.slice(from);
  }

  /** The text with personal data in their places again. A token that was never given out stays as it is; a card shows its last digits only. */
  restore(text: string): string {
    return replaceTokens(text, (token) => this.#values.get(token));
  }

  #tokenFor(kind: PersonalKind, value: string): string {
    const key = `${kind} ${kind === 'NAME' || kind === 'ADDRESS' || kind === 'EMAIL' ? value.toLowerCase().replace(/\s+/g, ' ') : value.replace(/[^\p{L}\d]/gu, '').toUpperCase()}`;
    let token = this.#tokens.get(key);
    if (!token) {
      const number = (this.#counts.get(kind) ?? 0) + 1;
      this.#counts.set(kind, number);
      token = tokenOf(kind, number);
      this.#tokens.set(key, token);
      this.#values.set(token, kind === 'CARD' ? `•••• ${value.replace(/\D/g, '').slice(-4)}` : value);
    }
    return token;
  }
}

/** A question without its personal data: what is looked up needs none of them. */
export function withoutPersonal(text: string, known: KnownPerson = {}): string {
  // Parts of a name may be places, and places are asked for.
  const { names = [], ...rest } = known;
  let left = '';
  let from = 0;
  for (const datum of findPersonal(text, {
    ...rest,
    names: names.filter((name) => name.trim().includes(' ')).map((name) => name.toLowerCase()),
  })) {
    left += text.slice(from, datum.at);
    from = datum.at + datum.text.length;
  }
  const kept = (left + text.slice(from)).replace(/[^\S\n]+/g, ' ').trim();
  return kept === ''
    ? findPersonal(text, known)
        .map(({ kind }) => kind.toLowerCase())
        .join(' ')
    : kept;
}
