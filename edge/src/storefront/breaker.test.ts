import { beforeEach, describe, expect, test } from 'vitest';
import { TestClock } from '../../test/test-clock.ts';
import { createBreaker, type Breaker } from './breaker.ts';
import { OriginFailure, type FailureKind } from './origin-failure.ts';

let clock: TestClock;
let breaker: Breaker;

beforeEach(() => {
  clock = new TestClock();
  breaker = createBreaker(clock.now);
});

const fails = (kind: FailureKind = 'unreachable', path = '/') => breaker.enter(path).failed(kind);

/** Five failures in a row, over a second. */
function opens(): void {
  for (let failure = 0; failure < 4; failure++) fails();
  clock.passes(1);
  fails();
}

function refusal(): OriginFailure | undefined {
  try {
    breaker.enter('/');
    return undefined;
  } catch (failure) {
    return failure as OriginFailure;
  }
}

describe('a closed circuit', () => {
  test('opens after five failures in a row, and says when to try again', () => {
    for (let failure = 0; failure < 4; failure++) fails();
    clock.passes(1);
    expect(refusal()).toBeUndefined();
    fails();
    expect(refusal()).toMatchObject({ kind: 'resting', retryAfterSeconds: 5 });
    clock.passes(3.5);
    expect(refusal()?.retryAfterSeconds).toBe(2);
  });

  test('stays closed while there is a success between failures', () => {
    for (let turn = 0; turn < 20; turn++) {
      for (let failure = 0; failure < 4; failure++) fails();
      breaker.enter('/').succeeded();
      clock.passes(1);
    }
    expect(refusal()).toBeUndefined();
  });

  test('stays closed when a restart cuts many connections in one moment', () => {
    for (let failure = 0; failure < 100; failure++) fails();
    expect(refusal()).toBeUndefined();
  });

  test.each(['bad-answer', 'timeout'] as const)('takes each page’s %s for one', (kind) => {
    for (let failure = 0; failure < 20; failure++) fails(kind, `/broken?page=${failure}`);
    clock.passes(1);
    fails(kind, '/broken');
    expect(refusal()).toBeUndefined();
    for (let page = 0; page < 4; page++) fails(kind, `/other/${page}`);
    expect(refusal()).toBeDefined();
  });
});

describe('an open circuit', () => {
  beforeEach(opens);

  test('lets one probe through after a rest, and nobody beside it', () => {
    clock.passes(5);
    expect(refusal()).toBeUndefined();
    for (let other = 0; other < 100; other++) {
      expect(refusal()).toMatchObject({ kind: 'resting', retryAfterSeconds: 5 });
    }
  });

  test('closes when the probe succeeds', () => {
    clock.passes(5);
    breaker.enter('/').succeeded();
    for (let other = 0; other < 4; other++) fails();
    expect(refusal()).toBeUndefined();
  });

  test.each(['unreachable', 'bad-answer', 'timeout'] as const)(
    'stays open when the probe ends in %s',
    (kind) => {
      clock.passes(5);
      fails(kind);
      expect(refusal()?.retryAfterSeconds).toBe(5);
      clock.passes(5);
      expect(refusal()).toBeUndefined();
    },
  );

  test('sends another probe when nothing was ever heard of one', () => {
    clock.passes(5);
    breaker.enter('/');
    clock.passes(29);
    expect(refusal()).toBeDefined();
    clock.passes(1);
    expect(refusal()).toBeUndefined();
  });

  test('is probed at once when the origin is heard of', () => {
    breaker.hearsOfLife();
    expect(refusal()).toBeUndefined();
    breaker.hearsOfLife();
    expect(refusal()).toBeDefined();
  });
});

test('what began before the circuit opened neither closes it nor fails the probe', () => {
  const early = [breaker.enter('/'), breaker.enter('/')];
  opens();
  early[0]?.succeeded();
  expect(refusal()).toBeDefined();
  clock.passes(5);
  const probe = breaker.enter('/');
  early[1]?.failed('timeout');
  probe.succeeded();
  expect(refusal()).toBeUndefined();
});
