import { Skeleton, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { getCrispConnection } from '@baton/control-api';
import { IconHeadset } from '@tabler/icons-react';
import { useState } from 'react';
import { useRead } from '../../api/client.js';
import { useWorkspace } from '../../app/session.js';
import { Empty } from '../../kit/empty.js';
import { tellSaved } from '../../kit/save-bar.js';
import { Trouble } from '../../kit/trouble.js';
import { useBot } from '../use-bot.js';
import { ConnectPanel } from './connect-panel.js';
import { ConnectionPanel } from './connection-panel.js';
import { DisconnectDialog } from './disconnect-dialog.js';
import { HookPanel } from './hook-panel.js';
import { RotateDialog } from './rotate-dialog.js';

const LOOK_EVERY_MS = 4_000;

/** The bot's people: its connection to a workspace of Crisp. */
export default function CrispTab() {
  const { bot } = useBot();
  const { mayEdit } = useWorkspace();
  const [url, setUrl] = useState<string | null>(null);
  if (bot.crisp) return <Connected url={url} onUrl={setUrl} />;
  if (!mayEdit)
    return (
      <Empty Icon={IconHeadset} title="Not connected to Crisp">
        Nobody takes over from this bot yet. An editor of the workspace can connect it.
      </Empty>
    );
  return (
    <Stack maw={860}>
      <ConnectPanel
        onDone={(made) => {
          setUrl(made.hook.url);
          tellSaved(made);
        }}
      />
    </Stack>
  );
}

function Connected({ url, onUrl }: { readonly url: string | null; readonly onUrl: (url: string | null) => void }) {
  const { bot } = useBot();
  const { mayEdit } = useWorkspace();
  const params = { workspaceId: bot.workspaceId, botId: bot.botId };
  const read = useRead(
    getCrispConnection,
    { params },
    { refetchInterval: ({ state }) => (state.data?.hook.seen?.last == null ? LOOK_EVERY_MS : 60_000) },
  );
  const [isChanging, changing] = useDisclosure();
  const [isRotating, rotating] = useDisclosure();
  const [isLeaving, leaving] = useDisclosure();
  const connection = read.data;
  if (!connection)
    return read.error ? (
      <Trouble error={read.error} onRetry={() => void read.refetch()} />
    ) : (
      <Stack maw={860} aria-busy>
        <Skeleton height={300} radius="lg" />
        <Skeleton height={420} radius="lg" />
      </Stack>
    );
  return (
    <Stack maw={860} gap="lg">
      {isChanging ? (
        <ConnectPanel
          connection={connection}
          onCancel={changing.close}
          onDone={(made) => {
            changing.close();
            if (made.hook.url !== null) onUrl(made.hook.url);
            tellSaved(made);
          }}
        />
      ) : (
        <ConnectionPanel connection={connection} mayEdit={mayEdit} onChange={changing.open} onDisconnect={leaving.open} />
      )}
      <HookPanel connection={connection} url={url} mayEdit={mayEdit} onRotate={rotating.open} />
      <RotateDialog opened={isRotating} connection={connection} onClose={rotating.close} onDone={(made) => onUrl(made.hook.url)} />
      <DisconnectDialog opened={isLeaving} connection={connection} onClose={leaving.close} onDone={() => onUrl(null)} />
    </Stack>
  );
}
