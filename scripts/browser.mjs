/** Finds the Chromium that the browser tests drive, and installs it where that can be done unasked. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {string | undefined} the path of a Chromium on this machine */
export function findBrowser() {
  const named = process.env['CHROMIUM_PATH'];
  return [...(named ? [named] : []), ...CANDIDATES].find((path) => existsSync(path));
}

/** Makes sure there is a browser; on Debian as root it is installed, elsewhere the error says how. */
export function ensureBrowser() {
  if (!findBrowser() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('Installing Chromium …');
    /** @type {import('node:child_process').ExecFileSyncOptions} */
    const options = {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
      options,
    );
  }
  const browser = findBrowser();
  if (!browser) {
    console.error(
      'The browser tests need Chromium: install it (apt-get install chromium), or name one in CHROMIUM_PATH.',
    );
    process.exit(1);
  }
  process.env['CHROMIUM_PATH'] = browser;
}
