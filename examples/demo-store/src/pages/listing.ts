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
  const main = html`
    <section class="hero">
      <h1>${query.category || 'Things that last'}</h1>
      <p>Made by people we know, for kitchens, desks, gardens and hills.</p>
    </section>
    ${isLarge ? searchForm(query) : ''}
    ${shown.length === 0 ? html`<p>Nothing fits. <a href="/">See everything.</a></p>` : ''}
    <ul class="grid" aria-label="Products">
      ${shown.map(card)}
    </ul>
    ${pageCount > 1 ? pager(query, page, pageCount) : ''}
  `;
  const title = query.category
    ? `${query.category} – Hill & Seam`
    : 'Hill & Seam – things that last';
  return layout(
    frame,
    { title, description: 'Kettles, blankets, pots and packs that last.' },
    main,
  );
}

function isWanted({ id, name, category }: Product, query: ListingQuery): boolean {
  if (query.category && category !== query.category) return false;
  return `${name} ${id}`.toLowerCase().includes(query.search.toLowerCase());
}

const searchForm = ({ search }: ListingQuery): Html =>
  html`<form class="search" role="search" action="/">
    <label for="search">Search by name or number</label>
    <input id="search" name="q" type="search" value="${search}" />
    <button>Search</button>
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
