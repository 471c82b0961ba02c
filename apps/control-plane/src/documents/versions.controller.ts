import { Controller } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { botVersions, crispPluginVersions, workspaceVersions } from '@baton/control-api';
import type { InputOf, Operation } from '@baton/control-api';
import { Call, requiredVersion } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf } from '../api/caller.js';
import { Answer, Serves } from '../api/serves.js';
import { NO_WORKSPACE } from './documents.js';
import { Versions } from './versions.js';
import type { Of } from './versions.js';

type Operations = typeof botVersions | typeof workspaceVersions | typeof crispPluginVersions;
type List = CallOf<(typeof botVersions)['list']>;
type One = CallOf<(typeof botVersions)['get']>;
type Changes = CallOf<(typeof botVersions)['changes']>;

/** Serves the versions of one kind of document. @param of which one the path means */
function controllerOf<P>(operations: Operations, of: (params: P) => Of): Type {
  @Controller()
  class VersionsController {
    constructor(private readonly versions: Versions) {}

    @Serves(operations.list as Operation)
    list(@Call() { params, query }: List) {
      return this.versions.list(of(params as P), query);
    }

    @Serves(operations.get as Operation)
    get(@Call() { params }: One) {
      return this.versions.get(of(params as P), params.version);
    }

    @Serves(operations.changes as Operation)
    changes(@Call() { params, query }: Changes) {
      return this.versions.changes(of(params as P), params.version, query.since);
    }

    @Serves(operations.preview as Operation)
    preview(@Call() { params }: One) {
      return this.versions.preview(of(params as P), params.version);
    }

    @Serves(operations.rollBack as Operation)
    async rollBack(@Call() call: One) {
      const readVersion = requiredVersion(call);
      const { params, caller } = call;
      const written = await this.versions.rollBack(of(params as P), params.version, { ...deedOf(caller), caller, readVersion });
      return new Answer(written, { version: written.version, status: written.published ? 200 : 202 });
    }
  }
  return VersionsController;
}

type Params<O extends Operation> = InputOf<O>['params'];

export const VERSIONS_CONTROLLERS = [
  controllerOf<Params<typeof botVersions.list>>(botVersions, ({ workspaceId, botId: id }) => ({ kind: 'bot', id, workspaceId })),
  controllerOf<Params<typeof workspaceVersions.list>>(workspaceVersions, ({ workspaceId }) => ({
    ...{ kind: 'workspace', id: workspaceId },
    workspaceId,
  })),
  controllerOf<Params<typeof crispPluginVersions.list>>(crispPluginVersions, ({ pluginId: id }) => ({
    ...{ kind: 'crisp-plugin', id },
    workspaceId: NO_WORKSPACE,
  })),
];
