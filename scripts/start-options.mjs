/** What `npm start` was asked for: its options and ports, checked before anything is started. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `Usage: npm start [-- OPTIONS]

Starts origin, edge and demo store on 127.0.0.1 with everything embedded.

  --import FILE…        show a store over these review files instead of the demo shop
  --rating-scale N      the files rate from 1 to N (passed to the importer)
  --date-format FORMAT  how the files write dates, such as dd/mm/yyyy (passed to the importer)
  --map COLUMN=FIELD    where a field stands, repeatable (passed to the importer)
  --credit TEXT         whom to credit for the imported texts; shown on every page of the store
  --help                this text

Environment: STORE_PORT (3000), EDGE_PORT (8787), ORIGIN_PORT (8788), DATA_DIR (./.data),
DATABASE_URL (Postgres instead of the embedded database).
`;

/**
 * @typedef {object} StartOptions
 * @property {string[]} files to import, absolute
 * @property {string[]} importerArgs options that the importer reads
 * @property {string} credit
 * @property {boolean} help
 */

const PASSED_ON = /** @type {const} */ ([
  'rating-scale',
  'date-format',
  'map',
  'format',
  'delimiter',
]);

const OPTIONS = /** @type {const} */ ({
  import: { type: 'string', multiple: true },
  'rating-scale': { type: 'string', multiple: true },
  'date-format': { type: 'string', multiple: true },
  map: { type: 'string', multiple: true },
  format: { type: 'string', multiple: true },
  delimiter: { type: 'string', multiple: true },
  credit: { type: 'string', default: '' },
  help: { type: 'boolean', short: 'h', default: false },
});

/** @param {string[]} args */
function readArguments(args) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    return fail(
      `${error instanceof Error ? error.message : String(error)}\nSee npm start -- --help.`,
    );
  }
}

/**
 * Reads the command line; whatever is wrong with it ends the process with status 2.
 * @param {string[]} args
 * @returns {StartOptions}
 */
export function parseArguments(args) {
  const { values, positionals } = readArguments(args);
  const imports = values.import ?? [];
  if (positionals.length > 0 && imports.length === 0) {
    fail(`Unknown argument ${positionals[0]}. See npm start -- --help.`);
  }
  const files = imports.concat(positionals).map((file) => resolve(file));
  for (const file of files) if (!existsSync(file)) fail(`There is no file ${file}.`);
  const importerArgs = PASSED_ON.flatMap((name) =>
    (values[name] ?? []).flatMap((value) => [`--${name}`, value]),
  );
  return { files, importerArgs, credit: values.credit, help: values.help };
}

/**
 * @param {string} message
 * @returns {never}
 */
export function fail(message) {
  console.error(message);
  process.exit(2);
}

/**
 * @param {string} name of the environment variable
 * @param {number} standard
 */
export function readPort(name, standard) {
  const port = Number(process.env[name] ?? standard);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) fail(`${name} must be a port number.`);
  return port;
}
