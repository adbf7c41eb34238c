import { describe, expect, test } from 'vitest';
import { APPS, BROKEN } from './apps.ts';
import { bytesOf, canCompare, kustomizeBuild, openRenderer } from './support.ts';

if (!canCompare) process.stderr.write('skipping the comparison of the renderer with helm and kustomize\n');

describe.skipIf(!canCompare)(
  'the renderer gives what the command-line tools of the same versions give',
  () => {
    test('there are enough apps', () => {
      expect(APPS.length).toBeGreaterThanOrEqual(30);
      expect(new Set(APPS.map(({ name }) => name)).size).toBe(APPS.length);
    });

    test.each(APPS)('$name', async ({ name, files }) => {
      const folder = `production/${name}`;
      const expected = kustomizeBuild(files, folder);
      expect(expected).toMatchObject({ code: 0 });
      expect(expected.stdout).not.toBe('');
      const { manifests, warnings } = await openRenderer().build(bytesOf(files), folder);
      expect(manifests).toBe(expected.stdout);
      // Those that look something up, and no others.
      const asks = Object.values(files).some(text => text.includes('lookup'));
      const warning = 'chart web looks v1 Secret up in the cluster: it was rendered as if there were none';
      expect(warnings).toEqual(asks ? [warning] : []);
    });

    test.each(BROKEN)('$name', async ({ name, files, says }) => {
      const folder = `production/${name}`;
      const expected = kustomizeBuild(files, folder);
      expect(expected.code).toBe(1);
      expect(expected.stderr).toContain(says);
      await expect(openRenderer().build(bytesOf(files), folder)).rejects.toMatchObject({
        code: 'E_RENDER',
        message: expect.stringContaining(says) as unknown,
      });
    });
  },
);
