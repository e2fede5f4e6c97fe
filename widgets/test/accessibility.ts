/** What axe says of a page. */

import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';

const axeSource = readFileSync(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);
/** A page on which fewer rules applied was not the page that was meant. */
const RULES_MIN = 10;

interface AxeResults {
  passes: unknown[];
  violations: { id: string; nodes: { html: string }[] }[];
}

/** What axe finds, one line each; fails loudly when it looked at nothing. */
export async function findProblems(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { passes, violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  if (passes.length <= RULES_MIN) throw new Error(`axe applied ${passes.length} rules only.`);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
