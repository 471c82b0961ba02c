/** Screens on which the chat takes the whole of it. */
export const PHONE = '(max-width: 520px), (max-height: 480px)';

/** Tells the style sheet which part of the screen the on-screen keyboard leaves free. Returns how to stop. */
export function followKeyboard(frame: HTMLElement, moved: () => void): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => {};
  const follow = () => {
    frame.style.setProperty('--free-height', `${viewport.height}px`);
    frame.style.setProperty('--free-top', `${viewport.offsetTop}px`);
    moved();
  };
  follow();
  viewport.addEventListener('resize', follow);
  viewport.addEventListener('scroll', follow);
  return () => {
    viewport.removeEventListener('resize', follow);
    viewport.removeEventListener('scroll', follow);
  };
}
