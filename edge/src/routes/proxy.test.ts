import { beforeEach, describe, expect, test } from 'vitest';
import { TestEdge } from '../../test/edge.ts';
import { answerWith } from '../../test/fake-origin.ts';

const CACHED = { 'cache-control': 'max-age=60', etag: '"1"' };

let edge: TestEdge;

beforeEach(() => {
  edge = new TestEdge({ PROXY: 'on' });
  edge.origin.answers(() => answerWith('0123456789', CACHED));
});

const statusOf = (response: Response): string | null => response.headers.get('cache-status');
const get = (path: string, headers: Record<string, string> = {}) => edge.fetch(path, { headers });

describe('a path that is not Plaudit’s own', () => {
  test('is proxied through the cache, query and all', async () => {
    expect(statusOf(await get('/page?b=2&a=1'))).toContain('uri-miss');
    expect(statusOf(await get('/page?b=2&a=1'))).toContain('hit');
    expect(edge.origin.paths).toEqual(['/page?b=2&a=1']);
  });

  test('is not found where the edge is no proxy', async () => {
    edge = new TestEdge();
    expect((await get('/page')).status).toBe(404);
    expect(edge.origin.asked).toHaveLength(0);
  });

  test('gets what the client sent, less what was meant for the edge alone', async () => {
    await get('/page', { 'x-custom': '1', connection: 'x-hop', 'x-hop': '1', te: 'trailers' });
    const sent = edge.origin.asked[0]?.headers ?? new Headers();
    expect(sent.get('x-custom')).toBe('1');
    expect(sent.get('via')).toBe('1.1 plaudit');
    for (const name of ['connection', 'x-hop', 'te', 'host']) expect(sent.has(name)).toBe(false);
  });

  test('AP04: tells where the client is by what the edge knows, not by what the client says', async () => {
    const claim = { 'plaudit-client-address': '198.51.100.1', 'x-visitor': '192.0.2.1' };
    edge = new TestEdge({ PROXY: 'on', CLIENT_ADDRESS_HEADER: 'x-visitor' });
    edge.origin.answers(() => answerWith('page', CACHED));
    await get('/other', claim);
    await get('/more', { 'plaudit-client-address': '198.51.100.1' });
    expect(edge.origin.asked.map(({ headers }) => headers.get('plaudit-client-address'))).toEqual([
      '192.0.2.1',
      null,
    ]);
  });

  test('keeps its own errors, and its cookies for whom they are', async () => {
    edge.origin.answers(() => {
      const response = answerWith('teapot', {}, 500);
      response.headers.append('set-cookie', 'a=1');
      response.headers.append('set-cookie', 'b=2');
      return response;
    });
    const response = await get('/page');
    expect([response.status, await response.text()]).toEqual([500, 'teapot']);
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('may be guessed to be fresh', async () => {
    const fields = { 'last-modified': 'Mon, 01 Jan 2024 00:00:00 GMT' };
    edge.origin.answers(() => answerWith('old page', fields));
    await get('/page');
    expect(statusOf(await get('/page'))).toContain('hit');
  });

  test('with cookies is stored only where that is switched on, every line of them', async () => {
    edge = new TestEdge({ PROXY: 'on', PROXY_STORES_COOKIES: 'on' });
    edge.origin.answers(() => {
      const response = answerWith('page', CACHED);
      response.headers.append('set-cookie', 'a=1');
      response.headers.append('set-cookie', 'b=2');
      return response;
    });
    await get('/page');
    const response = await get('/page');
    expect(statusOf(response)).toContain('hit');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });
});

describe('HEAD and ranges', () => {
  test('come from the stored whole answer', async () => {
    await get('/page');
    const head = await edge.fetch('/page', { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('10');
    const part = await get('/page', { range: 'bytes=2-4' });
    expect([part.status, await part.text()]).toEqual([206, '234']);
    expect(part.headers.get('content-range')).toBe('bytes 2-4/10');
    const none = await get('/page', { range: 'bytes=10-' });
    expect([none.status, none.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    expect(edge.origin.asked).toHaveLength(1);
  });

  test('a HEAD of what is not stored is passed on and stores nothing', async () => {
    await edge.fetch('/page', { method: 'HEAD' });
    expect(edge.origin.asked[0]?.method).toBe('HEAD');
    expect(statusOf(await get('/page'))).toContain('uri-miss');
  });

  test('a range of what is not stored fetches the whole and serves the part', async () => {
    const part = await get('/page', { range: 'bytes=0-0' });
    expect([part.status, await part.text()]).toEqual([206, '0']);
    expect(await (await get('/page')).text()).toBe('0123456789');
    expect(edge.origin.asked).toHaveLength(1);
  });
});

describe('what a client asks of the cache', () => {
  test('is obeyed here', async () => {
    await get('/page');
    expect(statusOf(await get('/page', { 'cache-control': 'no-cache' }))).toContain('fwd=request');
    expect(statusOf(await get('/page', { 'cache-control': 'no-store' }))).toContain('fwd=request');
    const nothing = await get('/other', { 'cache-control': 'only-if-cached' });
    expect(nothing.status).toBe(504);
    expect(edge.origin.asked).toHaveLength(3);
  });
});

describe('a write', () => {
  const write = (method: string, path = '/page') => edge.fetch(path, { method, body: 'x' });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'PURGE'])(
    'with %s makes its target out of date',
    async (method) => {
      await get('/page');
      await write(method);
      expect(statusOf(await get('/page'))).toContain('uri-miss');
    },
  );

  test('that fails changes nothing', async () => {
    await get('/page');
    edge.origin.answers(() => answerWith('no', {}, 500));
    await write('POST');
    expect(statusOf(await get('/page'))).toContain('hit');
  });

  test.each(['location', 'content-location'])(
    'makes out of date what its %s names, on this origin only',
    async (name) => {
      await get('/other');
      edge.origin.answers(() => answerWith('ok', { [name]: 'https://elsewhere.example/other' }));
      await write('POST');
      expect(statusOf(await get('/other'))).toContain('hit');
      edge.origin.answers(() => answerWith('ok', { [name]: '../other' }));
      await write('POST', '/some/page');
      expect(statusOf(await get('/other'))).toContain('uri-miss');
    },
  );

  test('that answers with its own page may be stored as that', async () => {
    edge.origin.answers(() => answerWith('page', { ...CACHED, 'content-location': '/page' }));
    await write('POST');
    const response = await get('/page');
    expect([await response.text(), statusOf(response)?.includes('hit')]).toEqual(['page', true]);
  });

  test('whose answer has no lifetime is not stored', async () => {
    edge.origin.answers(() => answerWith('page', { 'content-location': '/page' }));
    await write('POST');
    expect(statusOf(await get('/page'))).toContain('uri-miss');
  });
});
