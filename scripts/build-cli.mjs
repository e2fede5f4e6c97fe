/** `npm run build`. */
import { withToolchain } from './toolchain.mjs';

await withToolchain(import.meta.url, async () => {
  const { build, buildPackages } = await import('./build.mjs');
  const isNew = await build();
  await buildPackages();
  console.log(
    isNew ? 'Built.' : 'Built the packages; nothing else has changed since the last build.',
  );
});
