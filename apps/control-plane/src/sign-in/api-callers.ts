import { createHash, timingSafeEqual } from 'node:crypto';
import { CSRF_HEADER } from '@baton/control-api';
import type { Operation } from '@baton/control-api';
import type { FastifyRequest } from 'fastify';
import { Callers } from '../api/check-call.js';
import type { Caller } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import { sessionTokenOf } from './cookie.js';
import type { People } from './people.js';

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Who calls: the key of the environment as bearer token, or the session of a browser. */
export class ApiCallers extends Callers {
  private readonly key: Buffer | undefined;

  constructor(
    private readonly people: People,
    private readonly o: { readonly key: string | undefined; readonly secure: boolean },
  ) {
    super();
    this.key = o.key === undefined ? undefined : sha256(o.key);
  }

  async of(request: FastifyRequest, operation: Operation): Promise<Caller | undefined> {
    const bearer = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer !== undefined) {
      if (!this.key || !timingSafeEqual(sha256(bearer), this.key)) throw new ApiRefusal('not-signed-in', 'This bearer key is not known.');
      return { author: { kind: 'environment', name: 'the key of the environment' }, administrator: true, roles: new Map(), scopes: 'all' };
    }
    const token = sessionTokenOf(request, this.o.secure);
    const session = token === undefined ? undefined : await this.people.session(token, new Date());
    if (!session) return undefined;
    if (operation.method !== 'GET' && request.headers[CSRF_HEADER] !== session.csrfToken)
      throw new ApiRefusal('wrong-origin', 'The page is older than its session. Load it again.');
    const { personId, name, administrator } = session.person;
    return { author: { kind: 'person', id: personId, name }, administrator, roles: session.roles, scopes: 'all' };
  }
}
