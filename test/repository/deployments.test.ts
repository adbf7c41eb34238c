import { describe, expect, test } from 'vitest';
import { findDeployments } from '../../src/repository/deployments.ts';
import { parseManifests } from '../../src/repository/manifest.ts';
import { readDocuments } from '../../src/yaml/read.ts';
import { setsOver } from '../support/sets-over.ts';

const FOLDERS = ['apps/a', 'apps/b', 'apps/b/deep', 'apps/old', 'clusters/one', 'infra/dns/app'];

/** `folder → namespace by kind`, as found. */
function deployed(text: string): string[] {
  const manifests = parseManifests([...readDocuments(text, 'x.yaml')]).map(manifest => ({
    file: 'x.yaml',
    manifest,
  }));
  return findDeployments(manifests, FOLDERS, setsOver(FOLDERS)).map(
    ({ folder, namespace, by }) => `${folder} → ${namespace ?? '?'} by ${by.kind}`,
  );
}

const flux = (spec: string): string =>
  `apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: k }\nspec: { ${spec} }\n`;
const application = (spec: string): string =>
  `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { ${spec} }\n`;
const set = (generators: string, source: string, namespace: string, more = ''): string => `
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: s }
spec:
  ${more}
  generators: ${generators}
  template: { spec: { source: { path: '${source}' }, destination: { namespace: '${namespace}' } } }
`;

describe('what deploys a folder', () => {
  test.each([
    [
      'a Flux Kustomization',
      flux('path: ./infra/dns/app, targetNamespace: dns'),
      ['infra/dns/app → dns by Kustomization'],
    ],
    ['a slash at the end', flux('path: apps/a/'), ['apps/a → ? by Kustomization']],
    ['a path that leads out', flux('path: ../apps/a'), []],
    ['a folder of another repository', flux('path: ./somewhere'), []],
    ['no path', flux('prune: true'), []],
    [
      'an Application',
      application('source: { path: apps/a }, destination: { namespace: web }'),
      ['apps/a → web by Application'],
    ],
    [
      'an Application that hydrates',
      application('sourceHydrator: { drySource: { path: apps/b } }, source: { path: apps/a }'),
      ['apps/b → ? by Application'],
    ],
    [
      'an Application of several sources',
      application('sources: [{ chart: x }, { path: apps/a }, { path: apps/b }]'),
      ['apps/a → ? by Application', 'apps/b → ? by Application'],
    ],
    [
      'git directories, less those excluded',
      set(
        '[{ git: { directories: [{ path: apps/* }, { path: apps/old, exclude: true }] } }]',
        '{{path}}',
        '{{path.basename}}',
      ),
      ['apps/a → a by ApplicationSet', 'apps/b → b by ApplicationSet'],
    ],
    [
      'in a matrix, with Go templates',
      set(
        '[{ matrix: { generators: [{ git: { directories: [{ path: apps/a }] } }, { list: { elements: [{}] } }] } }]',
        '{{ .path.path }}',
        '{{ index .path.segments 1 }}-x',
        'goTemplate: true',
      ),
      ['apps/a → a-x by ApplicationSet'],
    ],
    [
      'git files stand for their folders',
      set('[{ git: { files: [{ path: "infra/**/config.json" }] } }]', '{{path}}', '{{team}}'),
      ['infra/dns/app → ? by ApplicationSet'],
    ],
    [
      'a list',
      set(
        '[{ list: { elements: [{ values: { at: apps/b, ns: two } }, { values: { at: nowhere } }] } }]',
        '{{values.at}}',
        '{{ values.ns }}',
      ),
      ['apps/b → two by ApplicationSet'],
    ],
    ['what nobody can fill in', set('[{ clusters: {} }]', 'apps/{{name}}', 'x'), []],
  ])('%s', (_, text, expected) => {
    expect(deployed(text)).toEqual(expected);
  });

  test('a kustomization of kustomize and kinds of other groups deploy nothing', () => {
    expect(
      deployed(
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nmetadata: { name: k }\nspec: { path: apps/a }\n---\n' +
          'apiVersion: app.k8s.io/v1beta1\nkind: Application\nmetadata: { name: a }\nspec: { source: { path: apps/a } }\n',
      ),
    ).toEqual([]);
  });
});
