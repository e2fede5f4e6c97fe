/** How close the pop-over may come to the window's edge, in CSS pixels. */
const EDGE_DISTANCE = 8;

/**
 * Opens a pop-over below what it explains, or above where there is more room, and goes with it where
 * that is moved: a browser scrolls to what gets the keyboard's focus. Can be pointed at itself and
 * dismissed by Escape; closes when neither is pointed at nor has the focus (WCAG 1.4.13).
 */
export function openBelow(box: Element, popover: HTMLElement, signal: AbortSignal): void {
  if (popover.matches(':popover-open')) return;
  popover.showPopover();
  place(box, popover);

  const opened = new AbortController();
  const close = (): void => {
    opened.abort();
    if (popover.isConnected) popover.hidePopover();
  };
  // They touch, so that the pointer is on one of them all the way from one to the other.
  const leave = (event: Event): void => {
    const to = (event as PointerEvent).relatedTarget as Node | null;
    const isStillShown = box.contains(to) || popover.contains(to) || box.matches(':focus-visible');
    if (!isStillShown) close();
  };
  const until = { signal: opened.signal };
  for (const target of [box, popover]) target.addEventListener('pointerleave', leave, until);
  for (const type of ['blur', 'click']) box.addEventListener(type, close, until);
  for (const type of ['scroll', 'resize']) {
    addEventListener(type, () => place(box, popover), { ...until, capture: true, passive: true });
  }
  addEventListener('keydown', ({ key }) => key === 'Escape' && close(), until);
  signal.addEventListener('abort', close, until);
}

function place(box: Element, popover: HTMLElement): void {
  const around = box.getBoundingClientRect();
  const { width, height } = popover.getBoundingClientRect();
  const isReversed = box.matches(':dir(rtl)');
  const start = isReversed ? around.right - width : around.left;
  const left = Math.max(EDGE_DISTANCE, Math.min(start, innerWidth - width - EDGE_DISTANCE));
  const isOutOfSight = around.top > innerHeight;
  const fitsBelow = around.bottom + height < innerHeight || around.top < height || isOutOfSight;
  popover.style.left = `${left}px`;
  popover.style.top = `${fitsBelow ? around.bottom : around.top - height}px`;
}
