import type { Rate } from '../service/bucket.js';
import type { Door, HouseRules } from './door.js';

const KIB = 1_024;
const WHO = { anyone: 'anyone', signed: 'a platform, signed', key: 'a key or session', pass: 'control plane, by pass', probe: 'inside' };

/** The doors as rows of Markdown: what the documentation shows of a service. */
export function doorsTable(doors: readonly Door[], rules: HouseRules): string {
  const rows = doors.map(({ method, path, who, bodyBytes, perAddress, also }) => {
    const rate = who === 'anyone' ? inWords(perAddress ?? rules.perAddress) : who === 'key' ? ofStrangers(rules) : '–';
    return `| \`${method === 'any' ? '*' : method} ${path}\` | ${WHO[who]} | ${rate} | ${size(bodyBytes)} | ${also} |`;
  });
  return ['| door | who | of one address | body | also |', '|---|---|---|---|---|', ...rows].join('\n');
}

function ofStrangers({ strangers, perAddress, wrongKeys }: HouseRules): string {
  return `strangers: ${inWords(strangers ?? perAddress)}${wrongKeys ? `; wrong keys: ${inWords(wrongKeys)}` : ''}`;
}

function inWords({ perSecond, burst }: Rate): string {
  const rate = perSecond >= 1 ? `${perSecond}/s` : `1 in ${Math.round(1 / perSecond)} s`;
  return `${rate}, ${burst} at once`;
}

function size(bytes: number): string {
  if (bytes === 0) return 'none';
  return bytes >= KIB * KIB ? `${bytes / (KIB * KIB)} MiB` : `${bytes / KIB} KiB`;
}
