import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readCatalogue } from './catalogue.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demo-store-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const path = join(folder, 'catalogue');
  writeFileSync(path, text);
  return readCatalogue(path);
}

describe('a catalogue of JSON lines, as plaudit product list prints it', () => {
  const catalogue = () =>
    read(
      '{"id":"862","title":"Knitted top","count":5,"average":4.4}\n' +
        '{"id":"1078","count":1024,"average":4.2}\n',
    );

  test('puts the most reviewed product first', () => {
    expect([...catalogue().keys()]).toEqual(['1078', '862']);
  });

  test('names a product without a title by its id, draws it, and gives it no price', () => {
    expect(catalogue().get('1078')).toMatchObject({
      name: 'Product 1078',
      picture: '/pictures/1078.svg',
    });
    expect(catalogue().get('862')?.name).toBe('Knitted top');
    expect(catalogue().get('862')).not.toHaveProperty('price');
  });
});

describe('a catalogue of its own', () => {
  test('keeps the order of its file, with prices in their currency', () => {
    const product = { name: 'Pot', category: 'Garden', description: '', details: [] };
    const catalogue = read(
      JSON.stringify([
        { ...product, id: 'b', price: 12, currency: 'EUR' },
        { ...product, id: 'a', price: 9.5, currency: 'GBP' },
      ]),
    );
    expect([...catalogue.keys()]).toEqual(['b', 'a']);
    expect(catalogue.get('a')?.price).toEqual({ amount: 9.5, currency: 'GBP' });
  });
});

test('a file that is no catalogue is refused', () => {
  expect(() => read('id,title\n1,Pot\n')).toThrow(SyntaxError);
});
