/** A small server in the edge's place: the built files, and answers out of a table of reviews. */

import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import {
  adoptingLoaderPaths,
  chooseLanguage,
  DEFAULT_SETTINGS,
  loaderPath,
  parseRatingIds,
  parseReviewQuery,
  productReviewsPath,
  SITE_PRODUCT_ID,
  toProblem,
  toReviewSearch,
  type CarryingSettings,
  type MediaReceipt,
  type Question,
  type QuestionPage,
  type Review,
  type Settings,
  type VoteReceipt,
  type VoteSubmission,
} from '@plaudit/contract';
import { answer, toTopics } from './reviews.ts';

/** What a test may do to one request; returning true means that it has been answered. */
export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface Edge {
  url: string;
  scriptUrl: string;
  /** Reviews by product id. */
  products: Map<string, Review[]>;
  /** Questions by product id. */
  questions: Map<string, Question[]>;
  settings: Settings;
  /** Every data request so far, as `METHOD path`. */
  requests: string[];
  /** Bodies of the reviews, questions and votes posted so far. */
  posts: string[];
  /** Photos uploaded so far. */
  uploads: File[];
  intercept: Intercept | undefined;
  /** Addresses that a test has answered itself. */
  staged: Set<string>;
  close: () => Promise<void>;
}

export const MESSAGES_DIR = new URL('../src/messages', import.meta.url);
const LANGUAGES = new Set(
  readdirSync(MESSAGES_DIR)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts')),
);
const APP_KEY = 'demo';

export async function startEdge(distDir: string): Promise<Edge> {
  const loaders = {
    plain: await readFile(join(distDir, 'loader.js'), 'utf8'),
    carrying: await readFile(join(distDir, 'carrying-loader.js'), 'utf8'),
    adopting: await readFile(join(distDir, 'adopting-loader.js'), 'utf8'),
  };
  const server = createServer((request, response) => {
    serve(edge, loaders, distDir, request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const edge: Edge = {
    url,
    scriptUrl: url + loaderPath(APP_KEY),
    products: new Map(),
    questions: new Map(),
    settings: DEFAULT_SETTINGS,
    requests: [],
    posts: [],
    uploads: [],
    intercept: undefined,
    staged: new Set(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return edge;
}

async function serve(
  edge: Edge,
  loaders: { plain: string; carrying: string; adopting: string },
  distDir: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', edge.url);
  response.setHeader('access-control-allow-origin', '*');
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  if (pathname.startsWith('/v1/')) edge.requests.push(`${request.method} ${request.url}`);
  if (edge.intercept?.(request, response)) {
    edge.staged.add(edge.url + request.url);
    return;
  }

  const send = (status: number, type: string, body: string | Buffer): void => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };
  if (request.method === 'OPTIONS') return void response.writeHead(204).end();
  const isForYotpo = adoptingLoaderPaths(APP_KEY).includes(pathname);
  if (isForYotpo || pathname === loaderPath(APP_KEY)) {
    send(200, 'text/javascript', toScript(edge, loaders, isForYotpo, searchParams.get('product')));
  } else if (pathname.startsWith('/assets/')) {
    send(200, 'text/javascript', await readFile(join(distDir, 'public', pathname)));
  } else if (/\.(jpg|webp)$/.test(pathname)) {
    send(200, 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="6" height="4"/>');
  } else if (pathname.endsWith('/media')) {
    send(201, 'application/json', JSON.stringify(await takePhoto(edge, request)));
  } else {
    const body = request.method === 'POST' ? await readBody(request) : undefined;
    const [status, answer] = answerData(edge, pathname, searchParams, body);
    send(status, 'application/json', JSON.stringify(answer));
  }
}

/** The script with all that the edge bakes in. */
function toScript(
  edge: Edge,
  loaders: { plain: string; carrying: string; adopting: string },
  isForYotpo: boolean,
  product: string | null,
): string {
  const language = chooseLanguage(edge.settings.locale, LANGUAGES);
  const carried = product === null ? undefined : toCarried(edge, product);
  const adopt = isForYotpo ? { from: ['yotpo'], ...edge.settings.adopt } : edge.settings.adopt;
  const settings = JSON.stringify({ ...edge.settings, language, carried, adopt });
  const loader = adopt ? loaders.adopting : carried ? loaders.carrying : loaders.plain;
  return loader.replace('__PLAUDIT_SETTINGS__', () => settings);
}

/** What the script carries of a product. */
function toCarried({ products, settings }: Edge, product: string): CarryingSettings['carried'] {
  const limit = settings.layout.pageSize;
  const path = productReviewsPath(APP_KEY, product) + toReviewSearch({ limit });
  return { product, path, page: answer(products.get(product) ?? [], { limit }) };
}

function answerData(
  edge: Edge,
  pathname: string,
  searchParams: URLSearchParams,
  body: string | undefined,
): [status: number, answer: unknown] {
  if (pathname.endsWith('/ratings')) return [200, ratings(edge, searchParams)];
  if (body !== undefined) return takeWrite(edge, pathname, body);
  const [, aboutId = '', part] = /\/products\/([^/]+)\/(questions|topics)$/.exec(pathname) ?? [];
  const about = decodeURIComponent(aboutId);
  if (part === 'questions') return [200, answerQuestions(edge, about, searchParams)];
  if (part === 'topics') return [200, toTopics(edge.products.get(about) ?? [])];
  const [path, , named] = /(\/products\/([^/]+))?\/reviews$/.exec(pathname) ?? [];
  const productId = pathname.endsWith('/site/reviews') ? SITE_PRODUCT_ID : named;
  return path ? answerReviews(edge, productId, searchParams) : [404, toProblem('not-found')];
}

function answerReviews(
  edge: Edge,
  productId: string | undefined,
  searchParams: URLSearchParams,
): [status: number, answer: unknown] {
  const query = parseReviewQuery(searchParams);
  if (!query.ok) return [400, toProblem('invalid-parameter', query)];
  const reviews = productId
    ? (edge.products.get(decodeURIComponent(productId)) ?? [])
    : [...edge.products.values()].flat();
  return [200, answer(reviews, query.value)];
}

function takeWrite(edge: Edge, pathname: string, body: string): [status: number, answer: unknown] {
  const [, votedId] = /\/(?:reviews|questions|answers)\/([^/]+)\/votes$/.exec(pathname) ?? [];
  if (votedId !== undefined) return [200, countVote(edge, votedId, body)];
  const [, withdrawnId] = /\/reviews\/([^/]+)\/withdrawal$/.exec(pathname) ?? [];
  if (withdrawnId !== undefined) {
    edge.posts.push(body);
    return [200, { id: withdrawnId, status: 'withdrawn' }];
  }
  if (!/\/(reviews|questions)$/.test(pathname)) return [404, toProblem('not-found')];
  edge.posts.push(body);
  const id = `posted-${edge.posts.length}`;
  return [201, { id, status: 'published', editSecret: `secret-of-${id}` }];
}

/** As for a visitor who has not voted before. */
function countVote(
  { products, questions, posts }: Edge,
  votedId: string,
  body: string,
): VoteReceipt {
  posts.push(body);
  const { vote } = JSON.parse(body) as VoteSubmission;
  const asked = [...questions.values()].flat();
  const subjects = [
    ...[...products.values()].flat(),
    ...asked,
    ...asked.flatMap(({ answers }) => answers),
  ];
  const { up = 0, down = 0 } = subjects.find(({ id }) => id === votedId)?.helpful ?? {};
  return {
    vote,
    helpful: { up: up + Number(vote === 'up'), down: down + Number(vote === 'down') },
  };
}

function answerQuestions(
  edge: Edge,
  productId: string,
  searchParams: URLSearchParams,
): QuestionPage {
  const all = edge.questions.get(productId) ?? [];
  const start = Number(searchParams.get('cursor') ?? 0);
  const end = start + 10;
  return {
    count: all.length,
    questions: all.slice(start, end),
    ...(end < all.length && { next: String(end) }),
  };
}

function ratings(edge: Edge, searchParams: URLSearchParams): unknown {
  const ids = parseRatingIds(searchParams);
  if (!ids.ok) throw new Error(ids.detail);
  const known = ids.value.flatMap((id) => {
    const reviews = edge.products.get(id) ?? [];
    const { count, average } = answer(reviews, {}).summary;
    return count > 0 ? [[id, { count, average }] as const] : [];
  });
  return { ratings: Object.fromEntries(known) };
}

async function takePhoto(edge: Edge, request: IncomingMessage): Promise<MediaReceipt> {
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(await readBytes(request), { headers }).formData();
  const photo = form.get('file');
  if (!(photo instanceof File)) throw new Error('The form has no photo.');
  const id = `photo-${edge.uploads.push(photo)}`;
  return { id, url: `${edge.url}/${id}.webp`, thumbnailUrl: `${edge.url}/${id}-small.webp` };
}

const readBody = async (request: IncomingMessage): Promise<string> =>
  (await readBytes(request)).toString();

async function readBytes(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
