import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientAddress } from '../service/client-address.js';
import { Lock } from '../service/lock.js';
import { Rates } from '../service/rates.js';
import { doorOf } from './door.js';
import type { Door, HouseRules } from './door.js';

export interface DoorKeeping {
  readonly doors: readonly Door[];
  readonly rules: HouseRules;
  /** Proxies in front whose word about the client's address is believed. */
  readonly trustedProxies: number;
  /** Says in the service's own form that it was too much; `seconds` is when to come again. */
  readonly refuse: (reply: FastifyReply, seconds: number) => unknown;
  readonly now?: () => number;
}

/** A line that says nothing for so long before its headers are there holds a place for nothing (ms). */
const HEADERS_WITHIN_MS = 10_000;

/** So many people and programs are told from guessers at the same time. */
const RIGHT_KEYS_KNOWN = 10_000;

type Server = Pick<FastifyInstance, 'server'> & { addHook(name: never, hook: never): unknown };

/**
 * Keeps the doors of a service: a route that no door was declared for ends the start, and whoever asks more often than his door allows is
 * refused before his body is read. A door that nothing is served at ends the start, too. Call it before the first route is made.
 */
export function keepDoors(server: Server, o: DoorKeeping): void {
  const keeper = new DoorKeeper(o);
  const on = server.addHook.bind(server) as unknown as (name: string, hook: unknown) => unknown;
  on('onRoute', (route: { method: string | string[]; url: string }) => keeper.declared(route));
  on('onReady', (done: (error?: Error) => void) => done(keeper.unused()));
  on('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const waitMs = keeper.waitMs(request);
    if (waitMs === 0) return done();
    void o.refuse(reply, Math.ceil(waitMs / 1_000));
  });
  on('onResponse', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    keeper.answered(request, reply.statusCode);
    done();
  });
  server.server.headersTimeout = HEADERS_WITHIN_MS;
}

class DoorKeeper {
  private readonly ofAddress: Rates;
  private readonly ofKey: Rates | undefined;
  /** Of an address that shows nothing at a door for a key, and of one that shows what was not right before: neither takes from the other. */
  private readonly ofNameless: Rates;
  private readonly ofUnknown: Rates;
  private readonly wrongKeys: Lock | undefined;
  /** Keys and sessions, by name, that were right when they were shown last; the newest. */
  private readonly rightKeys = new Set<string>();
  private readonly own = new Map<Door, Rates>();
  private readonly byRoute = new Map<string, Door>();

  constructor(private readonly o: DoorKeeping) {
    this.ofAddress = new Rates(o.rules.perAddress);
    this.ofKey = o.rules.perKey && new Rates(o.rules.perKey);
    this.ofNameless = new Rates(o.rules.strangers ?? o.rules.perAddress);
    this.ofUnknown = new Rates(o.rules.strangers ?? o.rules.perAddress);
    this.wrongKeys = o.rules.wrongKeys && new Lock(o.rules.wrongKeys);
    for (const door of o.doors) if (door.perAddress) this.own.set(door, new Rates(door.perAddress));
  }

  /** @throws Error which names the route that has no door */
  declared({ method, url }: { method: string | string[]; url: string }): void {
    for (const one of [method].flat()) {
      const door = doorOf(this.o.doors, one, url);
      if (!door) throw new Error(`no limits are declared for ${one} ${url}: every door of a service has them`);
      this.byRoute.set(`${one} ${url}`, door);
    }
  }

  /** A door that leads nowhere tells a reader what is not so. */
  unused(): Error | undefined {
    const used = new Set(this.byRoute.values());
    const [door] = this.o.doors.filter((one) => !used.has(one));
    return door && new Error(`limits are declared for ${door.method} ${door.path}, but nothing is served there`);
  }

  /** 0, or after how many milliseconds whoever asks may come again. */
  waitMs(request: FastifyRequest): number {
    const door = this.doorOf(request);
    const now = this.now();
    switch (door?.who) {
      case 'pass':
      case 'probe':
      case 'signed':
        return 0;
      case 'key':
        return this.strangerMs(request, now) || this.callerMs(request, now);
      default:
        return ((door && this.own.get(door)) ?? this.ofAddress).take(this.addressOf(request), now);
    }
  }

  answered(request: FastifyRequest, status: number): void {
    if (status === 429 || !showsSomething(request) || this.doorOf(request)?.who !== 'key') return;
    const name = nameOf(request);
    if (status === 401) {
      this.rightKeys.delete(name);
      this.wrongKeys?.fail(this.addressOf(request), this.now());
      return;
    }
    // Only who was let in is remembered: a mistake may be told before the key is looked at.
    if (status >= 400) return;
    this.rightKeys.delete(name);
    this.rightKeys.add(name);
    if (this.rightKeys.size > RIGHT_KEYS_KNOWN) this.rightKeys.delete(this.rightKeys.values().next().value!);
  }

  /** An office is one address: who was let in before is not kept out by a neighbour who shows nothing, or a key that ended. */
  private strangerMs(request: FastifyRequest, now: number): number {
    const address = this.addressOf(request);
    if (!showsSomething(request)) return this.ofNameless.take(address, now);
    if (this.rightKeys.has(nameOf(request))) return 0;
    return this.wrongKeys?.waitMs(address, now) || this.ofUnknown.take(address, now);
  }

  private callerMs(request: FastifyRequest, now: number): number {
    return this.ofKey && showsSomething(request) ? this.ofKey.take(nameOf(request), now) : 0;
  }

  private doorOf({ routeOptions, method }: FastifyRequest): Door | undefined {
    return routeOptions.url === undefined ? undefined : this.byRoute.get(`${method} ${routeOptions.url}`);
  }

  private addressOf(request: FastifyRequest): string {
    return addressOf(request, this.o.trustedProxies);
  }

  private now(): number {
    return this.o.now?.() ?? Date.now();
  }
}

/** The client's address, as limits count it and audits name it. */
export function addressOf({ headers, socket }: Pick<FastifyRequest, 'headers' | 'socket'>, trustedProxies: number): string {
  return clientAddress(socket.remoteAddress ?? '', headers['x-forwarded-for']?.toString(), trustedProxies);
}

/** Whoever shows neither key nor session guesses nothing: he is told to show one. */
function showsSomething({ headers: { authorization, cookie } }: FastifyRequest): boolean {
  return authorization !== undefined || cookie !== undefined;
}

/** Keys and sessions are told apart without being kept. */
function nameOf({ headers: { authorization, cookie = '' } }: FastifyRequest): string {
  return createHash('sha256')
    .update(authorization ?? cookie)
    .digest('base64');
}
