import { Controller } from '@nestjs/common';
import { listAudit, listInstallationAudit } from '@baton/control-api';
import { Call } from '../api/call.js';
import type { CallOf } from '../api/call.js';
import { Serves } from '../api/serves.js';
import { Audit } from './audit.js';

/** The audit log. */
@Controller()
export class AuditController {
  constructor(private readonly audit: Audit) {}

  @Serves(listAudit)
  list(@Call() { params, query }: CallOf<typeof listAudit>) {
    return this.audit.list(params.workspaceId, query);
  }

  @Serves(listInstallationAudit)
  all(@Call() { query }: CallOf<typeof listInstallationAudit>) {
    return this.audit.list(undefined, query);
  }
}
