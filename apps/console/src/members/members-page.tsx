import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { createMemberLink, getSession, leaveWorkspace, listMembers, removeMember } from '@baton/control-api';
import type { Member } from '@baton/control-api';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { queries, useDo, useRead } from '../api/client.js';
import { useSession, useWorkspace } from '../app/session.js';
import { Confirm } from '../kit/confirm.js';
import { Empty } from '../kit/empty.js';
import { Loading } from '../kit/loading.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { Invitations } from './invitations.js';
import { Invite } from './invite.js';
import { MemberRow } from './member-row.js';
import { OneTimeLink } from './one-time-link.js';
import type { ShownLink } from './one-time-link.js';

/** Who may do what in the workspace. */
export default function MembersPage() {
  const { workspaceId, isOwner } = useWorkspace();
  const [invites, { open: openInvite, close: closeInvite }] = useDisclosure();
  const [link, setLink] = useState<ShownLink>();
  const [going, setGoing] = useState<Member>();
  const members = useRead(listMembers, { params: { workspaceId } });
  const makeLink = useDo(createMemberLink);
  const invite = (
    <Button leftSection={<IconUserPlus size={18} />} onClick={openInvite}>
      Invite
    </Button>
  );
  return (
    <>
      <PageHead
        title="Members"
        about={`Who may see and change this workspace.${isOwner ? '' : ' Owners invite people and decide what they may do.'}`}
      >
        {isOwner && invite}
      </PageHead>
      {members.isPending && <Loading what="Reading the members" />}
      {members.error && <Trouble error={members.error} onRetry={() => void members.refetch()} />}
      {makeLink.error && <Trouble error={makeLink.error} />}
      {members.data?.items.length === 0 && (
        <Empty Icon={IconUsers} title="Nobody is a member yet" action={isOwner && invite}>
          Only those who run Baton come in so far. Invite the people who look after the bots: you get a link for each, to pass on.
        </Empty>
      )}
      <Stack gap="xs" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {members.data?.items.map((member) => (
          <MemberRow
            key={member.personId}
            member={member}
            onRemove={() => setGoing(member)}
            onLink={() =>
              makeLink.mutate(
                { request: { params: { workspaceId, personId: member.personId } } },
                { onSuccess: (made) => setLink({ ...made, whom: member.name }) },
              )
            }
          />
        ))}
      </Stack>
      {isOwner && <Invitations onRenewed={setLink} />}
      <Invite opened={invites} onClose={closeInvite} onInvited={setLink} />
      <OneTimeLink link={link} onClose={() => setLink(undefined)} />
      <Removal member={going} onClose={() => setGoing(undefined)} />
    </>
  );
}

function Removal({ member, onClose }: { readonly member: Member | undefined; readonly onClose: () => void }) {
  const { workspaceId, name } = useWorkspace();
  const { person } = useSession();
  const navigate = useNavigate();
  const remove = useDo(removeMember, { forgets: [listMembers, getSession] });
  const leave = useDo(leaveWorkspace);
  const isMe = member?.personId === person.personId;
  const close = () => {
    remove.reset();
    leave.reset();
    onClose();
  };
  return (
    <Confirm
      opened={member !== undefined}
      title={isMe ? `Leave ${name}?` : `Remove ${member?.name ?? ''}?`}
      does={isMe ? 'Leave' : 'Remove'}
      error={isMe ? leave.error : remove.error}
      isBusy={remove.isPending || leave.isPending}
      onNo={close}
      onYes={() => {
        if (!member) return;
        if (isMe)
          leave.mutate(
            { request: { params: { workspaceId } } },
            {
              onSuccess: () => {
                void navigate('/', { replace: true });
                void queries.invalidateQueries({ queryKey: [getSession.id] });
              },
            },
          );
        else remove.mutate({ request: { params: { workspaceId, personId: member.personId } } }, { onSuccess: close });
      }}
    >
      {isMe
        ? 'You see nothing of this workspace any more, at once. An owner can invite you again.'
        : `${member?.name ?? ''} sees nothing of this workspace any more, at once. What was changed stays as it is. API keys stay, too: end those on their own page.`}
    </Confirm>
  );
}
