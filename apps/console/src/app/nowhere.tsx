import { Anchor, Button, Container, Group } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCompass, IconLock } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Empty } from '../kit/empty.js';
import { NewWorkspace } from '../workspaces/new-workspace.js';
import { useSession } from './session.js';
import { SignOutButton } from './sign-out.js';

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <Empty
      Icon={IconCompass}
      order={1}
      title="There is no such page"
      action={
        <Anchor component={Link} to="/">
          To your bots
        </Anchor>
      }
    >
      The address may be mistyped, or what it showed was taken away.
    </Empty>
  );
}

/** A workspace that one may not see: there is none of this address, or one is no member any more. */
export function NoAccess({ workspaceId }: { readonly workspaceId: string }) {
  const { person, workspaces } = useSession();
  return (
    <Container size="sm" py="xl" component="main">
      <Empty
        Icon={IconLock}
        order={1}
        title="You cannot see this workspace"
        action={
          <Group justify="center">
            {workspaces.slice(0, 5).map((one) => (
              <Button key={one.workspaceId} component={Link} to={`/${one.workspaceId}/bots`} variant="light">
                To {one.name}
              </Button>
            ))}
            <SignOutButton />
          </Group>
        }
      >
        There is no workspace “{workspaceId}”, or {person.email} is no member of it any more. An owner of it can invite you.
      </Empty>
    </Container>
  );
}

/** Signed in, but a member of nothing. */
export function NoWorkspace() {
  const { person, administrator } = useSession();
  const [opened, { open, close }] = useDisclosure();
  return (
    <Container size="sm" py="xl" component="main">
      <Empty
        Icon={IconCompass}
        order={1}
        title={administrator ? 'There is no workspace yet' : 'You are in no workspace'}
        action={
          <Group justify="center">
            {administrator && <Button onClick={open}>Make the first workspace</Button>}
            <SignOutButton />
          </Group>
        }
      >
        {administrator
          ? 'A workspace holds the bots of one team, and says who may see and change them.'
          : `Ask an owner of your team’s workspace to invite ${person.email}. If you were a member of one, you were taken out of it.`}
      </Empty>
      <NewWorkspace opened={opened} onClose={close} />
    </Container>
  );
}
