/** What a shop's developer gets: examples that compile, and nothing in a bundle that is not used. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';

const SDK = fileURLToPath(new URL('..', import.meta.url));
/** Where packages are found, and nothing is committed. */
const EXAMPLES = join(SDK, 'dist/.readme');

describe('the README', async () => {
  const readme = await readFile(join(SDK, 'README.md'), 'utf8');
  const examples = [...readme.matchAll(/```(tsx?)\n(.*?)```/gs)];

  test.each(Object.keys(await readExports()))('has an example of %s', (path) => {
    const name = path.replace('.', '@plaudit/sdk');
    expect(examples.some(([, , code]) => code?.includes(`from '${name}'`))).toBe(true);
  });

  test('has examples that compile, one by one', async () => {
    await rm(EXAMPLES, { recursive: true, force: true });
    await mkdir(EXAMPLES, { recursive: true });
    const config = {
      extends: '../../../tsconfig.base.json',
      compilerOptions: {
        lib: ['es2024', 'dom'],
        types: ['node'],
        jsx: 'react-jsx',
        noUnusedLocals: false,
      },
      // The sources' own modules, which no package brings.
      include: ['*.ts', '*.tsx', '../../src/*.d.ts'],
    };
    await writeFile(join(EXAMPLES, 'tsconfig.json'), JSON.stringify(config));
    await Promise.all(
      examples.map(([, extension = '', code = ''], index) =>
        writeFile(join(EXAMPLES, `example-${index}.${extension}`), code),
      ),
    );
    const tsc = join(SDK, '../node_modules/typescript/bin/tsc');
    const { stdout } = await promisify(execFile)(process.execPath, [
      tsc,
      '--noEmit',
      '--project',
      EXAMPLES,
    ]).catch((error: { stdout: string }) => error);
    await rm(EXAMPLES, { recursive: true });
    expect(stdout).toBe('');
  });
});

async function readExports(): Promise<Record<string, unknown>> {
  const text = await readFile(join(SDK, 'package.json'), 'utf8');
  return (JSON.parse(text) as { exports: Record<string, unknown> }).exports;
}

describe('a bundle', () => {
  async function bundle(code: string): Promise<string> {
    const { outputFiles } = await build({
      stdin: { contents: code, resolveDir: SDK },
      bundle: true,
      write: false,
      format: 'esm',
      minify: true,
      external: ['react'],
      conditions: ['@plaudit/source'],
    });
    return outputFiles[0]?.text ?? '';
  }

  test('of one operation leaves out the others', async () => {
    const code = await bundle(
      "import { openShop, readSettings } from '@plaudit/sdk'; export { openShop, readSettings };",
    );
    expect(code).toContain('/settings');
    expect(code).not.toMatch(/POST|ratings|products/);
  });

  test('of one component leaves out the others', async () => {
    const code = await bundle("export { Badge } from '@plaudit/sdk/react';");
    expect(code).toContain('plaudit-badge');
    expect(code).not.toMatch(/plaudit-(gallery|tab|reviews)|plaudit\.js/);
  });
});
