/** What scripts keep a page's main thread busy with, task by task. */

import type { Browser } from 'playwright';

/** What Chromium tells of a stretch of work; all but `args` in microseconds. */
interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur: number;
  /** Of the processor. */
  tdur?: number;
  pid: number;
  tid: number;
  args: { data?: { url?: string } };
}

const CATEGORIES = ['devtools.timeline', 'disabled-by-default-devtools.timeline'];

/**
 * The longest task in which a script from this address ran while `act` did, in milliseconds of
 * processor time: what else the machine is busy with does not count.
 */
export async function longestScriptTaskMs(
  browser: Browser,
  origin: string,
  act: () => Promise<unknown>,
): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => {
    events.push(...(value as unknown as TraceEvent[]).filter(({ ph }) => ph === 'X'));
  });
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: CATEGORIES },
  });
  await act();
  const ended = new Promise((resolve) => {
    session.once('Tracing.tracingComplete', resolve);
  });
  await session.send('Tracing.end');
  await ended;
  await session.detach();

  const calls = events.filter(({ args }) => args.data?.url?.startsWith(origin));
  const tasks = events.filter(
    (task) => task.name === 'RunTask' && calls.some((call) => isWithin(call, task)),
  );
  if (tasks.length === 0) throw new Error(`No script of ${origin} ran.`);
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

const isWithin = (call: TraceEvent, task: TraceEvent): boolean =>
  call.pid === task.pid &&
  call.tid === task.tid &&
  call.ts >= task.ts &&
  call.ts + call.dur <= task.ts + task.dur;
