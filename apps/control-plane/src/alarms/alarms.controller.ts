import { Controller } from '@nestjs/common';
import { acknowledgeAlarm, countAlarms, listAlarms, muteAlarm, unmuteAlarm } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import type { Caller } from '../api/caller.js';
import { Serves } from '../api/serves.js';
import { Alarms } from './alarms.js';
import type { AlarmViewer } from './alarms.store.js';

/** What is wrong now, and what was. */
@Controller()
export class AlarmsController {
  constructor(private readonly alarms: Alarms) {}

  @Serves(listAlarms)
  list(@Call() { params, query, caller }: CallOf<typeof listAlarms>) {
    return this.alarms.list(viewerOf(params, caller), query);
  }

  @Serves(countAlarms)
  count(@Call() { params, caller }: CallOf<typeof countAlarms>) {
    return this.alarms.count(viewerOf(params, caller));
  }

  @Serves(muteAlarm)
  mute(@Call() { params, body, caller }: CallOf<typeof muteAlarm>) {
    return this.alarms.mute(viewerOf(params, caller), params.alarmId, body.minutes, caller.author);
  }

  @Serves(unmuteAlarm)
  unmute(@Call() { params, caller }: CallOf<typeof unmuteAlarm>) {
    return this.alarms.mute(viewerOf(params, caller), params.alarmId, null, caller.author);
  }

  @Serves(acknowledgeAlarm)
  acknowledge(@Call() { params, caller }: CallOf<typeof acknowledgeAlarm>) {
    return this.alarms.acknowledge(viewerOf(params, caller), params.alarmId, caller.author);
  }
}

function viewerOf({ workspaceId }: { readonly workspaceId: string }, { administrator }: Caller): AlarmViewer {
  return { workspaceId, seesInstallation: administrator };
}
