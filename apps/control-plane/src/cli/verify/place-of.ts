/** Where a database is: host and name, without user and password. */
export const placeOf = (url: string): string => `${URL.parse(url)?.host ?? 'Postgres'}${URL.parse(url)?.pathname ?? ''}`;
