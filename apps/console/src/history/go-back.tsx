import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { botVersions, getBot, listAudit, listBots } from '@baton/control-api';
import { isChangedMeanwhile } from '../api/problems.js';
import { queries, useDo, useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { useBot } from '../bots/use-bot.js';
import { Loading } from '../kit/loading.js';
import { tellSaved } from '../kit/save-bar.js';
import { Trouble } from '../kit/trouble.js';
import { ChangeList } from './change-list.js';

/** Asks before the bot goes back to a version, and shows what that changes. */
export function GoBack({ version, onClose }: { readonly version: number; readonly onClose: () => void }) {
  const { workspaceId } = useWorkspace();
  const { bot, version: current } = useBot();
  const params = { workspaceId, botId: bot.botId, version };
  const preview = useRead(botVersions.preview, { params }, { staleTime: 0 });
  const go = useDo(botVersions.rollBack, { forgets: [getBot, listBots, botVersions.list, botVersions.preview, listAudit] });
  const isOld = isChangedMeanwhile(go.error);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      centered
      title={`Go back to version ${version}?`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="md">
        <Text>This changes the bot for its visitors at once. Secrets and bot keys stay as they are today.</Text>
        {preview.isPending && <Loading what="Looking what would change" />}
        {preview.error && <Trouble error={preview.error} onRetry={() => void preview.refetch()} />}
        {preview.data && <ChangeList changes={preview.data.changes} none="Nothing would change: today everything is as in this version." />}
        {go.error && (
          <Trouble
            error={go.error}
            {...(isOld && { onRetry: () => (go.reset(), void queries.invalidateQueries({ queryKey: [getBot.id] })) })}
          />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            loading={go.isPending}
            disabled={!preview.data || preview.data.changes.length === 0 || isOld}
            onClick={() =>
              go.mutate(
                { request: { params }, options: { version: current } },
                {
                  onSuccess: (done) => {
                    tellSaved(done);
                    onClose();
                  },
                },
              )
            }
          >
            Go back to version {version}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
