/**
 * An origin that answers real HTTP on a suite's database, and ways to ask it as apps do. AP06: every answer
 * of the management API that any suite gets from it is held against the OpenAPI document, which does what a
 * validating proxy would do, for whoever asks and however they do.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { pino } from 'pino';
import { createApp } from '../src/app.ts';
import { createApp as createClient, type NewApp } from '../src/auth/apps/create.ts';
import { createClientAddressOf } from '../src/auth/client-address.ts';
import { createSignInServer } from '../src/auth/sign-in-server.ts';
import { createInbox } from '../src/exchange/inbox.ts';
import { describeApi } from '../src/http/management/describe-api.ts';
import { operations } from '../src/http/management/operations.ts';
import { createFileIntake, type FileIntake } from '../src/http/management/receive-file.ts';
import type { RequestWatch } from '../src/http/watch-requests.ts';
import type { Context } from '../src/domain/context.ts';
import { holdToContract, type Contract } from './hold-to-contract.ts';

const FILE_MAX_BYTES = 1_000_000;
export const TEST_SECRET = 'a secret of tests, 32 letters or more';

/** An origin that listens. */
export interface OAuthOrigin {
  url: string;
  /** Makes an app of the shop `acme`, or of another. */
  app: (app?: Partial<NewApp>, appKey?: string) => Promise<TestApp>;
  /** Posts a form to one of its paths. */
  post: (path: string, form: Record<string, string>, headers?: HeadersInit) => Promise<Response>;
  /** A token that an app got for itself. */
  token: (app: TestApp, scope?: string) => Promise<string>;
  /** @throws Error where an answer was not what the OpenAPI document declares */
  close: () => Promise<void>;
}

/** An app with its secret. */
export interface TestApp {
  clientId: string;
  secret: string;
}

/** Starts an origin on a free port. */
export async function startOAuthOrigin(
  context: Context,
  {
    watch,
    issuer,
    edgeSecret = '',
    ...given
  }: {
    watch?: RequestWatch;
    issuer?: string;
    intake?: FileIntake;
    /** What edges prove their clients' addresses with. */
    edgeSecret?: string;
  } = {},
): Promise<OAuthOrigin> {
  const log = pino({ level: 'silent' });
  let contract: Contract | undefined;
  const server = serve({
    fetch: (request, env) => contract?.answer(request, env) ?? new Response(null, { status: 503 }),
    hostname: '127.0.0.1',
    port: 0,
  });
  await new Promise((resolve) => {
    server.once('listening', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { db, now } = context;
  const secrets = [TEST_SECRET];
  const clientAddressOf = createClientAddressOf(edgeSecret, now);
  const signIn = createSignInServer({
    db,
    now,
    log,
    issuer: issuer ?? url,
    secrets,
    clientAddressOf,
  });
  const folder = await mkdtemp(join(tmpdir(), 'plaudit-inbox-'));
  const intake = given.intake ?? createFileIntake(createInbox(folder, FILE_MAX_BYTES), () => {});
  contract = holdToContract(
    createApp({ domain: context, log, signIn, clientAddressOf, intake, ...(watch && { watch }) }),
    describeApi(Object.entries(operations)),
  );
  const post: OAuthOrigin['post'] = (path, form, headers = {}) =>
    fetch(url + path, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
      redirect: 'manual',
    });
  return {
    url,
    post,
    app: async (wanted = {}, appKey = 'acme') => {
      const kind = { redirectUris: [], isPublic: false, isShopItself: false };
      const base = { name: 'Test', scopes: [], ...kind };
      const { clientId, secret = '' } = await createClient(context, appKey, { ...base, ...wanted });
      return { clientId, secret };
    },
    token: async (client, scope) => {
      const form = { grant_type: 'client_credentials', ...(scope !== undefined && { scope }) };
      const answer = await post('/oauth/token', form, { authorization: basic(client) });
      if (answer.status !== 200) throw new Error(`No token: ${await answer.text()}`);
      return ((await answer.json()) as { access_token: string }).access_token;
    },
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await rm(folder, { recursive: true, force: true });
      contract?.check();
    },
  };
}

/** RFC 6749 §2.3.1: both parts are form-encoded first. */
export const basic = ({ clientId, secret }: TestApp): string =>
  `Basic ${Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(secret)}`).toString('base64')}`;
