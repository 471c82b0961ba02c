import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconHandStop, IconMoodSmile, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useSession, useWorkspace } from '../app/session.js';
import { Loading } from '../kit/loading.js';
import { PageHead } from '../kit/page-head.js';
import { Trouble } from '../kit/trouble.js';
import { Section } from '../kit/section.js';
import { atTime } from '../kit/when.js';
import { SwitchDialog } from './switch-dialog.js';
import type { SwitchDialogProps } from './switch-dialog.js';
import { SwitchOneForm } from './switch-one-form.js';
import { isThe, useBotNames, useKillSwitches } from './use-kill-switches.js';
import { whatIsOff } from './words.js';

type Asks = Pick<SwitchDialogProps, 'scope' | 'id' | 'isOff' | 'name'>;

/** Everything automatic off: for all, for a bot, a website, a conversation; and what is off, since when, by whom and why. */
export default function KillSwitchPage() {
  const { workspaceId, mayEdit } = useWorkspace();
  const { administrator } = useSession();
  const { switches, error, retry } = useKillSwitches();
  const nameOf = useBotNames();
  const [asks, setAsks] = useState<Asks>();
  if (error && !switches) return <Trouble error={error} onRetry={retry} />;
  if (!switches) return <Loading what="Reading the kill switches" />;
  const all = { scope: 'workspace', id: workspaceId } as const;
  const everywhere = { scope: 'installation', id: 'all' } as const;
  const isOn = (one: Pick<Asks, 'scope' | 'id'>) => switches.some(isThe(one));
  return (
    <>
      <PageHead
        title="Kill switch"
        about="When a bot or the AI says something it must not, switch it off here. It is silent within five seconds, and visitors get a human instead."
      />
      <Stack gap="lg">
        <Section title="Off right now">
          {switches.length === 0 ? (
            <Group gap="sm">
              <IconMoodSmile size={22} aria-hidden />
              <Text>Nothing is switched off: every bot speaks as it is set up.</Text>
            </Group>
          ) : (
            <Stack gap="md" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
              {switches.map((one) => {
                const name = one.scope === 'bot' ? nameOf(one.id) : undefined;
                const may = one.scope === 'installation' ? administrator : mayEdit;
                return (
                  <Group key={`${one.scope} ${one.id}`} component="li" justify="space-between" align="flex-start" gap="sm">
                    <div style={{ minWidth: 0, flex: '1 1 260px' }}>
                      <Group gap="xs">
                        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
                          {whatIsOff(one.scope, one.id, name)}
                        </Text>
                        <Badge color="red" variant="light">
                          Off
                        </Badge>
                      </Group>
                      <Text style={{ overflowWrap: 'anywhere' }}>“{one.reason}”</Text>
                      <Text size="sm" c="dimmed">
                        {one.by}, since {atTime(one.since)}
                        {one.endsAt === null ? '' : `, until ${atTime(one.endsAt)}`}
                      </Text>
                    </div>
                    {may && (
                      <Button
                        variant="default"
                        leftSection={<IconPlayerPlay size={16} />}
                        aria-label={`Switch on again: ${whatIsOff(one.scope, one.id, name)}`}
                        onClick={() => setAsks({ ...one, name, isOff: true })}
                      >
                        Switch on again
                      </Button>
                    )}
                  </Group>
                );
              })}
            </Stack>
          )}
        </Section>
        {mayEdit && (
          <Section title="Everything in this workspace">
            <Text c="dimmed">
              All bots and the AI, in every channel and in Crisp’s inbox. For an emergency whose reach you do not know yet.
            </Text>
            <div>
              <Button
                color="red.9"
                size="md"
                disabled={isOn(all)}
                leftSection={<IconHandStop size={18} />}
                onClick={() => setAsks({ ...all, isOff: false })}
              >
                Switch everything off
              </Button>
            </div>
          </Section>
        )}
        {mayEdit && (
          <Section title="Only a part">
            <SwitchOneForm onAsk={(one) => setAsks({ ...one, isOff: false })} />
          </Section>
        )}
        {administrator && (
          <Section title="All workspaces">
            <Text c="dimmed">You are an administrator of this installation: this silences every bot of every workspace.</Text>
            <div>
              <Button
                variant="default"
                disabled={isOn(everywhere)}
                leftSection={<IconHandStop size={18} />}
                onClick={() => setAsks({ ...everywhere, isOff: false })}
              >
                Switch all workspaces off
              </Button>
            </div>
          </Section>
        )}
      </Stack>
      {asks && <SwitchDialog {...asks} onClose={() => setAsks(undefined)} />}
    </>
  );
}
