/**
 * The least client the suite can work with. Node's own `fetch` adds cache directives to conditional
 * requests, as its standard demands, and would test itself.
 */
import { request } from 'node:http';

/** As the suite's own client, node-fetch, sends when it is told nothing. */
const DEFAULT_FIELDS = { accept: '*/*', 'accept-encoding': 'gzip,deflate', connection: 'close' };

/**
 * @param {string} url
 * @param {{ method?: string, headers?: [string, string][], body?: string }} [init]
 */
export function plainFetch(url, { method = 'GET', headers = [], body } = {}) {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent: false });
    for (const [name, value] of Object.entries(DEFAULT_FIELDS)) outgoing.setHeader(name, value);
    for (const [name, value] of joined(headers)) outgoing.setHeader(name, value);
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const bytes = Buffer.concat(chunks);
        resolve({
          status: response.statusCode ?? 0,
          statusText: response.statusMessage ?? '',
          headers: toHeaders(response.rawHeaders),
          text: () => Promise.resolve(bytes.toString('utf8')),
        });
      });
    });
    outgoing.end(body);
  });
}

/**
 * Lines of one field become one value, in order.
 * @param {[string, string][]} headers
 * @returns {Map<string, string>}
 */
function joined(headers) {
  /** @type {Map<string, string>} */
  const map = new Map();
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    const before = map.get(key);
    map.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return map;
}

/** @param {string[]} raw */
function toHeaders(raw) {
  const map = joined(
    Array.from({ length: raw.length / 2 }, (_, index) => [
      raw[2 * index] ?? '',
      raw[2 * index + 1] ?? '',
    ]),
  );
  return {
    /** @param {string} name */
    get: (name) => map.get(name.toLowerCase()) ?? null,
    /** @param {string} name */
    has: (name) => map.has(name.toLowerCase()),
    /** @param {(value: string, name: string) => void} visit */
    forEach: (visit) => map.forEach(visit),
    [Symbol.iterator]: () => map[Symbol.iterator](),
  };
}
