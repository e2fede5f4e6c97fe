/** The frame of every page: head with the one script tag, header, main, footer. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What the frame needs to know of the shop. */
export interface Frame {
  edgeUrl: string;
  appKey: string;
  notice: string;
  categories: readonly string[];
}

/** What it needs to know of the page. */
export interface PageHead {
  title: string;
  description: string;
  /** The department that is being looked at. */
  category?: string;
  /** Whether it is the gallery of widgets. */
  isGallery?: boolean;
}

/** A whole page. */
export function layout(
  frame: Frame,
  { title, description, category, isGallery = false }: PageHead,
  main: Html,
): Html {
  const { edgeUrl, appKey } = frame;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <meta name="description" content="${description}" />
        <meta name="color-scheme" content="light dark" />
        <link rel="preconnect" href="${edgeUrl}" crossorigin />
        <link rel="icon" href="/static/logo.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/store.css" />
        ${isGallery ? html`<link rel="stylesheet" href="/static/gallery.css" />` : ''}
        <script async src="${edgeUrl}/${encodeURIComponent(appKey)}/plaudit.js"></script>
        <script defer src="/static/store.js"></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        ${header(frame, category)}
        <main id="main" tabindex="-1">${main}</main>
        ${footer(frame)}
      </body>
    </html>`;
}

const header = ({ notice, categories }: Frame, category?: string): Html =>
  html`<header class="site">
    ${
      notice
        ? html`<p class="strip notice" role="note">${notice}</p>`
        : html`<p class="strip">Free delivery from €60 · 60 days to change your mind</p>`
    }
    <div class="bar">
      <a class="brand" href="/"
        ><img src="/static/logo.svg" alt="" width="40" height="40" />Hill &amp; Seam</a
      >
      ${
        categories.length > 0
          ? html`<nav aria-label="Departments">
              ${categories.map((name) => departmentLink(name, name === category))}
            </nav>`
          : ''
      }
      <p class="basket">
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
          <path
            d="M3 9h18l-2 11H5L3 9Zm5 0 3-6m5 6-3-6M9 13v3m3-3v3m3-3v3"
            fill="none"
            stroke="currentColor"
            stroke-width="1.6"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </svg>
        Basket <output id="basket" aria-live="polite">0</output>
      </p>
    </div>
  </header>`;

const departmentLink = (name: string, isCurrent: boolean): Html => {
  const href = `/?category=${encodeURIComponent(name)}`;
  return isCurrent
    ? html`<a href="${href}" aria-current="page">${name}</a>`
    : html`<a href="${href}">${name}</a>`;
};

const footer = ({ categories }: Frame): Html =>
  html`<footer class="site">
    <div class="columns">
      ${
        categories.length > 0
          ? html`<section>
                <h2>Delivery</h2>
                <p>
                  Ordered before two, on its way the same day, in paper and straw. Two to four days
                  across Europe.
                </p>
              </section>
              <section>
                <h2>Repairs</h2>
                <p>
                  Everything we sell can be mended, by you or by us. Spare parts cost what they cost
                  us.
                </p>
              </section>`
          : ''
      }
      <section>
        <h2>About this shop</h2>
        <p>
          Hill &amp; Seam is a demo. Its stars and reviews come from Plaudit: one script tag, served
          from the edge. <a href="/gallery" target="_self">Every widget in every state</a>
        </p>
      </section>
    </div>
  </footer>`;
