import { Controller } from '@nestjs/common';
import { ALL } from '@baton/contracts';
import {
  deleteInstallationKillSwitch,
  deleteKillSwitch,
  getInstallationKillSwitch,
  listKillSwitches,
  putInstallationKillSwitch,
  putKillSwitch,
} from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { Answer, Serves } from '../api/serves.js';
import { KillSwitches } from './kill-switches.js';

const INSTALLATION = { scope: 'installation', id: ALL } as const;

/** Switches everything automatic off, and on again. */
@Controller()
export class KillSwitchesController {
  constructor(private readonly switches: KillSwitches) {}

  @Serves(listKillSwitches)
  list(@Call() { params }: CallOf<typeof listKillSwitches>) {
    return this.switches.list(params.workspaceId);
  }

  @Serves(putKillSwitch)
  async put(@Call() call: CallOf<typeof putKillSwitch>) {
    return told(await this.switches.put({ ...call.params, ...call.body }, doing(call)));
  }

  @Serves(deleteKillSwitch)
  async end(@Call() call: CallOf<typeof deleteKillSwitch>) {
    return told(await this.switches.end(call.params, call.query.reason, doing(call)));
  }

  @Serves(getInstallationKillSwitch)
  ofInstallation() {
    return this.switches.ofInstallation();
  }

  @Serves(putInstallationKillSwitch)
  async putInstallation(@Call() call: CallOf<typeof putInstallationKillSwitch>) {
    return told(await this.switches.put({ ...INSTALLATION, ...call.body }, doing(call)));
  }

  @Serves(deleteInstallationKillSwitch)
  async endInstallation(@Call() call: CallOf<typeof deleteInstallationKillSwitch>) {
    return told(await this.switches.end(INSTALLATION, call.query.reason, doing(call)));
  }
}

const told = <A extends { readonly published: boolean }>(answer: A) => new Answer(answer, { status: answer.published ? 200 : 202 });

const doing = ({ caller }: Pick<CallOf<typeof putKillSwitch>, 'caller'>) => ({ by: caller.author, address: caller.address });
