import { Controller } from '@nestjs/common';
import { createApiKey, listApiKeys, revokeApiKey } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { deedOf } from '../api/caller.js';
import { ApiRefusal } from '../api/problem.js';
import { Serves } from '../api/serves.js';
import { ApiKeys } from './api-keys.js';

/** The bearer keys of a workspace. */
@Controller()
export class ApiKeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Serves(listApiKeys)
  async list(@Call() { params }: CallOf<typeof listApiKeys>) {
    return { items: await this.keys.list(params.workspaceId, new Date()) };
  }

  @Serves(createApiKey)
  create(@Call() { params, body, caller }: CallOf<typeof createApiKey>) {
    if (caller.author.kind === 'api-key') throw new ApiRefusal('not-allowed', 'A key cannot make keys. Let a person make it.');
    return this.keys.create(params.workspaceId, body, deedOf(caller));
  }

  @Serves(revokeApiKey)
  async revoke(@Call() { params, caller }: CallOf<typeof revokeApiKey>) {
    if (!(await this.keys.revoke(params.workspaceId, params.keyId, deedOf(caller))))
      throw new ApiRefusal('not-found', 'This workspace has no such key.');
    return {};
  }
}
