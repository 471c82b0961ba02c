import { Button } from '@mantine/core';
import { IconHandStop, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useWorkspace } from '../app/session.js';
import { SwitchDialog } from './switch-dialog.js';
import { isThe, useKillSwitches } from './use-kill-switches.js';
import type { Scope } from './words.js';

/** Silences the bot and the AI there, and lets them speak again; whoever may not sees nothing of it. */
export function KillSwitchButton({
  scope,
  id,
  name,
}: {
  readonly scope: Scope;
  readonly id: string;
  /** As it is called. */
  readonly name?: string;
}) {
  const { mayEdit } = useWorkspace();
  const { switches } = useKillSwitches();
  const [asks, setAsks] = useState<'on' | 'off'>();
  if (!mayEdit || !switches) return null;
  const isOff = switches.some(isThe({ scope, id }));
  return (
    <>
      <Button
        variant={isOff ? 'filled' : 'default'}
        {...(isOff && { color: 'teal.9' })}
        size="sm"
        leftSection={isOff ? <IconPlayerPlay size={16} /> : <IconHandStop size={16} />}
        onClick={() => setAsks(isOff ? 'on' : 'off')}
      >
        {isOff ? 'Switch on again' : scope === 'conversation' ? 'Silence here' : 'Switch off'}
      </Button>
      {asks && <SwitchDialog scope={scope} id={id} name={name} isOff={asks === 'on'} onClose={() => setAsks(undefined)} />}
    </>
  );
}
