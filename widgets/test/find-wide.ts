/** What a visitor could not see without moving the page sideways, whether or not something cuts it off. */

import type { Page } from 'playwright';

/** What is meant to be moved sideways (WCAG 1.4.10 lets parts of a page be), and what nobody sees. */
const EXEMPT = '[part=strip], [part=track], .unseen, svg *';

/** Elements of the widgets that reach over a side of the window, one line each. */
export const findWide = (page: Page): Promise<string[]> =>
  page.evaluate((exempt) => {
    const found: string[] = [];
    const look = (parent: Element | ShadowRoot): void => {
      for (const child of parent.children) {
        if (child.matches(exempt)) continue;
        const { left, right } = child.getBoundingClientRect();
        // Half a pixel is how browsers round.
        if (left < -0.5 || right > innerWidth + 0.5) {
          found.push(`${(child.cloneNode(false) as Element).outerHTML} ${left} to ${right}`);
        }
        if (child.shadowRoot) look(child.shadowRoot);
        look(child);
      }
    };
    look(document.body);
    return found;
  }, EXEMPT);
