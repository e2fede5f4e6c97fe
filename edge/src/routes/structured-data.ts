/**
 * `GET /v1/shops/{appKey}/products/{productId}/structured-data.json?name=&url=`: what search engines
 * read of a product's reviews, for shops whose server renders nothing of ours. Made of the same
 * cached page that the product's widget shows, because engines want to find on the page what they
 * are told.
 */
import { problem } from '../storefront/answers.ts';
import { toScriptLiteral } from '../storefront/loader.ts';
import { searchOf, type Deps, type Route } from './context.ts';
import { madeOfFirstPage } from './first-page.ts';
import { readFacts } from './product-facts.ts';

const JSON_LD = 'application/ld+json; charset=utf-8';

export const getStructuredData = (deps: Deps): Route =>
  madeOfFirstPage(deps, JSON_LD, (context, product) => {
    const facts = readFacts(searchOf(context));
    if (!facts.ok) return problem('invalid-parameter', facts);
    const own = { productID: product, ...facts.value };
    // Safe inside a script element too, which is where it goes.
    return (page) => toScriptLiteral(deps.renderer.toStructuredData(own, page));
  });
