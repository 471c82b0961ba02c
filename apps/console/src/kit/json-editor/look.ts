import { EditorView } from '@codemirror/view';

/** The editor in the colours of the console, light and dark. */
export const look = EditorView.theme({
  '&': {
    border: '1px solid var(--mantine-color-default-border)',
    borderRadius: 'var(--mantine-radius-md)',
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
    fontSize: '13.5px',
    overflow: 'hidden',
  },
  '&.cm-focused': { outline: '2px solid var(--mantine-primary-color-filled)', outlineOffset: '1px' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.6', minHeight: '190px', maxHeight: '420px' },
  '.cm-content': { caretColor: 'var(--mantine-color-text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--mantine-color-default-hover)',
    color: 'var(--mantine-color-dimmed)',
    borderRight: '1px solid var(--mantine-color-default-border)',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--mantine-primary-color-light) !important', color: 'inherit !important' },
  '.cm-tooltip': {
    border: '1px solid var(--mantine-color-default-border)',
    backgroundColor: 'var(--mantine-color-body)',
    color: 'var(--mantine-color-text)',
  },
  '.json-name': { color: 'light-dark(var(--mantine-color-indigo-8), var(--mantine-color-indigo-3))' },
  '.json-text': { color: 'light-dark(#0b6b43, var(--mantine-color-teal-3))' },
  '.json-value': { color: 'light-dark(#9a3b00, var(--mantine-color-orange-3))' },
});
