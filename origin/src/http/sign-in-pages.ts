/** The two pages of signing in: who are you, and what may this app do. Plain forms, no script. */
import { html } from 'hono/html';

/** A page that is ready to be sent. */
export type Page = ReturnType<typeof html>;

const STYLE = `
body { font: 1rem/1.5 system-ui, sans-serif; color-scheme: light dark; max-width: 24rem; margin: 4rem auto; padding: 0 1rem; }
label, input, button { display: block; width: 100%; box-sizing: border-box; font: inherit; }
input, button { padding: 0.6rem; margin: 0.3rem 0 1rem; min-height: 44px; }
[role='alert'] { border-inline-start: 4px solid #c33; padding-inline-start: 0.8rem; }
`;

/** What both pages need. */
interface Frame {
  /** Lets this page's own style through its security policy. */
  nonce: string;
  /** Where the forms go: the sign-in's own address. */
  action: string;
  proof: string;
  app: string;
  shop: string;
}

const frame = (title: string, { nonce }: Pick<Frame, 'nonce'>, body: Page) =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${STYLE}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`;

const cancel = ({ action, proof }: Frame) =>
  html`<form method="post" action="${action}/cancel">
    <input type="hidden" name="proof" value="${proof}" />
    <button>Cancel</button>
  </form>`;

/** Asks who somebody is. */
export const signInPage = (page: Frame & { error?: string }): Page =>
  frame(
    'Sign in',
    page,
    html`<p>to ${page.shop}, to go on to ${page.app}.</p>
      ${page.error === undefined ? '' : html`<p role="alert">${page.error}</p>`}
      <form method="post" action="${page.action}/sign-in">
        <input type="hidden" name="proof" value="${page.proof}" />
        <label for="email">E-mail</label>
        <input id="email" name="email" type="email" autocomplete="username" required autofocus />
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
        />
        <button>Sign in</button>
      </form>
      ${cancel(page)}`,
  );

/** Asks what an app may do. */
export const consentPage = (page: Frame & { permissions: readonly string[]; host: string }): Page =>
  frame(
    `Let ${page.app} in?`,
    page,
    html`<p>It asks to do this in ${page.shop}, and sends you on to ${page.host}:</p>
      <ul>
        ${page.permissions.map((permission) => html`<li>${permission}</li>`)}
      </ul>
      <form method="post" action="${page.action}/consent">
        <input type="hidden" name="proof" value="${page.proof}" />
        <button>Allow</button>
      </form>
      ${cancel(page)}`,
  );

/** Says why it does not go on. */
export const problemPage = (nonce: string, text: string): Page =>
  frame('This did not work', { nonce }, html`<p role="alert">${text}</p>`);
