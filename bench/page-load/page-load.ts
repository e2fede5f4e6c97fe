/** What ten reviews cost a visitor of a product page, beside the comments of others on the same page. */
import { launchBrowser } from '../../e2e/test/browser.ts';
import type { Candidate } from './candidate.ts';
import { load, type Cost } from './load.ts';
import { startOthers } from './others.ts';
import { startOurs } from './ours.ts';
import { startSite } from './site.ts';

const ROUNDS = 5;
const HTML = 'text/html; charset=utf-8';

export async function measurePageLoads(): Promise<void> {
  console.log(`\nPage loads: Slow 4G (150 ms, 1.6 Mbps), CPU 4 times slower, best of ${ROUNDS}`);
  const ours = await startOurs();
  const others = await startOthers();
  const candidates = [...ours.candidates, ...others.candidates];
  const shop = await startSite(
    Object.fromEntries(
      candidates.map((candidate, index) => [`/${index}`, { type: HTML, body: toPage(candidate) }]),
    ),
  );
  const browser = await launchBrowser();
  try {
    const costs = candidates.map((): Cost[] => []);
    // In turns, so that a busy moment of the machine is nobody's alone.
    for (let round = 0; round < ROUNDS; round++) {
      for (const [index, list] of costs.entries())
        list.push(await load(browser, `${shop.url}/${index}`));
    }
    console.log('reviews visible   blocked   layout shift   requests   bytes');
    for (const [index, { name }] of candidates.entries())
      console.log(toRow(name, costs[index] ?? []));
  } finally {
    await browser.close();
    await Promise.all([ours.stop(), others.stop(), shop.stop()]);
  }
}

/** A product page with no other script, and a style that gives the reviews their room. */
const toPage = ({ head, above, body }: Candidate): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Jumper</title>
  <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
  <style>
    body { margin: 1rem; font: 16px/1.5 system-ui }
    plaudit-rating { display: inline-flex; min-height: 24px; vertical-align: middle }
    plaudit-reviews, #comments { display: block; min-height: 100vh }
  </style>${head}</head><body>
  <h1>Jumper</h1>${above}<p>Wool, from the hill behind the house. 89 €</p>
  <div>${body}</div></body></html>`;

function toRow(name: string, costs: Cost[]): string {
  // The least: time on a shared machine measures the neighbours too.
  const of = (part: keyof Cost): number => Math.min(...costs.map((cost) => cost[part]));
  return [
    `${Math.round(of('visibleMs'))} ms`.padStart(15),
    `${Math.round(of('blockedMs'))} ms`.padStart(9),
    of('layoutShift').toFixed(3).padStart(14),
    String(of('requests')).padStart(10),
    String(of('bytes')).padStart(7),
    ` ${name}`,
  ].join(' ');
}
