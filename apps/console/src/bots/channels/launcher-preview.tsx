import { Box, Text } from '@mantine/core';
import { IconMessageCircle } from '@tabler/icons-react';
import { textOn } from './contrast.js';

/** How the chat and its launcher will look on a page, roughly. */
export function LauncherPreview({
  name,
  title,
  accent,
  greeting,
}: {
  readonly name: string;
  readonly title: string;
  readonly accent: string;
  readonly greeting: string | undefined;
}) {
  const onAccent = textOn(accent);
  return (
    <Box role="img" aria-label={`Preview: a chat titled ${title}`} style={PAGE}>
      <div style={CHAT} aria-hidden>
        <div style={{ ...HEAD, background: accent, color: onAccent }}>{title}</div>
        <div style={{ padding: 12, display: 'grid', gap: 8 }}>
          <Text size="xs" style={{ color: '#4b5563' }}>
            {name}
          </Text>
          {greeting !== undefined && greeting !== '' && (
            <div style={{ ...BUBBLE, background: '#eef1f5', color: '#111827' }}>{greeting}</div>
          )}
          <div style={{ ...BUBBLE, background: accent, color: onAccent, justifySelf: 'end' }}>Where is my order?</div>
        </div>
      </div>
      <div style={{ ...LAUNCHER, background: accent, color: onAccent }} aria-hidden>
        <IconMessageCircle size={26} />
      </div>
    </Box>
  );
}

const PAGE = {
  display: 'flex',
  flexDirection: 'column',
  alignItems: 'flex-end',
  justifyContent: 'flex-end',
  gap: 12,
  minHeight: 300,
  padding: 16,
  borderRadius: 12,
  border: '1px solid var(--mantine-color-default-border)',
  background: 'linear-gradient(160deg, #f8fafc, #e2e8f0)',
} as const;
const CHAT = {
  width: 'min(100%, 260px)',
  borderRadius: 14,
  overflow: 'hidden',
  background: '#ffffff',
  boxShadow: '0 10px 30px rgb(15 23 42 / 0.18)',
} as const;
const HEAD = { padding: '12px 14px', fontWeight: 650, fontSize: 14, overflowWrap: 'anywhere' } as const;
const BUBBLE = {
  padding: '8px 10px',
  borderRadius: 12,
  fontSize: 13,
  maxWidth: '85%',
  width: 'fit-content',
  overflowWrap: 'anywhere',
} as const;
const LAUNCHER = {
  width: 54,
  height: 54,
  borderRadius: '50%',
  display: 'grid',
  placeItems: 'center',
  boxShadow: '0 8px 20px rgb(15 23 42 / 0.25)',
} as const;
