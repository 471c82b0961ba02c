/** Keeps Tab inside a dialog that covers the whole screen. */
export function keepFocusInside(event: KeyboardEvent, dialog: HTMLElement): void {
  const reachable = [...dialog.querySelectorAll<HTMLElement>('button, a[href], textarea, [tabindex="0"]')].filter(
    (element) => element.tabIndex >= 0 && !element.hasAttribute('disabled') && element.checkVisibility?.() !== false,
  );
  const first = reachable[0];
  const last = reachable.at(-1);
  const focused = (dialog.getRootNode() as ShadowRoot).activeElement;
  if (event.shiftKey ? focused === first || focused === dialog : focused === last) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}
