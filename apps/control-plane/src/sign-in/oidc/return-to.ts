const HOME = '/console/';

/**
 * Where a person goes after he signed in: a page of the console, and nowhere else, whatever somebody wrote into the address.
 * @param wanted path, perhaps with query; anything that is no page of ours leads home
 */
export function safeReturnTo(wanted: unknown): string {
  if (typeof wanted !== 'string' || wanted.length > 1_000 || !wanted.startsWith(HOME)) return HOME;

  if (/[\u0000-\u001f\u007f\\]/.test(wanted)) return HOME;
  const here = 'https://here.invalid';
  if (!URL.canParse(wanted, here)) return HOME;
  const { origin, pathname, search } = new URL(wanted, here);
  return origin === here && pathname.startsWith(HOME) ? `${pathname}${search}` : HOME;
}
