import { expect, test } from 'vitest';
import { parseRepository } from '../../src/repository/parse-repository.ts';
import { selectApp } from '../../src/repository/select-apps.ts';
import { findTemplates } from '../../src/repository/templates-left-out.ts';

const SCAFFOLDER = `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
spec:
  steps:
    - action: fetch:template
      input:
        url: ./content
`;

const TEXT = new Map([
  ['library/web/Chart.yaml', 'name: web\n'],
  ['library/web/values.yaml', 'a: 1\n'],
  ['library/web/templates/deployment.yaml', '{{- if .Values.x }}\nkind: Deployment\n{{- end }}\n'],
  ['golden/service/template.yaml', SCAFFOLDER],
  ['golden/service/content/kustomization.yaml', 'namespace: ${{ values.name }}\n'],
  ['golden/service/catalog.yaml', 'kind: Component\n'],
  ['cutter/cookiecutter.json', '{}'],
  ['cutter/{{cookiecutter.app}}/kustomization.yaml', '{{ cookiecutter.x }}: 1\n'],
  ['cutter/hooks.yaml', 'a: 1\n'],
  ['copied/copier.yml', '_subdirectory: skeleton\n'],
  ['copied/skeleton/app.yaml', '[[ name ]]: 1\n'],
  ['copied/notes.yaml', 'a: 1\n'],
  ['other/template.yaml', 'kind: Template\n'],
  ['other/skeleton/app.yaml', 'a: 1\n'],
  ['production/web/kustomization.yaml', 'namespace: web\n'],
  ['production/web/templates/deployment.yaml', 'kind: Deployment\n'],
]);

test('charts and skeletons are told by what stands beside them', () => {
  const isTemplate = findTemplates(TEXT.keys(), file => TEXT.get(file));
  expect([...TEXT.keys()].filter(isTemplate)).toEqual([
    'library/web/templates/deployment.yaml',
    'golden/service/content/kustomization.yaml',
    'cutter/cookiecutter.json',
    'cutter/{{cookiecutter.app}}/kustomization.yaml',
    'cutter/hooks.yaml',
    'copied/skeleton/app.yaml',
  ]);
});

test('a copier.yml or a cookiecutter.json at the root leaves something over', () => {
  const files = ['copier.yml', 'cookiecutter.json', 'production/web/kustomization.yaml'];
  expect(files.filter(findTemplates(files, () => ''))).toEqual([]);
});

test('skeletons are neither apps nor problems', () => {
  const { apps, problems } = parseRepository(TEXT);
  expect(apps.map(({ path }) => path)).toEqual(['production/web']);
  expect(problems).toEqual([]);
});

test('an app inside of another app’s folder can be named: the same folder first, then the longest prefix', () => {
  const text = new Map(
    ['teams/a', 'teams/a/web', 'teams/a/web-admin'].map(folder => [
      `${folder}/kustomization.yaml`,
      'kind: K\n',
    ]),
  );
  const repository = parseRepository(text, ['teams', 'teams/a']);
  const named = (word: string): string => selectApp(repository, word).path;
  expect(named('teams/a')).toBe('teams/a');
  expect(named('teams/a/web')).toBe('teams/a/web');
  expect(named('./teams/a/web/')).toBe('teams/a/web');
  expect(named('teams/a/web/values/x.yaml')).toBe('teams/a/web');
  expect(named('teams/a/web-admin')).toBe('teams/a/web-admin');
  expect(named('teams/a/resources/x.yaml')).toBe('teams/a');
  expect(named('web')).toBe('teams/a/web');
});
