import type { SharingSettings } from '../../sharing.js';

type Masked = SharingSettings['mask'];

/** Digits with single spaces or dashes between them, as people type card numbers. */
const CARD = /(?<![\w-])\d(?:[ -]?\d){12,18}(?![\w-])/g;
const IBAN = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])/g;
const KEPT = 4;

/** A text with card numbers and IBANs made unreadable but for their last four signs, where the bot's settings say so. */
export function masked(text: string, { cards, ibans }: Masked): string {
  const withoutIbans = ibans ? text.replace(IBAN, (found) => hideLongest(found, isIban)) : text;
  return cards ? withoutIbans.replace(CARD, (found) => (isCard(found) ? hidden(found) : found)) : withoutIbans;
}

/** Words may follow an IBAN without a sign between: the longest beginning that is one counts. */
function hideLongest(found: string, is: (text: string) => boolean): string {
  for (let end = found.length; end >= 15; end--) {
    const beginning = found.slice(0, end);
    if (is(beginning) && !/[A-Za-z0-9]/.test(found[end] ?? '')) return hidden(beginning) + found.slice(end);
  }
  return found;
}

function hidden(text: string): string {
  return `••••${text.replace(/[ -]/g, '').slice(-KEPT)}`;
}

/** By its check digit (Luhn), so that an order number stays readable. */
function isCard(text: string): boolean {
  const digits = [...text.replace(/[ -]/g, '')].reverse().map(Number);
  const sum = digits.reduce((all, digit, place) => all + (place % 2 === 0 ? digit : digit > 4 ? digit * 2 - 9 : digit * 2), 0);
  return sum % 10 === 0 && new Set(digits).size > 1;
}

/** By its check digits (ISO 13616). */
function isIban(text: string): boolean {
  const plain = text.replace(/[ -]/g, '').toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain)) return false;
  const moved = plain.slice(4) + plain.slice(0, 4);
  let rest = 0;
  for (const sign of moved) {
    for (const digit of String(parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97;
  }
  return rest === 1;
}
