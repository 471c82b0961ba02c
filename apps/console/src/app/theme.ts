import { createTheme } from '@mantine/core';
import type { CSSVariablesResolver } from '@mantine/core';

/** A dialog's head is no head of the page. */
const inDialog = { defaultProps: { component: 'div' } };

/** The look of the console. Text keeps 4.5:1 against its ground in both schemes. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.35,
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontFamily: 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  headings: { fontWeight: '650' },
  components: {
    ModalHeader: inDialog,
    Notification: {
      defaultProps: { closeButtonProps: { 'aria-label': 'Dismiss' }, styles: { description: { color: 'var(--mantine-color-dimmed)' } } },
    },
    DrawerHeader: inDialog,
    // A menu has nothing but its items.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
});

/** Colours on which white stands, which their usual shade is too light for. */
const WITH_WHITE = ['red', 'pink', 'grape', 'violet', 'blue', 'cyan', 'teal', 'green', 'orange'];
/** Those that write on a light ground of their own. */
const WRITING = [...WITH_WHITE, 'yellow', 'lime'];

const each = (names: readonly string[], of: (name: string) => Record<string, string>): Record<string, string> =>
  Object.assign({}, ...names.map(of)) as Record<string, string>;
const darker = (name: string, percent: number) => `color-mix(in srgb, var(--mantine-color-${name}-9) ${percent}%, black)`;

const FILLED = each(WITH_WHITE, (name) => ({
  [`--mantine-color-${name}-filled`]: darker(name, 92),
  [`--mantine-color-${name}-filled-hover`]: darker(name, 80),
}));

/** Quieter and coloured text is still read easily. */
export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': colors['gray']![7],
    '--mantine-color-error': colors['red']![9],
    ...each(WRITING, (name) => ({
      [`--mantine-color-${name}-text`]: darker(name, 75),
      [`--mantine-color-${name}-light-color`]: darker(name, 70),
      [`--mantine-color-${name}-outline`]: darker(name, 75),
    })),
    ...FILLED,
  },
  dark: {
    '--mantine-color-dimmed': colors['dark']![1],
    '--mantine-color-error': colors['red']![4],
    ...FILLED,
    '--mantine-color-indigo-filled': colors['indigo']![7],
    '--mantine-color-indigo-filled-hover': colors['indigo']![8],
  },
});
