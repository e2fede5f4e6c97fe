/** For how long what stands above may still change its height, in milliseconds. */
const HOLD_MS = 5000;
/** What a visitor does who goes on from there. */
const OWN_WAYS = ['wheel', 'touchmove', 'keydown', 'pointerdown'];

/**
 * Keeps the page where a jump has led, while what is above it comes and goes: not every browser
 * anchors what it shows. Ends with the visitor's first move.
 */
export function holdJump(target: Element, signal: AbortSignal): void {
  const held = new AbortController();
  const end = (): void => held.abort();
  const observer = new ResizeObserver(() => target.scrollIntoView());
  observer.observe(document.body);
  held.signal.addEventListener('abort', () => observer.disconnect());
  for (const type of OWN_WAYS) {
    addEventListener(type, end, { signal: held.signal, capture: true, passive: true });
  }
  signal.addEventListener('abort', end, { signal: held.signal });
  setTimeout(end, HOLD_MS);
}
