/**
 * The first date that `Intl` formats on a page can take 60 ms on a phone, more than all else here. So
 * the first view shows plain ISO dates, and this calls back once the page is idle.
 */
export function loadDateFormat(
  locale: string,
  onLoad: (format: (instant: string) => string) => void,
): void {
  const load = (): void => {
    const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    onLoad((instant) => format.format(new Date(instant)));
  };
  // Safari has only lately learnt to say when it is idle.
  (globalThis.requestIdleCallback ?? setTimeout)(load);
}
