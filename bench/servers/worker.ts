/** Workers that do next to nothing: what they cost is workerd's own share. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEdge } from '../../edge/serve/start-edge.mjs';
import { pinToCore } from '../measure/process-tree.ts';
import { SERVER_CORE, type Server } from './server.ts';

/** Written by workerd itself. */
const NOT_OURS = new Set(['connection', 'date', 'transfer-encoding', 'content-length']);

/** Returns the same bytes and the same fields whatever it is asked: no hit can cost less. */
export async function startNullWorker(answer: Response): Promise<Server> {
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !NOT_OURS.has(name)));
  const body = Buffer.from(await answer.arrayBuffer()).toString('base64');
  return startWorker(
    'null Worker',
    `const body = Uint8Array.from(atob(${JSON.stringify(body)}), (c) => c.charCodeAt(0)).buffer;
    const headers = ${JSON.stringify(headers)};
    export default { fetch: () => new Response(body, { headers, encodeBody: 'manual' }) };`,
  );
}

/** Asks the origin the same question and hands its answer on: no miss can cost less. */
export const startPassThroughWorker = (origin: string): Promise<Server> =>
  startWorker(
    'pass-through',
    `export default { fetch: (request) => fetch(${JSON.stringify(origin)} + new URL(request.url).pathname) };`,
  );

/** Takes the answer in whole before it hands it on, as every cache must that stores nothing cut short. */
export const startTakingInWorker = (origin: string): Promise<Server> =>
  startWorker(
    'takes it in',
    `export default {
      async fetch(request) {
        const response = await fetch(${JSON.stringify(origin)} + new URL(request.url).pathname);
        return new Response(await response.arrayBuffer(), { headers: response.headers });
      },
    };`,
  );

async function startWorker(name: string, script: string): Promise<Server> {
  const distDir = mkdtempSync(join(tmpdir(), 'plaudit-worker-'));
  mkdirSync(join(distDir, 'edge'));
  writeFileSync(join(distDir, 'edge', 'worker.js'), script);
  try {
    const { url, pid = 0, stop } = await startEdge({ origin: 'http://127.0.0.1:9', distDir });
    pinToCore(pid, SERVER_CORE);
    return { name, url, pid, stop };
  } finally {
    rmSync(distDir, { recursive: true, force: true });
  }
}
