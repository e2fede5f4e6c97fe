/**
 * Embeddable comments from npm, set up as their documentation says and with all that costs a visitor
 * something switched off that can be, before servers that answer the same ten texts at once.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Candidate } from './candidate.ts';
import { startSite, type Content } from './site.ts';

const FOLDER = fileURLToPath(new URL('others', import.meta.url));
const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';
const JSON_TYPE = 'application/json; charset=utf-8';

interface Text {
  author?: string;
  body?: string;
  createdAt: string;
}
const texts = (
  JSON.parse(
    readFileSync(new URL('../../scripts/size/ten-reviews.json', import.meta.url), 'utf8'),
  ) as { reviews: Text[] }
).reviews;

const file = (path: string): Buffer => readFileSync(`${FOLDER}/node_modules/${path}`);
const json = (value: unknown) => ({ type: JSON_TYPE, body: JSON.stringify(value) });

export async function startOthers(): Promise<{
  candidates: Candidate[];
  stop: () => Promise<void>;
}> {
  if (!existsSync(`${FOLDER}/node_modules`)) {
    execFileSync(
      'npm',
      ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'],
      {
        cwd: FOLDER,
        stdio: 'ignore',
      },
    );
  }
  const waline = await startSite(toWaline());
  const artalk = await startSite(toArtalk());
  return {
    candidates: [
      {
        name: 'Waline 3.15',
        head: `<link rel="stylesheet" href="${waline.url}/waline.css">
          <script type="module">
            import { init } from '${waline.url}/waline.js';
            init({ el: '#comments', serverURL: '${waline.url}', path: '/42', lang: 'en', emoji: false,
              search: false, imageUploader: false, reaction: false });
          </script>`,
        above: '',
        body: '<div id="comments"></div>',
      },
      {
        name: 'Artalk Lite 2.9',
        head: `<link rel="stylesheet" href="${artalk.url}/artalk.css"><script defer src="${artalk.url}/artalk.js"></script>
          <script>
            addEventListener('DOMContentLoaded', () => Artalk.init({ el: '#comments', pageKey: '/42',
              pageTitle: 'Jumper', server: '${artalk.url}', site: 'Shop', locale: 'en', emoticons: false, gravatar: { mirror: '${artalk.url}/avatar/' },
              pvEl: '', countEl: '', versionCheck: false, useBackendConf: false }));
          </script>`,
        above: '',
        body: '<div id="comments"></div>',
      },
    ],
    stop: async () => {
      await Promise.all([waline.stop(), artalk.stop()]);
    },
  };
}

function toWaline(): Content {
  const data = texts.map(({ author = 'Anonymous', body = '', createdAt }, index) => ({
    objectId: `${index + 1}`,
    nick: author,
    mail: '',
    link: '',
    avatar: '',
    comment: `<p>${body}</p>`,
    orig: body,
    time: Date.parse(createdAt),
    status: 'approved',
    like: 0,
    children: [],
  }));
  return {
    '/waline.js': { type: SCRIPT, body: file('@waline/client/dist/waline.js') },
    '/waline.css': { type: STYLE, body: file('@waline/client/dist/waline.css') },
    '/api/comment': json({
      errno: 0,
      errmsg: '',
      data: { page: 1, totalPages: 1, pageSize: 10, count: data.length, data },
    }),
    '/api/': json({ errno: 0, errmsg: '', data: [] }),
  };
}

function toArtalk(): Content {
  const page = {
    id: 1,
    key: '/42',
    url: '',
    title: 'Jumper',
    admin_only: false,
    vote_up: 0,
    vote_down: 0,
    pv: 1,
  };
  const comments = texts.map(({ author = 'Anonymous', body = '', createdAt }, index) => ({
    id: index + 1,
    rid: 0,
    content: body,
    content_marked: `<p>${body}</p>`,
    nick: author,
    email_encrypted: '',
    link: '',
    ua: '',
    date: createdAt,
    is_collapsed: false,
    is_pending: false,
    is_pinned: false,
    is_allow_reply: true,
    is_verified: false,
    badge_name: '',
    badge_color: '',
    visible: true,
    vote_up: 0,
    vote_down: 0,
    page_key: '/42',
    page_url: '',
    site_name: 'Shop',
  }));
  return {
    '/artalk.js': { type: SCRIPT, body: file('artalk/dist/ArtalkLite.js') },
    '/artalk.css': { type: STYLE, body: file('artalk/dist/ArtalkLite.css') },
    '/api/v2/comments': json({
      comments,
      count: comments.length,
      roots_count: comments.length,
      page,
    }),
    '/api/v2/conf': json({ frontend_conf: {}, version: { app: 'ArtalkServer', version: '2.9.1' } }),
    '/api/v2/pages/pv': json({ pv: 1 }),
    '/api/v2/': json({}),
  };
}
