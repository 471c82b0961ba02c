import { messengerTexts } from '@baton/contracts';
import { Avatar, Box, Text, useComputedColorScheme } from '@mantine/core';
import type { PreviewedMessage } from './limits.js';
import type { Speaking } from './webchat-preview.js';

const LOOKS = {
  light: { bg: '#ffffff', ink: '#050505', line: '#e4e6ea', bubble: '#f0f0f0', tap: '#0064d1' },
  dark: { bg: '#18191a', ink: '#e4e6eb', line: '#31353e', bubble: '#303030', tap: '#6db3ff' },
};

/** A message of the bot in Facebook Messenger, within its limits. */
export function MessengerPreview({ message, by }: { readonly message: PreviewedMessage; readonly by: Speaking }) {
  const { bg, ink, line, bubble, tap } = LOOKS[useComputedColorScheme('light')];
  const parts = messengerTexts(message);
  const taps = parts.at(-1)?.quickReplies ?? [];
  return (
    <Box
      p="md"
      style={{
        background: bg,
        color: ink,
        border: `1px solid ${line}`,
        borderRadius: 20,
        font: '15px/1.35 var(--mantine-font-family)',
        minWidth: 0,
      }}
    >
      <div style={{ display: 'grid', gridTemplateColumns: '28px minmax(0, 1fr)', columnGap: 8, alignItems: 'end' }}>
        <Avatar
          src={by.avatar ?? null}
          size={28}
          radius="xl"
          alt=""
          name={by.name}
          styles={{ placeholder: { color: ink, background: bubble } }}
        />
        <div style={{ display: 'grid', gap: 3, justifyItems: 'start', minWidth: 0 }}>
          {parts.map(({ text }, nth) => (
            <div
              key={nth}
              style={{
                maxWidth: '92%',
                padding: '8px 12px',
                borderRadius: nth === parts.length - 1 ? '18px 18px 18px 4px' : 18,
                background: bubble,
                overflowWrap: 'anywhere',
                whiteSpace: 'pre-wrap',
              }}
            >
              {text}
            </div>
          ))}
        </div>
      </div>
      {taps.length > 0 && (
        <ul
          aria-label="Quick replies in Messenger"
          style={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'center', gap: 8, margin: '14px 0 0', padding: 0, listStyle: 'none' }}
        >
          {taps.map(({ title, payload }, nth) => (
            <li
              key={nth}
              title={`Payload: ${payload}`}
              style={{ padding: '6px 14px', border: `1px solid ${tap}`, borderRadius: 18, color: tap, fontWeight: 600, fontSize: 14 }}
            >
              {title}
            </li>
          ))}
        </ul>
      )}
      {parts.length > 1 && (
        <Text size="xs" mt="xs" style={{ color: ink }}>
          {parts.length} messages
        </Text>
      )}
    </Box>
  );
}
