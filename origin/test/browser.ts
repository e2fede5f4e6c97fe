/** As much of a browser as signing in needs: cookies with their paths, redirects, forms. */

/** A page that was loaded, or the address of another origin that it was sent to. */
export interface Visit {
  url: string;
  status: number;
  text: string;
  headers: Headers;
  /** The statuses by which it was led there. */
  redirects: number[];
}

/** A browser with cookies of its own. */
export interface Browser {
  visit: (url: string) => Promise<Visit>;
  /** Sends the form of the page whose address ends so, with what is filled in. */
  submit: (page: Visit, action: string, fields?: Record<string, string>) => Promise<Visit>;
}

const REDIRECTS_MAX = 10;

/** Opens a browser that stays at one origin: where it is sent elsewhere, it says so. */
export function openBrowser(origin: string): Browser {
  const cookies = new Map<string, { value: string; path: string }>();

  const keep = (headers: Headers) => {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const name = pair.slice(0, pair.indexOf('='));
      const path = attributes.find((one) => one.startsWith('path='))?.slice('path='.length) ?? '/';
      cookies.set(`${name} ${path}`, { value: pair, path });
    }
  };

  const follow = async (
    address: string,
    init: RequestInit,
    redirects: number[] = [],
  ): Promise<Visit> => {
    const { pathname } = new URL(address);
    const own = [...cookies.values()].filter(({ path }) => pathname.startsWith(path));
    const headers = { accept: 'text/html', cookie: own.map(({ value }) => value).join('; ') };
    const answer = await fetch(address, { ...init, headers, redirect: 'manual' });
    keep(answer.headers);
    const location = answer.headers.get('location');
    if (location === null || redirects.length === REDIRECTS_MAX) {
      const text = await answer.text();
      return { url: address, status: answer.status, text, headers: answer.headers, redirects };
    }
    const led = [...redirects, answer.status];
    const next = new URL(location, address);
    if (next.origin !== origin) {
      const { status, headers: fields } = answer;
      return { url: next.href, status, text: '', headers: fields, redirects: led };
    }
    return follow(next.href, {}, led);
  };

  return {
    visit: (url) => follow(url, {}),
    submit(page, action, fields = {}) {
      const [, path] = new RegExp(`action="([^"]*/${action})"`).exec(page.text) ?? [];
      const [, proof] = /name="proof" value="([^"]*)"/.exec(page.text) ?? [];
      if (path === undefined || proof === undefined) {
        throw new Error(`There is no form "${action}" on ${page.url}: ${page.text}`);
      }
      const body = new URLSearchParams({ proof, ...fields });
      return follow(origin + path, { method: 'POST', body });
    },
  };
}
