import { Anchor, Container } from '@mantine/core';
import { IconCompass } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Empty } from '../kit/empty.js';

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

/** Signed in, but a member of nothing. */
export function NoWorkspace() {
  return (
    <Container size="sm" py="xl">
      <Empty Icon={IconCompass} order={1} title="You are in no workspace yet">
        Ask an owner of your team’s workspace to invite you with the address you are signed in with.
      </Empty>
    </Container>
  );
}
