/** A product page: the two elements that a shop pastes, in the places where shops have them. */
import { html } from 'hono/html';
import type { Catalogue, Product } from '../catalogue.ts';
import { card } from './card.ts';
import { layout, type Frame, type Html } from './layout.ts';

const RELATED_MAX = 4;

/** The page of one product. */
export function productPage(frame: Frame, catalogue: Catalogue, product: Product): Html {
  const { id, name, price, description, details, picture } = product;
  const main = html`
    <article class="product">
      <img class="picture" src="${picture}" alt="${name}" width="480" height="480" />
      <div class="facts">
        <h1>${name}</h1>
        <plaudit-rating product="${id}"></plaudit-rating>
        ${price === undefined ? '' : html`<p class="price">€${price}</p>`}
        <p>${description}</p>
        ${
          details.length > 0
            ? html`<ul class="details">
                ${details.map((detail) => html`<li>${detail}</li>`)}
              </ul>`
            : ''
        }
        <button class="buy" type="button" data-add-to-basket>Add to basket</button>
      </div>
    </article>
    <section class="reviews" aria-label="Reviews">
      <plaudit-reviews product="${id}">
        <p>The reviews cannot be shown right now.</p>
      </plaudit-reviews>
    </section>
    <section class="related" aria-labelledby="related-heading">
      <h2 id="related-heading">You may also like</h2>
      <ul class="grid">
        ${related(catalogue, product).map(card)}
      </ul>
    </section>
  `;
  return layout(frame, { title: `${name} – Hill & Seam`, description }, main);
}

/** Others of the same category first, then whatever stands next to it on the shelf. */
function related(catalogue: Catalogue, { id, category }: Product): Product[] {
  const others = [...catalogue.values()].filter((product) => product.id !== id);
  const isSame = (product: Product) => product.category === category;
  return [...others.filter(isSame), ...others.filter((product) => !isSame(product))].slice(
    0,
    RELATED_MAX,
  );
}

/** The page of a product that is not there. */
export const notFoundPage = (frame: Frame): Html =>
  layout(
    frame,
    { title: 'Not found – Hill & Seam', description: 'There is nothing here.' },
    html`<section class="hero">
      <h1>There is nothing here</h1>
      <p><a href="/">Back to the shelf</a></p>
    </section>`,
  );
