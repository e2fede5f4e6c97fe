import { expect, test } from 'vitest';
import { ParsedShards } from './rating-shard.ts';

const bytesOf = (text: string): ArrayBuffer =>
  Uint8Array.from(new TextEncoder().encode(text)).buffer;
const bodyOf = (ratings: unknown): ArrayBuffer => bytesOf(JSON.stringify({ ratings }));

test('a shard is taken apart once for each stored answer', () => {
  const shards = new ParsedShards(100_000);
  const body = bodyOf({ 1: { average: 4.5, count: 2 } });
  const shard = shards.read('/a', body);
  expect([...shard.members]).toEqual([['1', '"1":{"average":4.5,"count":2}']]);
  expect(shards.read('/a', body)).toBe(shard);
});

test('a new answer takes the place of the old one', () => {
  const shards = new ParsedShards(100_000);
  const { version } = shards.read('/a', bodyOf({ 1: { average: 4.5, count: 2 } }));
  const { bytes } = shards;
  expect([...shards.read('/a', bodyOf({ 2: { average: 4.5, count: 2 } })).members.keys()]).toEqual([
    '2',
  ]);
  expect(shards.read('/a', bodyOf({ 3: { average: 4.5, count: 2 } })).version).not.toBe(version);
  expect(shards.bytes).toBe(bytes);
});

test('ids are data, whatever they are called', () => {
  const body = bytesOf('{"ratings":{"__proto__":{"average":1,"count":1}}}');
  const { members } = new ParsedShards(100_000).read('/a', body);
  expect(members.get('__proto__')).toBe('"__proto__":{"average":1,"count":1}');
  expect(members.get('constructor')).toBeUndefined();
});

test('the memory in use stays within its bound', () => {
  const shards = new ParsedShards(2_000);
  for (let number = 0; number < 100; number++) {
    shards.read(`/${number}`, bodyOf({ [number]: { average: 4, count: number } }));
    expect(shards.bytes).toBeLessThanOrEqual(2_000);
  }
  expect(shards.bytes).toBeGreaterThan(1_500);
});

test('a shard larger than the bound is read without being kept', () => {
  const shards = new ParsedShards(100);
  expect(shards.read('/a', bodyOf({ 1: { average: 4, count: 1 } })).members.size).toBe(1);
  expect(shards.bytes).toBe(0);
});

test('what is no ratings answer is refused', () => {
  const shards = new ParsedShards(100_000);
  expect(() => shards.read('/a', new ArrayBuffer(3))).toThrow(SyntaxError);
  expect(() => shards.read('/a', bodyOf(undefined))).toThrow(SyntaxError);
});
