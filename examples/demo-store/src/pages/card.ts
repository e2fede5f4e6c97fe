import { html } from 'hono/html';
import type { Product } from '../catalogue.ts';
import { formatPrice } from '../price.ts';
import type { Html } from './layout.ts';

/** A product in a grid; its stars are one element, and all stars of a page are one request. */
export function card({ id, name, price, picture }: Product): Html {
  return html`<li class="card">
    <a href="/products/${encodeURIComponent(id)}">
      <span class="shot"
        ><img src="${picture}" alt="" width="480" height="480" loading="lazy"
      /></span>
      <span class="name">${name}</span>
    </a>
    <plaudit-rating product="${id}"></plaudit-rating>
    ${price === undefined ? '' : html`<span class="price">${formatPrice(price)}</span>`}
  </li>`;
}
