import type { DeadLetter } from './dead-letter.js';
import type { FiledLetter } from './mailbox.js';

const COLUMNS = ['PLACE', 'SINCE', 'CONSUMER', 'TOPIC', 'REASON', 'AGAIN', 'WHY'] as const;

/** A table of letters, one line each; never what people wrote. */
export function tableOf(filed: readonly FiledLetter[]): string {
  const rows = filed.map(({ letter: { place, at, consumer, topic, reason, error }, replayed }) => [
    place,
    at.slice(0, 19).replace('T', ' '),
    consumer,
    topic,
    reason,
    replayed ? 'yes' : '',
    error.length > 80 ? `${error.slice(0, 79)}…` : error,
  ]);
  const widths = COLUMNS.map((name, i) => Math.max(name.length, ...rows.map((row) => row[i]!.length)));
  return [COLUMNS, ...rows]
    .map((row) =>
      row
        .map((cell, i) => safe(cell).padEnd(widths[i]!))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** All that is known of a letter. */
export function detailsOf({ letter, replayed }: FiledLetter, withText: boolean): string {
  const { original } = letter;
  const lines: [string, string][] = [
    ['place', letter.place],
    ['came from', `${letter.topic}, partition ${letter.partition}, offset ${letter.offset}`],
    ['refused by', `${letter.consumer} at ${letter.at}`],
    ['reason', letter.reason],
    ['why', letter.error],
    ['sent again', replayed ? 'yes' : 'no'],
    ['key', original.key?.toString() ?? '(none)'],
    ...headersOf(letter),
    ['value', original.value === null ? '(none)' : `${original.value.length} bytes${withText ? '' : ', shown with --with-text'}`],
  ];
  const text = withText && original.value ? `\n\n${safe(original.value.toString('utf8'))}` : '';
  return lines.map(([name, value]) => `${name.padEnd(24)}${safe(value)}`).join('\n') + text;
}

function headersOf({ original }: DeadLetter): [string, string][] {
  return Object.entries(original.headers).map(([name, value]) => [`header ${name}`, value?.toString() ?? '']);
}

/** What came from outside must not move the cursor of whoever reads it. */
function safe(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, '�');
}
