import { Controller } from '@nestjs/common';
import {
  createPrivacyRequest,
  findPerson,
  getPrivacyRequest,
  getPrivacyResult,
  getRetention,
  listPrivacyRequests,
  putRetention,
} from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { Serves } from '../api/serves.js';
import { Privacy } from './privacy.js';
import { Retention } from './retention.js';

/** One person's data, and for how long all of it is kept. */
@Controller()
export class PrivacyController {
  constructor(
    private readonly privacy: Privacy,
    private readonly retention: Retention,
  ) {}

  @Serves(findPerson)
  find(@Call() { params, body, caller }: CallOf<typeof findPerson>) {
    return this.privacy.find(params.workspaceId, body, caller.author);
  }

  @Serves(listPrivacyRequests)
  list(@Call() { params }: CallOf<typeof listPrivacyRequests>) {
    return this.privacy.list(params.workspaceId);
  }

  @Serves(createPrivacyRequest)
  begin(@Call() { params, body, caller }: CallOf<typeof createPrivacyRequest>) {
    return this.privacy.begin({ ...params, ...body, author: caller.author, address: caller.address });
  }

  @Serves(getPrivacyRequest)
  get(@Call() { params }: CallOf<typeof getPrivacyRequest>) {
    return this.privacy.get(params.workspaceId, params.requestId);
  }

  @Serves(getPrivacyResult)
  result(@Call() { params }: CallOf<typeof getPrivacyResult>) {
    return this.privacy.result(params.workspaceId, params.requestId);
  }

  @Serves(getRetention)
  getRetention(@Call() { params }: CallOf<typeof getRetention>) {
    return this.retention.get(params.workspaceId);
  }

  @Serves(putRetention)
  putRetention(@Call() { params, body, caller }: CallOf<typeof putRetention>) {
    return this.retention.put(params.workspaceId, body.conversationDays, caller.author);
  }
}
