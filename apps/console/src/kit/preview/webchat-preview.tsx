import { Avatar, Box, useComputedColorScheme } from '@mantine/core';
import type { PreviewedMessage } from './limits.js';
import { readableShade } from './readable-shade.js';
import { RichTextView } from './rich-text-view.js';

export interface Speaking {
  readonly name: string;
  readonly avatar?: string | undefined;
}

/** As the web chat draws them. */
const LOOKS = {
  light: { bg: '#ffffff', ink: '#15181e', muted: '#5b626e', line: '#e4e6ea', bubble: '#f1f2f4' },
  dark: { bg: '#17191e', ink: '#eceef2', muted: '#a3aab6', line: '#31353e', bubble: '#262a32' },
};

/** A message of the bot in our web chat. */
export function WebchatPreview({
  message: { text, quickReplies },
  by,
  accent,
}: {
  readonly message: PreviewedMessage;
  readonly by: Speaking;
  /** `#rrggbb` */
  readonly accent: string;
}) {
  const { bg, ink, muted, line, bubble } = LOOKS[useComputedColorScheme('light')];
  const accentInk = readableShade(accent, bg);
  return (
    <Box
      p="md"
      style={{
        background: bg,
        color: ink,
        border: `1px solid ${line}`,
        borderRadius: 20,
        font: '15px/1.45 var(--mantine-font-family)',
        minWidth: 0,
      }}
    >
      <div style={{ display: 'grid', gridTemplateColumns: '30px minmax(0, 1fr)', columnGap: 9 }}>
        <Avatar
          src={by.avatar ?? null}
          size={30}
          radius={9}
          alt=""
          name={by.name}
          styles={{ placeholder: { color: readableShade(accent, bubble), background: bubble } }}
        />
        <div style={{ minWidth: 0 }}>
          <div style={{ fontSize: 13, marginBottom: 4, color: muted }}>
            <b style={{ color: ink, fontWeight: 620 }}>{by.name}</b> · Assistant
          </div>
          <div
            style={{
              width: 'fit-content',
              maxWidth: '94%',
              padding: '8px 13px 9px',
              borderRadius: '5px 18px 18px 18px',
              background: bubble,
              overflowWrap: 'anywhere',
              whiteSpace: 'pre-wrap',
            }}
          >
            <RichTextView text={text} linkColour={readableShade(accent, bubble)} />
          </div>
        </div>
      </div>
      {quickReplies.length > 0 && (
        <ul
          aria-label="Quick replies"
          style={{ display: 'flex', flexWrap: 'wrap', gap: 8, margin: '12px 0 0', padding: '0 0 0 39px', listStyle: 'none' }}
        >
          {quickReplies.map(({ title, payload }, nth) => (
            <li
              key={nth}
              title={`Payload: ${payload}`}
              style={{
                display: 'inline-flex',
                alignItems: 'center',
                minHeight: 44,
                maxWidth: '100%',
                padding: '6px 16px',
                border: `1.5px solid color-mix(in srgb, ${accentInk} 45%, transparent)`,
                borderRadius: 22,
                color: accentInk,
                fontWeight: 580,
                overflowWrap: 'anywhere',
              }}
            >
              {title}
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}
