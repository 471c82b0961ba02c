const LONGEST = 63;

/** A short name for addresses, out of the name that visitors see; empty where nothing of it can be used. */
export function suggestId(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ß', 'ss')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain.slice(0, LONGEST).replace(/-+$/, '');
}

/** The same, with a number where that name is taken. */
export function freeId(name: string, taken: ReadonlySet<string>): string {
  const wanted = suggestId(name);
  if (wanted === '' || !taken.has(wanted)) return wanted;
  for (let number = 2; ; number += 1) {
    const numbered = `${wanted.slice(0, LONGEST - 5)}-${number}`;
    if (!taken.has(numbered)) return numbered;
  }
}
