/** Writes the configuration that runs the built Worker on plain workerd, in Cap'n Proto's text format. */

/** As in `wrangler.toml`. */
const COMPATIBILITY_DATE = '2026-11-01';

/** Half of the room for what is young: a share of the memory for answers, within bounds in MB. */
const YOUNG_MB = { share: 1 / 8, min: 16, max: 64 };

/**
 * @typedef {object} EdgeConfig
 * @property {string} worker path of the built Worker, relative to the configuration
 * @property {string} assetsDir absolute path of the static files
 * @property {string} address `host:port` to listen on; port 0 takes a free one
 * @property {number} memoryBytes for answers
 * @property {Record<string, string>} vars text bindings
 */

/** @param {string} value */
const text = (value) => JSON.stringify(value);

/**
 * How V8 collects garbage. workerd has it stop the world to mark the whole heap, and ours is large. What
 * a request leaves behind dies young where the young have room; else it is promoted, and only the next
 * full mark finds it dead.
 * @param {number} memoryBytes
 * @returns {string[]}
 */
function v8Flags(memoryBytes) {
  const wanted = Math.round((memoryBytes / 2 ** 20) * YOUNG_MB.share);
  const young = Math.min(YOUNG_MB.max, Math.max(YOUNG_MB.min, wanted));
  return [`--min-semi-space-size=${young}`, `--max-semi-space-size=${young}`];
}

/**
 * @param {EdgeConfig} config
 * @returns {string}
 */
export function toWorkerdConfig({ worker, assetsDir, address, memoryBytes, vars }) {
  const bindings = Object.entries(vars).map(
    ([name, value]) => `    ( name = ${text(name)}, text = ${text(value)} ),`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    ( name = "edge", worker = .edge ),
    # The origin stands beside the edge as often as on the other side of the world.
    ( name = "internet", network = (
      allow = ["public", "private", "local"],
      tlsOptions = ( trustBrowserCas = true )
    ) ),
    ( name = "assets", disk = ( path = ${text(assetsDir)} ) ),
  ],
  v8Flags = [${v8Flags(memoryBytes).map(text).join(', ')}],
  sockets = [
    ( name = "http", address = ${text(address)}, http = (), service = "edge" ),
  ],
);

const edge :Workerd.Worker = (
  modules = [ ( name = "worker.js", esModule = embed ${text(worker)} ) ],
  compatibilityDate = ${text(COMPATIBILITY_DATE)},
  bindings = [
    ( name = "ASSETS", service = "assets" ),
${bindings.join('\n')}
  ],
);
`;
}
