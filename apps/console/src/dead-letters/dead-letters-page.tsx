import { Anchor, Button, Group, Modal, Paper, SegmentedControl, Select, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { DEAD_LETTER_STATES, listDeadLetters, REPLAY_AT_ONCE } from '@baton/control-api';
import type { DeadLetterState } from '@baton/control-api';
import { IconMailOff, IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useRead } from '../api/client.js';
import { useWorkspace } from '../app/session.js';
import { Empty } from '../kit/empty.js';
import { Loading } from '../kit/loading.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { LetterDrawer } from './letter-drawer.js';
import { LettersTable } from './letters-table.js';
import { ReplayFate } from './replay-fate.js';
import { useReplay } from './use-replay.js';
import { reasonWords, serviceWords, STATES, topicWords } from './words.js';

const REFRESH_MS = 10_000;
const NOTHING_CHOSEN: ReadonlySet<string> = new Set();

/** Records that a service could not understand: looked at, sent again, dismissed. Filter, page and opened letter stand in the address. */
export default function DeadLettersPage() {
  const { workspaceId, mayEdit } = useWorkspace();
  const [search, setSearch] = useSearchParams();
  const [chosen, setChosen] = useState(NOTHING_CHOSEN);
  const replay = useReplay();
  const [asks, { open: ask, close: answered }] = useDisclosure();
  const state = DEAD_LETTER_STATES.find((one) => one === search.get('state')) ?? (search.get('state') === 'all' ? undefined : 'open');
  const filter = Object.fromEntries(
    ['topic', 'service', 'reason', 'before'].flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])),
  );
  const query = { ...filter, ...(state && { state }) };
  const read = useRead(
    listDeadLetters,
    { params: { workspaceId }, query },
    { refetchInterval: REFRESH_MS, placeholderData: (before) => before },
  );
  const put = (name: string, value: string | null) => {
    setChosen(NOTHING_CHOSEN);
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (name !== 'before') next.delete('before');
      if (value === null) next.delete(name);
      else next.set(name, value);
      return next;
    });
  };
  const open = (letterId: string | null) =>
    setSearch((now) => {
      const next = new URLSearchParams(now);
      if (letterId === null) next.delete('letter');
      else next.set('letter', letterId);
      return next;
    });
  const ids = [...chosen].slice(0, REPLAY_AT_ONCE);
  const counts = read.data?.counts;
  const total = counts ? counts.open + counts.replayed + counts.dismissed : 0;
  return (
    <>
      <PageHead
        title="Dead letters"
        about="Records that a service could not handle. They are put aside, so that everything behind them goes on."
      />
      {read.isPending && <Loading what="Reading the dead letters" />}
      {read.error && !read.data && <Trouble error={read.error} onRetry={() => void read.refetch()} />}
      {replay.fate && (
        <ReplayFate
          fate={replay.fate}
          onClose={replay.forgetFate}
          onOpen={replay.cameBackAs === null ? undefined : () => open(replay.cameBackAs)}
        />
      )}
      {read.data && total === 0 && <NoneYet />}
      {read.data && total > 0 && (
        <>
          <Group mb="sm" gap="sm" align="flex-end">
            <SegmentedControl
              aria-label="State"
              value={state ?? 'all'}
              onChange={(to) => put('state', to === 'open' ? null : to)}
              data={[
                ...DEAD_LETTER_STATES.map((one: DeadLetterState) => ({ value: one, label: `${STATES[one].label} ${counts![one]}` })),
                { value: 'all', label: 'All' },
              ]}
              style={{ maxWidth: '100%', overflowX: 'auto' }}
            />
            <Filter
              label="Reason"
              value={search.get('reason')}
              values={read.data.reasons}
              words={(one) => reasonWords(one).title}
              onChange={(to) => put('reason', to)}
            />
            <Filter
              label="Service"
              value={search.get('service')}
              values={read.data.services}
              words={serviceWords}
              onChange={(to) => put('service', to)}
            />
            <Filter
              label="Topic"
              value={search.get('topic')}
              values={read.data.topics}
              words={topicWords}
              onChange={(to) => put('topic', to)}
            />
          </Group>
          <Paper withBorder radius="md" style={{ overflow: 'hidden' }}>
            {mayEdit && chosen.size > 0 && (
              <Group p="xs" gap="sm" role="status">
                <Text size="sm">{chosen.size} chosen</Text>
                <Button
                  size="xs"
                  leftSection={<IconSend size={14} />}
                  loading={replay.isSending}
                  disabled={replay.isFollowing}
                  onClick={ask}
                >
                  Replay {ids.length}
                </Button>
              </Group>
            )}
            {read.data.items.length === 0 ? (
              <Text p="lg" c="dimmed" ta="center">
                None here.{' '}
                <Anchor component="button" type="button" inherit onClick={() => setSearch({ state: 'all' })}>
                  Show all
                </Anchor>
              </Text>
            ) : (
              <LettersTable letters={read.data.items} chosen={chosen} onChoose={setChosen} onOpen={open} mayEdit={mayEdit} />
            )}
          </Paper>
          <Group justify="flex-end" mt="sm" gap="xs">
            {search.get('before') !== null && (
              <Button variant="default" onClick={() => put('before', null)}>
                Newest
              </Button>
            )}
            {read.data.next !== null && (
              <Button variant="default" onClick={() => put('before', read.data.next)}>
                Older
              </Button>
            )}
          </Group>
        </>
      )}
      <Modal
        opened={asks}
        onClose={answered}
        title={`Replay ${ids.length === 1 ? 'one dead letter' : `${ids.length} dead letters`}?`}
        centered
      >
        <Text>They go to their services once more, in the order in which they came. Those that were replayed before are left out.</Text>
        <Group justify="flex-end" mt="md">
          <Button variant="default" onClick={answered}>
            Cancel
          </Button>
          <Button
            onClick={() => {
              answered();
              setChosen(NOTHING_CHOSEN);
              void replay.send(ids);
            }}
          >
            Replay
          </Button>
        </Group>
      </Modal>
      <LetterDrawer letterId={search.get('letter')} onClose={() => open(null)} onOpen={open} />
    </>
  );
}

function Filter({
  label,
  value,
  values,
  words,
  onChange,
}: {
  readonly label: string;
  readonly value: string | null;
  readonly values: readonly string[];
  readonly words: (value: string) => string;
  readonly onChange: (value: string | null) => void;
}) {
  return (
    <Select
      aria-label={label}
      placeholder={`${label}: any`}
      size="sm"
      w={{ base: '100%', xs: 190 }}
      clearable
      value={value}
      data={values.map((one) => ({ value: one, label: words(one) }))}
      onChange={onChange}
    />
  );
}

function NoneYet() {
  return (
    <Empty Icon={IconMailOff} title="No dead letters, and that is good">
      When a service gets a record that it cannot understand, say from a bot that forgot a field, it puts the record here with the reason,
      and goes on. Then you see what was wrong, and replay it once that is mended.
    </Empty>
  );
}
