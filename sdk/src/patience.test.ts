import { describe, expect, test } from 'vitest';
import { toProblem } from '@plaudit/contract';
import { isPlauditProblem, PlauditNetworkError, PlauditProblem } from './errors.ts';
import { withPatience, type Clock } from './patience.ts';
import { createRequest, type Call } from './request.ts';

/** A server that gives these answers in turn, the last one for ever; errors are thrown, not answered. */
function serverOf(...answers: (Response | Error)[]) {
  const calls: Call[] = [];
  const fetch = (_url: unknown, init: RequestInit = {}): Promise<Response> => {
    calls.push(init as Call);
    const answer = answers[Math.min(calls.length, answers.length) - 1];
    return answer instanceof Response ? Promise.resolve(answer.clone()) : Promise.reject(answer);
  };
  return { calls, request: createRequest('', fetch) };
}

/** A clock whose pauses pass at once; its deadline comes when the test says so. */
function testClock() {
  const waits: number[] = [];
  const deadline = new AbortController();
  const clock: Clock = {
    timeout: () => deadline.signal,
    wait: (delayMs) => {
      waits.push(delayMs);
      return Promise.resolve();
    },
  };
  return { clock, waits, deadline };
}

const ok = Response.json({ fine: true });
const unavailable = (retryAfter?: string): Response =>
  Response.json(toProblem('unavailable'), {
    status: 503,
    headers: retryAfter ? { 'retry-after': retryAfter } : {},
  });

describe('a read', () => {
  test.for([502, 503, 504])('is tried again after %i', async (status) => {
    const { request, calls } = serverOf(new Response('', { status }), ok);
    expect(await withPatience(request, testClock())('/x')).toEqual({ fine: true });
    expect(calls).toHaveLength(2);
  });

  test('is tried again after a network error and after an answer that breaks off', async () => {
    const { request, calls } = serverOf(new TypeError('refused'), new Response('{"fi'), ok);
    expect(await withPatience(request, testClock())('/x')).toEqual({ fine: true });
    expect(calls).toHaveLength(3);
  });

  test('is given up after three tries, with what went wrong last', async () => {
    const { request, calls } = serverOf(new TypeError('refused'));
    const failure = withPatience(request, testClock())('/x');
    await expect(failure).rejects.toBeInstanceOf(PlauditNetworkError);
    await expect(failure).rejects.toMatchObject({ cause: new TypeError('refused') });
    expect(calls).toHaveLength(3);
  });

  test.for([400, 404, 429, 500])('is not tried again after %i', async (status) => {
    const { request, calls } = serverOf(new Response('', { status }));
    const failure = withPatience(request, testClock())('/x');
    await expect(failure).rejects.toMatchObject({ problem: { type: 'about:blank', status } });
    expect(calls).toHaveLength(1);
  });

  test('pauses longer each time, and never the same on every page', async () => {
    const { request } = serverOf(new TypeError('refused'));
    const firsts = new Set<number>();
    for (let page = 0; page < 5; page++) {
      const time = testClock();
      await withPatience(request, time)('/x').catch(() => {});
      const [first = Number.NaN, second = Number.NaN] = time.waits;
      expect(first).toBeLessThan(400);
      expect(second).toBeLessThan(800);
      firsts.add(first);
    }
    expect(firsts.size).toBeGreaterThan(1);
  });

  test('waits as long as the server asks', async () => {
    const time = testClock();
    const { request } = serverOf(unavailable('3'), ok);
    await withPatience(request, time)('/x');
    expect(time.waits).toEqual([3000]);
  });

  test('does not wait when the server asks for more than the deadline leaves', async () => {
    const time = testClock();
    const { request, calls } = serverOf(unavailable('120'));
    const failure = withPatience(request, time)('/x');
    await expect(failure).rejects.toMatchObject({ retryAfterMs: 120_000 });
    expect(time.waits).toEqual([]);
    expect(calls).toHaveLength(1);
  });
});

describe('a write', () => {
  test('is sent once, whatever happens', async () => {
    const { request, calls } = serverOf(unavailable('1'));
    const failure = withPatience(request, testClock())('/x', { method: 'POST', body: '{}' });
    await expect(failure).rejects.toMatchObject({ problem: toProblem('unavailable') });
    expect(calls).toHaveLength(1);
  });
});

describe('giving up', () => {
  const untilAborted = createRequest(
    '',
    (_url, init) =>
      new Promise((_, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  );

  test('the caller gets its own reason back', async () => {
    const caller = new AbortController();
    const failure = withPatience(untilAborted, testClock())('/x', { signal: caller.signal });
    caller.abort('changed my mind');
    await expect(failure).rejects.toBe('changed my mind');
  });

  test('the deadline is a network error', async () => {
    const { clock, deadline } = testClock();
    const failure = withPatience(untilAborted, { clock })('/x');
    deadline.abort();
    await expect(failure).rejects.toBeInstanceOf(PlauditNetworkError);
  });

  test('a call that is given up before it starts sends nothing', async () => {
    const { request, calls } = serverOf(ok);
    const failure = withPatience(request, testClock())('/x', { signal: AbortSignal.abort('no') });
    await expect(failure).rejects.toBe('no');
    expect(calls).toEqual([]);
  });

  test('the clock of every day ends its pauses early when a call is given up', async () => {
    const caller = new AbortController();
    const { request, calls } = serverOf(unavailable('9'));
    const failure = withPatience(request)('/x', { signal: caller.signal });
    await expect.poll(() => calls.length).toBe(1);
    caller.abort('enough');
    await expect(failure).rejects.toBe('enough');
  });
});

test('a problem is known by its shape, so that two copies of the package understand each other', () => {
  const problem = toProblem('not-found');
  expect(isPlauditProblem(new PlauditProblem(problem, 0))).toBe(true);
  expect(isPlauditProblem({ problem })).toBe(true);
  expect(isPlauditProblem(new Error('other'))).toBe(false);
  expect(isPlauditProblem(undefined)).toBe(false);
});
