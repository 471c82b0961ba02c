import { parseCookie, stringifySetCookie } from 'cookie';
import type { FastifyRequest } from 'fastify';

/** With `__Host-` no other host and no path can set it; browsers take that over TLS only. */
const nameOf = (secure: boolean, suffix = ''): string => `${secure ? '__Host-baton' : 'baton'}${suffix}`;

const cookie = (name: string, value: string, o: { readonly secure: boolean; readonly endsAt: Date }): string =>
  stringifySetCookie({ name, value, httpOnly: true, sameSite: 'lax', path: '/', secure: o.secure, expires: o.endsAt });

/** The session of a browser. */
export function sessionCookie(token: string, o: { readonly secure: boolean; readonly endsAt: Date }): string {
  return cookie(nameOf(o.secure), token, o);
}

/** Takes the session's cookie away. */
export function endedCookie({ secure }: { readonly secure: boolean }): string {
  return sessionCookie('', { secure, endsAt: new Date(0) });
}

export function sessionTokenOf(request: Pick<FastifyRequest, 'headers'>, secure: boolean): string | undefined {
  const token = parseCookie(request.headers.cookie ?? '')[nameOf(secure)];
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
}

const ATTEMPT = '-oidc';

/** What a browser keeps while its person is at the sign-in service of his team. */
export function attemptCookie(value: string, o: { readonly secure: boolean; readonly endsAt: Date }): string {
  return cookie(nameOf(o.secure, ATTEMPT), value, o);
}

export function attemptOf(request: Pick<FastifyRequest, 'headers'>, secure: boolean): string | undefined {
  return parseCookie(request.headers.cookie ?? '')[nameOf(secure, ATTEMPT)];
}
