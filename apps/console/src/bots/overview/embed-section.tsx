import { Button, Code, CopyButton, Group, Text } from '@mantine/core';
import { getAddresses } from '@baton/control-api';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useRead } from '../../api/client.js';
import { Section } from '../../kit/section.js';
import { useBot } from '../use-bot.js';

/** The line that puts the chat into a page. */
export function EmbedSection() {
  const { bot } = useBot();
  const addresses = useRead(getAddresses, { params: { workspaceId: bot.workspaceId } }, { staleTime: Infinity });
  if (!bot.webchat) return null;
  const chat = addresses.data ? (addresses.data.chat ?? 'https://CHAT-ADDRESS') : '…';
  const snippet = `<script async src="${chat}/w/loader.js" data-bot="${bot.botId}"></script>`;
  return (
    <Section
      title="Put the chat on your website"
      about="Paste this line into every page that shall show it, before </body>. Only websites named under Channels may."
    >
      <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
        {snippet}
      </Code>
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {addresses.data?.chat === null &&
            'Where the chat is reached from outside is not known here: put its address in place of https://CHAT-ADDRESS.'}
        </Text>
        <CopyButton value={snippet}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy}>
              {copied ? 'Copied' : 'Copy the line'}
            </Button>
          )}
        </CopyButton>
      </Group>
    </Section>
  );
}
