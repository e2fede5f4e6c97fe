/** The frame of every page: head with the one script tag, header, main, footer. */
import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What the frame needs to know. */
export interface Frame {
  edgeUrl: string;
  appKey: string;
  notice: string;
  categories: readonly string[];
}

/** A whole page. */
export function layout(
  { edgeUrl, appKey, notice, categories }: Frame,
  { title, description }: { title: string; description: string },
  main: Html,
): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <meta name="description" content="${description}" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href="/static/logo.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/store.css" />
        <script async src="${edgeUrl}/${encodeURIComponent(appKey)}/plaudit.js"></script>
        <script defer src="/static/store.js"></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the content</a>
        ${notice ? html`<p class="notice" role="note">${notice}</p>` : ''}
        <header class="site">
          <a class="brand" href="/"
            ><img src="/static/logo.svg" alt="" width="36" height="36" />Hill &amp; Seam</a
          >
          <nav aria-label="Departments">
            ${categories.map(
              (category) =>
                html`<a href="/?category=${encodeURIComponent(category)}">${category}</a>`,
            )}
          </nav>
          <p class="basket">Basket: <output id="basket" aria-live="polite">0</output></p>
        </header>
        <main id="main" tabindex="-1">${main}</main>
        <footer class="site">
          <p>
            Hill &amp; Seam is a demo shop. Its stars and reviews come from Plaudit: one script tag,
            served from the edge.
          </p>
        </footer>
      </body>
    </html>`;
}
