import { Controller } from '@nestjs/common';
import {
  deleteCrispPlugin,
  getCrispPlugin,
  getWorkspaceSettings,
  listCrispPlugins,
  putCrispPlugin,
  putWorkspaceSettings,
} from '@baton/control-api';
import { Call, requiredVersion } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf } from '../api/caller.js';
import { Answer, Serves } from '../api/serves.js';
import { CrispPlugins } from './crisp-plugins.js';
import { WorkspaceDocuments } from './workspace-settings.js';

/** The documents beside the bots: of workspaces, and of Crisp plugins. */
@Controller()
export class DocumentsController {
  constructor(
    private readonly workspaces: WorkspaceDocuments,
    private readonly plugins: CrispPlugins,
  ) {}

  @Serves(getWorkspaceSettings)
  async workspace(@Call() { params }: CallOf<typeof getWorkspaceSettings>) {
    const shown = await this.workspaces.get(params.workspaceId);
    return new Answer(shown, shown);
  }

  @Serves(putWorkspaceSettings)
  async setWorkspace(@Call() call: CallOf<typeof putWorkspaceSettings>) {
    const readVersion = requiredVersion(call);
    const { params, caller, body: settings } = call;
    const shown = await this.workspaces.put(params.workspaceId, { ...deedOf(caller), caller, settings, readVersion });
    return new Answer(shown, { version: shown.version, status: shown.published ? 200 : 202 });
  }

  @Serves(listCrispPlugins)
  list() {
    return this.plugins.list();
  }

  @Serves(getCrispPlugin)
  async plugin(@Call() { params }: CallOf<typeof getCrispPlugin>) {
    const shown = await this.plugins.get(params.pluginId);
    return new Answer(shown, shown);
  }

  @Serves(putCrispPlugin)
  async setPlugin(@Call() call: CallOf<typeof putCrispPlugin>) {
    const readVersion = requiredVersion(call);
    const shown = await this.plugins.put(call.params.pluginId, { ...deedOf(call.caller), given: call.body, readVersion });
    return new Answer(shown, { version: shown.version, status: shown.published ? 200 : 202 });
  }

  @Serves(deleteCrispPlugin)
  async deletePlugin(@Call() call: CallOf<typeof deleteCrispPlugin>) {
    await this.plugins.delete(call.params.pluginId, { ...deedOf(call.caller), readVersion: requiredVersion(call) });
    return {};
  }
}
