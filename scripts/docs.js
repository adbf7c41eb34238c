// `npm run docs`: writes what the documents say of the rules from the rules themselves. Node 20 runs no TypeScript.
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const outfile = fileURLToPath(new URL(`.docs-${process.pid}.mjs`, import.meta.url));
await build({
  entryPoints: [fileURLToPath(new URL('rule-docs.ts', import.meta.url))],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
});
try {
  const { writeRuleDocs } = await import(outfile);
  await writeRuleDocs(fileURLToPath(new URL('..', import.meta.url)));
} finally {
  await rm(outfile, { force: true });
}
