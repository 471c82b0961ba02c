import type { ConsoleAddress } from '../sign-in/console-address.js';

/**
 * What the console's page may load: scripts and requests of our own only; styles that components write carry the page's nonce. Pictures of
 * agents and bots come from anywhere by TLS; where the console itself is reached without it, in a sandbox, also from this machine.
 */
export function contentPolicy({ secure }: Pick<ConsoleAddress, 'secure'>, nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: https:${secure ? '' : ' http://127.0.0.1:*'}`,
    "connect-src 'self'",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
