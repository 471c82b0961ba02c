import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';

/** With `__Host-` no other host and no path can set it; browsers take that over TLS only. */
const nameOf = (secure: boolean): string => (secure ? '__Host-baton' : 'baton');

export function sessionCookie(token: string, o: { readonly secure: boolean; readonly endsAt: Date }): string {
  return stringifySetCookie({
    name: nameOf(o.secure),
    value: token,
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: o.secure,
    expires: o.endsAt,
  });
}

export function sessionTokenOf(request: FastifyRequest, secure: boolean): string | undefined {
  const token = parseCookie(request.headers.cookie ?? '')[nameOf(secure)];
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
}
