/** The shelf: all products or those that were asked for, page by page. */
import { html } from 'hono/html';
import type { Catalogue, Product } from '../catalogue.ts';
import { card } from './card.ts';
import { layout, type Frame, type Html } from './layout.ts';

const PAGE_SIZE = 48;

/** What the shelf was asked for. */
export interface ListingQuery {
  category: string;
  search: string;
  page: number;
}

/** The listing page. */
export function listing(frame: Frame, catalogue: Catalogue, query: ListingQuery): Html {
  const found = [...catalogue.values()].filter((product) => isWanted(product, query));
  const pageCount = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(Math.max(1, query.page), pageCount);
  const shown = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const isLarge = catalogue.size > PAGE_SIZE;
  const isFrontPage = !query.category && !query.search && frame.categories.length > 0;
  const main = html`
    ${isFrontPage ? hero : heading(query, found.length)} ${isLarge ? searchForm(query) : ''}
    ${shown.length === 0 ? html`<p>Nothing fits. <a href="/">See everything.</a></p>` : ''}
    <ul id="shelf" class="grid" aria-label="Products">
      ${shown.map(card)}
    </ul>
    ${pageCount > 1 ? pager(query, page, pageCount) : ''}
  `;
  const { category } = query;
  const title = category ? `${category} – Hill & Seam` : 'Hill & Seam – things that last';
  const description = 'Kettles, blankets, pots and packs that last, and what their owners say.';
  return layout(frame, { title, description, category }, main);
}

function isWanted({ id, name, category }: Product, query: ListingQuery): boolean {
  if (query.category && category !== query.category) return false;
  return `${name} ${id}`.toLowerCase().includes(query.search.toLowerCase());
}

const hero = html`<section class="hero">
  <div>
    <h1>Things that last</h1>
    <p>
      A kettle for thirty winters, a pack that is mended, not binned: things for kitchens, desks,
      gardens and hills, made by people we know.
    </p>
    <a class="button" href="#shelf">See what we have</a>
  </div>
  <img src="/static/hero.svg" alt="" width="960" height="640" />
</section>`;

function heading({ category, search }: ListingQuery, count: number): Html {
  const words = search ? `Results for “${search}”` : category || 'Everything on the shelf';
  const things = `${count.toLocaleString('en')} ${count === 1 ? 'product' : 'products'}`;
  return html`<section class="heading">
    <h1>${words}</h1>
    <p>${things}</p>
  </section>`;
}

const searchForm = ({ search }: ListingQuery): Html =>
  html`<form class="search" role="search" action="/">
    <label for="search">Search by name or number</label>
    <input id="search" name="q" type="search" value="${search}" />
    <button class="button">Search</button>
  </form>`;

function pager({ category, search }: ListingQuery, page: number, pageCount: number): Html {
  const href = (to: number) =>
    `/?${new URLSearchParams({
      ...(category ? { category } : {}),
      ...(search ? { q: search } : {}),
      page: String(to),
    })}`;
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1 ? html`<a rel="prev" href="${href(page - 1)}">Previous</a>` : ''}
    <span>Page ${page} of ${pageCount}</span>
    ${page < pageCount ? html`<a rel="next" href="${href(page + 1)}">Next</a>` : ''}
  </nav>`;
}
