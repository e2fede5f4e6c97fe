/**
 * `GET /v1/shops/{appKey}/products/{productId}/reviews.html?name=&url=&layout=&style=`: the element with
 * its first page in it, for shops whose server puts it into the page: read without scripts, taken over
 * by the widget without another request. Made of cached answers only.
 */
import { reviewsStylesPath } from '@plaudit/contract';
import { problem } from '../storefront/answers.ts';
import { parameter, searchOf, type Deps, type Route } from './context.ts';
import { madeOfFirstPage } from './first-page.ts';
import { readFacts } from './product-facts.ts';

const HTML = 'text/html; charset=utf-8';
const LAYOUTS = ['list', 'grid', 'compact'] as const;
const STYLES = ['inline', 'link'] as const;

export const getReviewsHtml = (deps: Deps): Route =>
  madeOfFirstPage(deps, HTML, (context, product) => {
    const search = searchOf(context);
    const facts = readFacts(search);
    if (!facts.ok) return problem('invalid-parameter', facts);
    const layout = oneOf(LAYOUTS, search.get('layout'));
    if (layout === null) return wrongChoice('layout', LAYOUTS);
    const style = oneOf(STYLES, search.get('style'));
    if (style === null) return wrongChoice('style', STYLES);
    // Of whatever scheme the page is: a proxy in front may have taken TLS off.
    const styles = `//${new URL(context.req.url).host}${reviewsStylesPath(parameter(context, 'appKey'))}`;
    const options = {
      product,
      facts: { productID: product, ...facts.value },
      ...(layout && { layout }),
      ...(style === 'link' && { stylesheet: styles }),
    };
    return (page, settings) => deps.renderer.renderReviewsElement(page, { ...options, settings });
  });

/** Absent where nothing is asked for, null where it is none of them. */
function oneOf<Choice extends string>(
  choices: readonly Choice[],
  value: string | null,
): Choice | undefined | null {
  return value === null ? undefined : (choices.find((choice) => choice === value) ?? null);
}

const wrongChoice = (parameter: string, choices: readonly string[]): Response =>
  problem('invalid-parameter', {
    parameter,
    detail: `"${parameter}" must be one of: ${choices.join(', ')}.`,
  });
