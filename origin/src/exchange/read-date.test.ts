import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DATE_FORMATS, fittingDateFormats, readDate } from './read-date.ts';

test.each([
  ['2024-02-29', 'yyyy-mm-dd', '2024-02-29T00:00:00.000Z'],
  ['2024-02-29T10:11:12Z', 'yyyy-mm-dd', '2024-02-29T10:11:12.000Z'],
  ['2024-02-29 10:11:12 UTC', 'yyyy-mm-dd', '2024-02-29T10:11:12.000Z'],
  ['2024-02-29 10:11:12 -0500', 'yyyy-mm-dd', '2024-02-29T15:11:12.000Z'],
  ['2024-02-29T10:11:12.345+02:00', 'yyyy-mm-dd', '2024-02-29T08:11:12.345Z'],
  ['2024/2/9, 7:05', 'yyyy-mm-dd', '2024-02-09T07:05:00.000Z'],
  ['2024-02-29+0100', 'yyyy-mm-dd', '2024-02-28T23:00:00.000Z'],
  ['29.02.24 10:11:12.3456 gmt', 'dd.mm.yy', '2024-02-29T10:11:12.345Z'],
  ['1/2/2024', 'dd/mm/yyyy', '2024-02-01T00:00:00.000Z'],
  ['1/2/2024', 'mm/dd/yyyy', '2024-01-02T00:00:00.000Z'],
  ['03.12.04', 'yy.mm.dd', '2003-12-04T00:00:00.000Z'],
  ['03.12.99', 'dd.mm.yy', '1999-12-03T00:00:00.000Z'],
])('reads %s as %s', (text, format, expected) => {
  expect(readDate(text, format)?.toISOString()).toBe(expected);
});

test.each([
  '2023-02-29',
  '2024-13-01',
  '2024-00-10',
  '2024-01-01 24:00',
  'yesterday',
  '',
  '2024',
  '2024-02-291',
  '2024-02-29 10',
  '2024-02-29 10:11 PM',
  '2024-02-29 10:11:12.',
  '2024-02-29\nZZ',
])('finds no day in %j', (text) => {
  for (const format of DATE_FORMATS) expect(readDate(text, format)).toBeUndefined();
});

test('takes a day and month apart only where one of the dates allows a single reading', () => {
  expect(fittingDateFormats(['01/02/2024', '03/04/2024'])).toEqual(['dd/mm/yyyy', 'mm/dd/yyyy']);
  expect(fittingDateFormats(['01/02/2024', '13/04/2024'])).toEqual(['dd/mm/yyyy']);
  expect(fittingDateFormats(['01/02/2024', '04/13/2024'])).toEqual(['mm/dd/yyyy']);
  expect(fittingDateFormats(['13/13/2024'])).toEqual([]);
});

test('reads back every day it could have been written from', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(0), max: new Date('2068-12-31'), noInvalidDate: true }),
      (date) => {
        const day = date.toISOString().slice(0, 10);
        const [year, month, dayOfMonth] = day.split('-');
        expect(readDate(`${dayOfMonth}/${month}/${year}`, 'dd/mm/yyyy')?.toISOString()).toContain(
          day,
        );
        expect(readDate(`${month}/${dayOfMonth}/${year}`, 'mm/dd/yyyy')?.toISOString()).toContain(
          day,
        );
      },
    ),
  );
});
