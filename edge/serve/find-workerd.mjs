/**
 * Finds the workerd binary in its platform package. The `workerd` package itself relies on an install
 * script, and those may be switched off.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PACKAGES = {
  'linux x64': 'workerd-linux-64',
  'linux arm64': 'workerd-linux-arm64',
  'darwin x64': 'workerd-darwin-64',
  'darwin arm64': 'workerd-darwin-arm64',
  'win32 x64': 'workerd-windows-64',
};

/**
 * @returns {string} the path of the binary
 * @throws {Error} when there is none for this platform
 */
export function findWorkerd() {
  const name =
    PACKAGES[/** @type {keyof typeof PACKAGES} */ (`${process.platform} ${process.arch}`)];
  if (!name) throw new Error(`workerd does not run on ${process.platform} ${process.arch}`);
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve(`@cloudflare/${name}/package.json`));
  const binary = join(folder, 'bin', process.platform === 'win32' ? 'workerd.exe' : 'workerd');
  if (!existsSync(binary)) throw new Error(`no workerd in ${folder}`);
  return binary;
}
