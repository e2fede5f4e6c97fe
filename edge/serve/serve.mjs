/** `npm run edge -- --origin URL --port N`: the edge alone, in front of any origin. */
import { parseArgs } from 'node:util';
import { startEdge } from './start-edge.mjs';

const HELP = `Runs the Plaudit edge on plain workerd, in front of any origin.
Paths that are not Plaudit's own are proxied through the cache.

  --origin URL            base URL of the origin (required)
  --port N                8787 by default; 0 takes a free one
  --host ADDRESS          127.0.0.1 by default
  --memory SIZE           for answers, 64MB by default
  --purge-secret TEXT     or PURGE_SECRET; without one, every purge is refused
  --store-cookies         keep answers with Set-Cookie too, for everyone to get
  --client-address NAME   request field that a trusted server in front sets to the visitor's address
  --trace-ratio SHARE     of the questions to the origin, those that are traced, from 0 to 1
`;

/** @param {string} text */
const say = (text) => process.stdout.write(`${text}\n`);

async function main() {
  const { values } = parseArgs({
    options: {
      origin: { type: 'string' },
      port: { type: 'string', default: '8787' },
      host: { type: 'string', default: '127.0.0.1' },
      memory: { type: 'string', default: '64MB' },
      'purge-secret': { type: 'string' },
      'client-address': { type: 'string' },
      'trace-ratio': { type: 'string' },
      'store-cookies': { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  if (values.help || !values.origin) {
    say(HELP);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const purgeSecret = values['purge-secret'] ?? process.env['PURGE_SECRET'];
  const clientAddressHeader = values['client-address'];
  const traceRatio = values['trace-ratio'];
  const edge = await startEdge({
    origin: values.origin,
    port: Number(values.port),
    host: values.host,
    memory: values.memory,
    ...(purgeSecret && { purgeSecret }),
    ...(clientAddressHeader && { clientAddressHeader }),
    ...(traceRatio && { traceRatio }),
    proxy: true,
    storeCookies: values['store-cookies'],
    log: (line) => process.stderr.write(`${line}\n`),
  });
  say(`Edge ${edge.url} in front of ${values.origin}`);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => void edge.stop());
  }
  await edge.exited;
}

main().catch((/** @type {unknown} */ error) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
