/** A product page: the two elements that a shop pastes, in the places where shops have them. */
import { html } from 'hono/html';
import type { Catalogue, Product } from '../catalogue.ts';
import { formatPrice } from '../price.ts';
import { card } from './card.ts';
import { layout, type Frame, type Html } from './layout.ts';

const RELATED_MAX = 4;

/** The page of one product. */
export function productPage(frame: Frame, catalogue: Catalogue, product: Product): Html {
  const { id, name, price, category, description, details, picture } = product;
  const main = html`
    <nav class="crumbs" aria-label="Where you are">
      <a href="/">Everything</a>
      ${category ? html`<a href="/?category=${encodeURIComponent(category)}">${category}</a>` : ''}
    </nav>
    <article class="product">
      <img class="picture" src="${picture}" alt="${name}" width="480" height="480" />
      <div class="facts">
        <h1>${name}</h1>
        <plaudit-rating product="${id}"></plaudit-rating>
        ${price === undefined ? '' : html`<p class="price">${formatPrice(price)}</p>`}
        <p>${description}</p>
        <button class="button" type="button" data-add-to-basket>Add to basket</button>
        ${price === undefined ? '' : html`<p class="stock">In stock, leaves us today</p>`}
        ${
          details.length > 0
            ? html`<ul class="details">
                ${details.map((detail) => html`<li>${detail}</li>`)}
              </ul>`
            : ''
        }
      </div>
    </article>
    <section class="reviews" aria-label="Reviews">
      <plaudit-reviews product="${id}">
        <p>Reviews are on their way. If none appear, they cannot be reached right now.</p>
      </plaudit-reviews>
    </section>
    <section class="related" aria-labelledby="related-heading">
      <h2 id="related-heading">You may also like</h2>
      <ul class="grid">
        ${related(catalogue, product).map(card)}
      </ul>
    </section>
  `;
  return layout(frame, { title: `${name} – Hill & Seam`, description, category }, main);
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
    html`<section class="heading">
      <h1>There is nothing here</h1>
      <p>It may have sold out, or never have been. <a href="/">Back to the shelf</a></p>
    </section>`,
  );
