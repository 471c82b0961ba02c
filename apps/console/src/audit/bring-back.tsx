import { botVersions, listAudit, listBots } from '@baton/control-api';
import type { AuditEntry } from '@baton/control-api';
import { useNavigate } from 'react-router';
import { useDo } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Confirm } from '../kit/confirm.js';
import { tellSaved } from '../kit/save-bar.js';

/** Brings a bot back that was taken away, as it was before. */
export function BringBack({ entry, onClose }: { readonly entry: AuditEntry; readonly onClose: () => void }) {
  const { workspaceId } = useWorkspace();
  const navigate = useNavigate();
  const go = useDo(botVersions.rollBack, { forgets: [listBots, listAudit] });
  const gone = Number(entry.details['version']);
  const botId = entry.target.id;
  return (
    <Confirm
      opened
      title={`Bring ${entry.target.name ?? botId} back?`}
      does="Bring it back"
      error={go.error}
      isBusy={go.isPending}
      onNo={onClose}
      onYes={() =>
        go.mutate(
          { request: { params: { workspaceId, botId, version: gone - 1 } }, options: { version: gone } },
          {
            onSuccess: (done) => {
              tellSaved(done);
              void navigate(`/${workspaceId}/bots/${botId}`);
            },
          },
        )
      }
    >
      The bot becomes what it was before it was taken away: its channels open again, with the same secrets and keys.
    </Confirm>
  );
}
