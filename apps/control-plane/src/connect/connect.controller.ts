import { Controller } from '@nestjs/common';
import {
  checkCrispConnection,
  deleteCrispConnection,
  getCrispConnection,
  listCrispConnections,
  putCrispConnection,
  rotateHookSecret,
} from '@baton/control-api';
import { Call, requiredVersion } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf } from '../api/caller.js';
import { Answer, Serves } from '../api/serves.js';
import { ConnectCrisp } from './connect-crisp.js';

/** Bots and their websites in Crisp. A change that waits for Kafka is answered with 202. */
@Controller()
export class ConnectController {
  constructor(private readonly crisp: ConnectCrisp) {}

  @Serves(listCrispConnections)
  list(@Call() { params, caller }: CallOf<typeof listCrispConnections>) {
    return this.crisp.list(params.workspaceId, caller.author);
  }

  @Serves(getCrispConnection)
  async get(@Call() { params, caller }: CallOf<typeof getCrispConnection>) {
    const shown = await this.crisp.get({ ...params, ...deedOf(caller) });
    return new Answer(shown, shown);
  }

  @Serves(putCrispConnection)
  async put(@Call() call: CallOf<typeof putCrispConnection>) {
    const { params, query, body: given, caller } = call;
    const shown = await this.crisp.put(
      { ...params, ...deedOf(caller) },
      { given, version: requiredVersion(call), check: query.check !== 'skip' },
    );
    return new Answer(shown, { version: shown.version, status: shown.published ? 200 : 202 });
  }

  @Serves(deleteCrispConnection)
  async delete(@Call() call: CallOf<typeof deleteCrispConnection>) {
    const gone = await this.crisp.delete({ ...call.params, ...deedOf(call.caller) }, requiredVersion(call));
    return new Answer(gone, { status: gone.published ? 200 : 202 });
  }

  @Serves(checkCrispConnection)
  check(@Call() { params, body, caller }: CallOf<typeof checkCrispConnection>) {
    return this.crisp.check({ ...params, ...deedOf(caller) }, body.connection);
  }

  @Serves(rotateHookSecret)
  async rotate(@Call() call: CallOf<typeof rotateHookSecret>) {
    const { params, body, caller } = call;
    const shown = await this.crisp.rotate({ ...params, ...deedOf(caller) }, { ...body, version: requiredVersion(call) });
    return new Answer(shown, { version: shown.version, status: shown.published ? 200 : 202 });
  }
}
