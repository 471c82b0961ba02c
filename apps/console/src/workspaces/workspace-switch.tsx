import { Button, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconPlus, IconSelector } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useSession, useWorkspace } from '../app/session.js';
import { NewWorkspace } from './new-workspace.js';

/** Where one is, and the way to one's other workspaces. */
export function WorkspaceSwitch() {
  const { workspaces, administrator } = useSession();
  const { workspaceId, name } = useWorkspace();
  const [opened, { open, close }] = useDisclosure();
  if (workspaces.length < 2 && !administrator)
    return (
      <Text size="sm" c="dimmed" truncate>
        {name}
      </Text>
    );
  return (
    <>
      <Menu position="bottom-start" width={240}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            maw={{ base: 140, sm: 240 }}
            rightSection={<IconSelector size={14} aria-hidden />}
            aria-label={`Workspace: ${name}`}
          >
            {name}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Workspaces</Menu.Label>
          <div style={{ maxHeight: 320, overflowY: 'auto' }}>
            {workspaces.map((one) => (
              <Menu.Item
                key={one.workspaceId}
                component={Link}
                to={`/${one.workspaceId}/bots`}
                {...(one.workspaceId === workspaceId && {
                  'aria-current': 'true' as const,
                  rightSection: <IconCheck size={14} aria-hidden />,
                })}
              >
                {one.name}
              </Menu.Item>
            ))}
          </div>
          {administrator && (
            <>
              <Menu.Divider />
              <Menu.Item leftSection={<IconPlus size={16} />} onClick={open}>
                New workspace
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      <NewWorkspace opened={opened} onClose={close} />
    </>
  );
}
