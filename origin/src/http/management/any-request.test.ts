/**
 * AP07: whatever is sent to an operation of the management API, the answer is one that the document declares.
 * Requests are made of the document itself. `API_FUZZ_CALLS` says how many are sent (all operations get the
 * same share), `API_FUZZ_SEED` which ones: a failure names both.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { pino } from 'pino';
import { Pool } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAnswerCheck } from '../../../test/api-contract.ts';
import {
  requestTo,
  type AnyRequest,
  type PlacedOperation,
} from '../../../test/arbitrary-request.ts';
import { clock, describeOnEach } from '../../../test/databases.ts';
import { createKnownIds } from '../../../test/known-ids.ts';
import { startOAuthOrigin, type OAuthOrigin } from '../../../test/oauth-origin.ts';
import { makeCanaryShop } from '../../../test/shop-with-canaries.ts';
import { askQuestion } from '../../domain/questions/ask.ts';
import { createInbox } from '../../exchange/inbox.ts';
import { startImports } from '../../jobs/start-imports.ts';
import type { WorkLoop } from '../../jobs/work-loop.ts';
import type { ApiDocument } from './describe-api.ts';
import { createFileIntake } from './receive-file.ts';

const CALLS = Number(process.env['API_FUZZ_CALLS'] ?? 800);
const SEED = Number(process.env['API_FUZZ_SEED'] ?? 20_261_101);
/** An app may send 600 a minute, and this clock stands still. */
const CALLS_PER_APP = 500;
/** Ids are random, so chance has a part in what is found. */
const NEVER_MAX = 6;
interface Told {
  status: number;
  mediaType: string | undefined;
  etag: string | undefined;
  text: string;
}

describeOnEach('any request', (fixture) => {
  let origin: OAuthOrigin;
  let document: ApiDocument;
  let pool: Pool;
  let jobs: WorkLoop;
  let folder: string;
  const known = createKnownIds();

  beforeAll(async () => {
    clock.now = new Date();
    const { context } = fixture;
    folder = mkdtempSync(join(tmpdir(), 'plaudit-any-request-'));
    const inbox = createInbox(folder, 200_000);
    jobs = startImports(context, inbox, pino({ level: 'silent' }));
    const intake = createFileIntake(inbox, () => jobs.wake());
    origin = await startOAuthOrigin(context, { intake });
    pool = new Pool(origin.url, { connections: 1 });
    document = (await (await fetch(`${origin.url}/api/v1/openapi.json`)).json()) as ApiDocument;
    const shop = await makeCanaryShop(context, 'acme');
    for (const product of shop.productIds) {
      for (let n = 0; n < 5; n += 1) {
        const person = { author: 'Ida', email: `ida-${n}@example.com` };
        const { id } = await askQuestion(context, 'acme', product, {
          body: `Is it ${n}?`,
          ...person,
        });
        known.learn('questions', id);
      }
      known.learn('products', product);
      known.learn('variants', 'variant-acme');
    }
    for (const version of ['1', '2', '3']) known.learn('versions', version);
  });
  afterAll(async () => {
    await jobs.stop();
    await pool.close();
    await origin.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function send(request: AnyRequest, tokens: Record<string, string>): Promise<Told> {
    const { method, path, headers, body = null, bearer } = request;
    const authorization =
      tokens[bearer] === undefined ? {} : { authorization: `Bearer ${tokens[bearer]}` };
    const answer = await pool.request({
      method,
      path,
      headers: { ...headers, ...authorization },
      body,
    });
    const { statusCode: status, headers: fields } = answer;
    const [mediaType, etag] = [fields['content-type'], fields['etag']].map((field) =>
      field?.toString(),
    );
    return { status, mediaType, etag, text: await answer.body.text() };
  }

  test(`AP07: is answered as the document declares (${CALLS} calls, API_FUZZ_SEED=${SEED})`, async () => {
    const check = createAnswerCheck(document);
    const around = { schemas: document.components.schemas, ids: known.any };
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): PlacedOperation => ({
        method,
        path,
        operation,
      })),
    );
    const any = fc.oneof(
      ...operations.map((one) =>
        requestTo(one, around).map((request) => ({ request, name: one.operation.operationId })),
      ),
    );
    const little = await origin.token(await origin.app({ scopes: ['settings:read'] }));
    const faults = new Map<string, string>();
    const seen = new Map<string, number[]>();
    let token = '';
    let calls = 0;
    const property = fc.asyncProperty(any, async ({ request, name }) => {
      if (calls % CALLS_PER_APP === 0) token = await origin.token(await origin.app());
      calls += 1;
      const answer = await send(request, { shop: token, little, bad: 'bad' });
      const path = belowApi(new URL(request.path, origin.url).pathname);
      const fault = answer.status >= 500 ? 'it broke' : check(request.method, path, answer);
      if (fault !== undefined)
        faults.set(`${name} ${answer.status} ${fault.slice(0, 60)}`, `${fault}\n${shown(request)}`);
      seen.set(name, [...(seen.get(name) ?? []), answer.status]);
      remember(path, answer);
    });
    await fc.assert(property, { numRuns: CALLS, seed: SEED, endOnFailure: true });
    expect([...faults.values()]).toEqual([]);
    // Not all were refused: nearly every operation did what it is for.
    const never = [...seen].filter(([, statuses]) => statuses.every((status) => status >= 300));
    expect(never.map(([name]) => name).slice(NEVER_MAX)).toEqual([]);
    expect(seen.size).toBe(operations.length);
  }, 3_600_000);

  function remember(path: string, { status, mediaType, text, etag }: Told): void {
    known.learn('etag', etag);
    if (status >= 300 || text === '' || mediaType?.split(';')[0] !== 'application/json') return;
    const [list = '', , inner = list] = path.split('/').slice(1);
    known.learnFrom(JSON.parse(text), inner);
  }
});

/** What a path that leads out of the API leads to is no operation. */
const belowApi = (pathname: string): string =>
  pathname.startsWith('/api/v1/') ? pathname.slice('/api/v1'.length) : pathname;

const shown = ({ body, ...request }: AnyRequest): string =>
  `${JSON.stringify(request)}\n${String(body).slice(0, 1_000)}`;
