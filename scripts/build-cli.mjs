/** `npm run build`; with `DIGESTS_KEY_FILE`, an Ed25519 key in PEM, the list of digests is signed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signDigests } from './sign-digests.mjs';
import { root, withToolchain } from './toolchain.mjs';

await withToolchain(import.meta.url, async () => {
  const { build, buildPackages } = await import('./build.mjs');
  const isNew = await build();
  await buildPackages();
  console.log(
    isNew ? 'Built.' : 'Built the packages; nothing else has changed since the last build.',
  );
  const keyFile = process.env['DIGESTS_KEY_FILE'];
  if (keyFile === undefined) return;
  const lists = signDigests(join(root, 'dist/public/assets'), readFileSync(keyFile, 'utf8'));
  console.log(`Signed ${lists.join(', ')}.`);
});
