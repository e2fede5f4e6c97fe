import type { Settings } from '@plaudit/sdk';
import { dates as messages } from './messages/en/dates.ts';
import { createText } from './text.ts';

/** How an instant's day is written; by the visitor's clock. */
export type FormatDate = (instant: string) => string;

/**
 * How the shop's locale writes dates: with the words of its language. Only a locale that they do not
 * speak for, as British English, brings in `Intl`, whose first date takes 60 ms on a phone, in one task.
 */
export function createDateFormat(settings: Settings): FormatDate {
  const { locale } = settings;
  const text = createText(messages, settings);
  if (!text('date.locales').split(' ').includes(locale)) {
    const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    return (instant) => format.format(new Date(instant));
  }
  const months = text('date.months').split('|');
  return (instant) => {
    const date = new Date(instant);
    // As strings, which are not grouped as numbers are.
    const d = `${date.getDate()}`;
    const m = `${date.getMonth() + 1}`;
    const month = months[date.getMonth()] ?? '';
    const [dd, mm] = [d.padStart(2, '0'), m.padStart(2, '0')];
    return text('date', { d, dd, m, mm, month, y: `${date.getFullYear()}` });
  };
}

/** The first view shows plain ISO dates; this calls back once the page is idle. */
export function loadDateFormat(settings: Settings, onLoad: (format: FormatDate) => void): void {
  // Safari has only lately learnt to say when it is idle.
  (globalThis.requestIdleCallback ?? setTimeout)(() => onLoad(createDateFormat(settings)));
}
