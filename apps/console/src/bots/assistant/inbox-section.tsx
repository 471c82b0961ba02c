import { Alert, Group, Input, Radio, Slider, Stack, Switch, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { BotForm } from '../form/use-bot-form.js';
import { bind } from '../form/bind.js';
import { Section } from '../../kit/section.js';

const MODES = [
  { value: 'off', label: 'Off', about: 'It says and records nothing.' },
  {
    value: 'shadow',
    label: 'Practise (shadow)',
    about: 'It writes down what it would have said; nobody sees it but you. The safe way to begin.',
  },
  { value: 'note', label: 'Suggest (note)', about: 'It puts its answer into a private note. An agent sends it, or writes a better one.' },
  {
    value: 'reply',
    label: 'Reply',
    about: 'It answers the visitor itself, marked as automatic, and stays silent once a human has spoken.',
  },
] as const;

/** Whether, where and how far the assistant answers. */
export function InboxSection({ form }: { readonly form: BotForm }) {
  const { choice, flag } = bind(form);
  const { workspaceId, botId, assistant, crisp } = form.draft;
  const mode = assistant?.inbox ?? 'off';
  const share = assistant?.sharePercent ?? 100;
  return (
    <>
      <Section
        title="In your Crisp inbox"
        about="The assistant answers visitors who write in Crisp’s own chat box, from the bot’s knowledge, beside your agents."
      >
        {!crisp && mode !== 'off' && (
          <Alert color="yellow" variant="light" title="This bot is not connected to Crisp">
            Until it is, nothing happens here. <Link to={`/${workspaceId}/bots/${botId}/crisp`}>Connect it</Link>
          </Alert>
        )}
        <Radio.Group label="What it does" {...choice('/assistant/inbox')} onChange={(to) => form.set('/assistant/inbox', to)}>
          <Stack gap="xs" mt="xs">
            {MODES.map(({ value, label, about }) => (
              <Radio key={value} value={value} label={label} description={about} disabled={!form.mayEdit} />
            ))}
          </Stack>
        </Radio.Group>
        {(mode === 'note' || mode === 'reply') && (
          <>
            <Input.Wrapper
              label="Share of conversations"
              description="The others are only practised with. Raise it as you trust it more."
              error={form.problemAt('/assistant/sharePercent')}
            >
              <Group wrap="nowrap" mt="xs">
                <Slider
                  flex={1}
                  min={0}
                  max={100}
                  step={5}
                  disabled={!form.mayEdit}
                  value={share}
                  onChange={(to) => form.set('/assistant/sharePercent', to)}
                  label={(value) => `${value} %`}
                  thumbLabel="Share of conversations"
                />
                <Text size="sm" w={48} ta="right">
                  {share} %
                </Text>
              </Group>
            </Input.Wrapper>
            <Switch
              label="An assigned conversation is a human’s"
              description="Switch it off where Crisp assigns every conversation by a rule: else the assistant takes each for one that somebody looks after."
              {...flag('/assistant/silentWhenAssigned')}
            />
          </>
        )}
      </Section>
      <Section
        title="As the bot in front"
        about="In webchat and Messenger the assistant can be the bot itself, without any program of yours."
        aside={
          <Switch
            label="Answers there"
            labelPosition="left"
            aria-label="The assistant answers in the channels"
            {...flag('/assistant/channels')}
          />
        }
      >
        {assistant?.channels === true && (
          <Text size="sm" c="dimmed">
            Only one may answer: switch off any program of yours that answers for this bot.
          </Text>
        )}
      </Section>
    </>
  );
}
