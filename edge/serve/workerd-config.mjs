/** Writes the configuration that runs the built Worker on plain workerd, in Cap'n Proto's text format. */

/** As in `wrangler.toml`. */
const COMPATIBILITY_DATE = '2026-11-01';

/**
 * @typedef {object} EdgeConfig
 * @property {string} worker path of the built Worker, relative to the configuration
 * @property {string} assetsDir absolute path of the static files
 * @property {string} address `host:port` to listen on; port 0 takes a free one
 * @property {Record<string, string>} vars text bindings
 */

/** @param {string} value */
const text = (value) => JSON.stringify(value);

/**
 * @param {EdgeConfig} config
 * @returns {string}
 */
export function toWorkerdConfig({ worker, assetsDir, address, vars }) {
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
