import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Text } from '../../src/text/language.ts';
import { say } from '../../src/locales/say.ts';
import { describeRenderer } from '../../src/render/rendered-with.ts';
import { parseReleaseName } from '../../src/repository/names.ts';

describe('counted words', () => {
  test.each([
    [say('check.templatesLeftOut', { templates: 1 }).en, /^1 template file was left out/],
    [say('check.templatesLeftOut', { templates: 3 }).en, /^3 template files were left out/],
    [
      say('check.valuesFilesNotComparedTheir', { unknownDefaults: 1 }).en,
      /^1 values file was not .* the defaults/,
    ],
    [say('check.notRendered', { count: 1, apps: 1 }).en, /^1 of 1 app was not rendered/],
    [say('check.notRendered', { count: 2, apps: 5 }).en, /^2 of 5 apps were not rendered/],
  ])('%s', (sentence, expected) => expect(sentence).toMatch(expected));
});

describe('Chinese all the way', () => {
  test('a Latin word that is put behind a Chinese one keeps its distance, a Chinese one does not', () => {
    const about = (what: Text): string => say('repository.cannotBe', { input: 'X', what })['zh-CN'];
    expect(about(say('repository.aReleaseName'))).toBe('"X" 不能用作 release 名称');
    expect(about(say('repository.aHost'))).toBe('"X" 不能用作主机名');
    expect(() => parseReleaseName('Bad Name')).toThrow(
      expect.objectContaining({
        texts: expect.objectContaining({
          message: expect.objectContaining({ 'zh-CN': expect.stringContaining('不能用作 release 名称') }),
        }),
      }),
    );
  });

  test('where nobody says for which Kubernetes, the default is named in the language of the run', () => {
    const tools = { kind: 'inside', kustomize: '5.7.1', helm: '4.0.0', kubernetes: 'v1.36.0' } as const;
    const from = (kubernetesFrom: string) => describeRenderer({ ...tools, kubernetesFrom });
    expect(from(say('repository.default').en)['zh-CN']).toContain('v1.36.0（默认）');
    expect(from(say('repository.default').en).en).toContain('v1.36.0 (default)');
    expect(from('default.yaml')['zh-CN']).toContain('（default.yaml）');
  });

  test('why nothing was rendered is told in the language of the run', () => {
    const told = say('rules.notRendered', { reason: say('render.kustomizeNotInstalled') })['zh-CN'];
    expect(told).toContain('kustomize');
    expect(told).not.toContain('is not installed');
  });

  test('what is told beside a file of a preview stands in the catalogues', () => {
    const folder = 'src/features';
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file =>
      file.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(50);
    const written = files.filter(file =>
      /\bwhy(?::| =) '[^']+'/.test(readFileSync(path.join(folder, file), 'utf8')),
    );
    expect(written).toEqual([]);
  });
});
