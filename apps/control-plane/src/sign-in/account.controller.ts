import { Controller } from '@nestjs/common';
import { changeAccount, endSession, endSessions, listSessions } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { sessionOf } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import { Serves } from '../api/serves.js';
import { ConsoleAddress } from './console-address.js';
import { endedCookie } from './cookie.js';
import { People } from './people.js';
import { Sessions } from './sessions.js';

/** One's own name, and the browsers in which one is signed in. */
@Controller()
export class AccountController {
  constructor(
    private readonly people: People,
    private readonly sessions: Sessions,
    private readonly address: ConsoleAddress,
  ) {}

  @Serves(changeAccount)
  async rename(@Call() { caller, body }: CallOf<typeof changeAccount>) {
    await this.people.rename(sessionOf(caller).person.personId, body.name);
    return {};
  }

  @Serves(listSessions)
  async list(@Call() { caller }: CallOf<typeof listSessions>) {
    const { person, sessionId } = sessionOf(caller);
    return { items: await this.sessions.list(person.personId, sessionId, new Date()) };
  }

  @Serves(endSession)
  async end(@Call() { caller, params, reply }: CallOf<typeof endSession>) {
    const { person, sessionId } = sessionOf(caller);
    if (!(await this.sessions.end(person.personId, params.sessionId)))
      throw new ApiRefusal('not-found', 'You are signed in in no such browser.');
    if (params.sessionId === sessionId) void reply.header('set-cookie', endedCookie(this.address));
    return {};
  }

  @Serves(endSessions)
  async endAll(@Call() { caller, query, reply }: CallOf<typeof endSessions>) {
    const { person, sessionId } = sessionOf(caller);
    const everywhere = query.everywhere === 'yes';
    await this.sessions.endAll(person.personId, everywhere ? undefined : sessionId);
    if (everywhere) void reply.header('set-cookie', endedCookie(this.address));
    return {};
  }
}
