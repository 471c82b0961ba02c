import { createHash, timingSafeEqual } from 'node:crypto';
import { CSRF_HEADER } from '@baton/control-api';
import type { Operation } from '@baton/control-api';
import type { FastifyRequest } from 'fastify';
import { Callers } from '../api/check-call.js';
import type { Caller } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import type { ApiKeys } from '../api-keys/api-keys.js';
import type { ConsoleAddress } from './console-address.js';
import { sessionTokenOf } from './cookie.js';
import type { Limits } from './limits.js';
import { isFromOurPages } from './same-origin.js';
import type { Sessions } from './sessions.js';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
/** Whether two texts are the same; how long it takes says nothing of where they differ. */
const isSame = (one: string, other: string): boolean => timingSafeEqual(sha256(one), sha256(other));

/** Who calls: the key of the environment or an API key as bearer token, or the session of a browser. */
export class ApiCallers extends Callers {
  constructor(
    private readonly o: {
      readonly sessions: Sessions;
      readonly apiKeys: ApiKeys;
      readonly limits: Limits;
      readonly address: ConsoleAddress;
      /** The key of the environment. */
      readonly key: string | undefined;
      readonly now?: () => Date;
    },
  ) {
    super();
  }

  async of(request: FastifyRequest, operation: Operation): Promise<Caller | undefined> {
    const address = this.o.limits.addressOf(request);
    const { authorization } = request.headers;
    const found =
      authorization !== undefined ? await this.ofKey(authorization, address) : await this.ofBrowser(request, operation, address);
    this.o.limits.request(found ? `${found.author.kind} ${found.author.id ?? ''}` : `address ${address}`);
    return found && { ...found, address };
  }

  private async ofKey(authorization: string, address: string): Promise<Caller> {
    this.o.limits.beforeKey(address);
    const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization)?.[1] ?? '';
    if (this.o.key !== undefined && isSame(given, this.o.key))
      return { author: { kind: 'environment', name: 'the key of the environment' }, administrator: true, roles: new Map(), scopes: 'all' };
    const found = await this.o.apiKeys.use(given, this.now());
    if (found)
      return {
        author: { kind: 'api-key', id: found.keyId, name: found.name },
        administrator: false,
        roles: new Map([[found.workspaceId, found.role]]),
        scopes: new Set(found.scopes),
      };
    this.o.limits.afterWrongKey(address);
    throw new ApiRefusal('not-signed-in', 'This bearer key is not known: it was mistyped or revoked, or its time is over.');
  }

  private async ofBrowser(request: FastifyRequest, operation: Operation, address: string): Promise<Caller | undefined> {
    const changes = operation.method !== 'GET';
    if (changes && !isFromOurPages(request.headers, this.o.address.url))
      throw new ApiRefusal('wrong-origin', 'Only pages of the console may do this in a browser.');
    const token = sessionTokenOf(request, this.o.address.secure);
    const session = token === undefined ? undefined : await this.o.sessions.of(token, { address, now: this.now() });
    if (!session) return undefined;
    const csrf = request.headers[CSRF_HEADER];
    if (changes && operation.access.to !== 'anyone' && !(typeof csrf === 'string' && isSame(csrf, session.csrfToken)))
      throw new ApiRefusal('wrong-origin', 'The page is older than its session. Load it again.');
    const { personId, name, administrator } = session.person;
    return { author: { kind: 'person', id: personId, name }, administrator, roles: session.roles, scopes: 'all', session };
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}
