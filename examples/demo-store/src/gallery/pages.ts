/** The gallery: a page of all worlds, and one for each with every widget and its markup to copy. */
import { html, raw } from 'hono/html';
import { layout, type Frame, type Html } from '../pages/layout.ts';
import { backstagePath } from './backstage.ts';
import { WORLDS, type World } from './worlds.ts';

/** All worlds, each in a frame of its own. */
export function galleryPage(frame: Frame): Html {
  const main = html`<section class="heading">
      <h1>Every widget in every state</h1>
      <p>Each frame is a page of its own. Below every widget stands its markup, to copy.</p>
    </section>
    ${Object.entries(WORLDS).map(
      ([name, { title, about }]) =>
        html`<section class="world" aria-labelledby="world-${name}">
          <h2 id="world-${name}">${title}</h2>
          <p>${about} <a href="/gallery/${name}" target="_top">The page alone: ${title}</a></p>
          <iframe src="/gallery/${name}" title="${title}" loading="lazy"></iframe>
        </section>`,
    )}`;
  const description =
    'All of Plaudit’s widgets, filled, empty, loading, failed, dark, right to left.';
  return layout(frame, { title: 'Gallery – Hill & Seam', description, isGallery: true }, main);
}

/** One world: what a shop in this state shows. */
export function worldPage(
  appKey: string,
  name: string,
  { title, about, page, markup }: World,
): Html {
  const script = `${backstagePath(name)}/${encodeURIComponent(appKey)}/plaudit.js`;
  return html`<!doctype html>
    <html lang="${page.lang}" dir="${page.dir}" class="${page.scheme}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} – Gallery</title>
        <link rel="icon" href="/static/logo.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/static/store.css" />
        <link rel="stylesheet" href="/static/gallery.css" />
        <script async src="${script}"></script>
        <script defer src="/static/gallery.js"></script>
      </head>
      <body class="gallery">
        <main>
          <h1 lang="en" dir="ltr">${title}</h1>
          <p lang="en" dir="ltr">${about}</p>
          ${markup.map(exhibit)}
        </main>
      </body>
    </html>`;
}

const exhibit = (markup: string, index: number): Html =>
  html`<section class="exhibit" aria-label="Widget ${index + 1}">
    ${raw(markup)}
    <div class="markup" lang="en" dir="ltr">
      <code id="markup-${index}">${markup}</code>
      <button class="copy" type="button" data-copy="markup-${index}">Copy</button>
    </div>
  </section>`;
