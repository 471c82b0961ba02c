import type { Rate } from '../service/bucket.js';

/**
 * Who may knock: `anyone` from the internet; `signed` a platform that signs its web hooks or knows their secret; `key` whoever has a bearer
 * key or a session; `pass` the control plane with a pass for one errand; `probe` who watches the service. The last two belong to the inside:
 * no proxy leads to them.
 */
export type Knocker = 'anyone' | 'signed' | 'key' | 'pass' | 'probe';

/** One address of a service, and what bounds a request there. */
export interface Door {
  /** `any` where all methods of the path are bounded alike. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS' | 'any';
  /** As the route is written; one that ends in `*` stands for all below it. */
  readonly path: string;
  readonly who: Knocker;
  /** The largest body in bytes; 0 where none is read. */
  readonly bodyBytes: number;
  /** What one client address may ask here; without it what one may ask of the service, see {@link HouseRules}. */
  readonly perAddress?: Rate;
  /** What else bounds it (of one bot, visitor, person …) and what it then says, for the reader of the table. */
  readonly also: string;
}

/** What holds for all doors of a service. */
export interface HouseRules {
  /** What one client address may ask of all doors for `anyone` together. */
  readonly perAddress: Rate;
  /** What one bearer key may ask of all doors for a `key` together, before a body is read. */
  readonly perKey?: Rate;
  /**
   * What one client address may ask of all doors for a `key` together without a key or session; and as much again with those that were not
   * let in before. Default {@link perAddress}.
   */
  readonly strangers?: Rate;
  /** Refusals for a wrong key that one client address may collect before its keys are not looked at for a while. */
  readonly wrongKeys?: Rate;
}

/** What a service with a `/health` and figures has: nobody outside reaches it. */
export const PROBE_DOORS: readonly Door[] = [
  { method: 'GET', path: '/health/*', who: 'probe', bodyBytes: 0, also: 'answers from memory' },
  { method: 'GET', path: '/metrics', who: 'probe', bodyBytes: 0, also: 'answers from memory' },
];

/** The door of a route, undefined where none was declared. HEAD asks at the door of GET. */
export function doorOf(doors: readonly Door[], method: string, path: string): Door | undefined {
  const asked = method === 'HEAD' ? 'GET' : method;
  const isIts = (door: Door) => door.method === 'any' || door.method === asked;
  return (
    doors.find((door) => isIts(door) && door.path === path) ??
    doors.find((door) => isIts(door) && door.path.endsWith('*') && path.startsWith(door.path.slice(0, -1)))
  );
}
