import { rmSync } from 'node:fs';
import path from 'node:path';
import { git, makeRepository, writeFiles } from './repository.ts';

/** A folder that kustomize builds, with these files as its resources. */
export function plainApp(
  folder: string,
  resources: Record<string, string>,
  more = '',
): Record<string, string> {
  const names = Object.keys(resources);
  const files = names.map(name => [`${folder}/${name}`, resources[name] ?? ''] as const);
  const list = names.map(name => `  - ${name}\n`).join('');
  return {
    [`${folder}/kustomization.yaml`]: `namespace: ${path.basename(folder)}\nresources:\n${list}${more}`,
    ...Object.fromEntries(files),
  };
}

export function deployment(
  name: string,
  { image = `docker.io/acme/${name}:1.0.0`, env = '', replicas = 1 } = {},
): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - name: ${name}
          image: ${image}
          env: [${env}]
`;
}

export const claim = (name: string): string =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: ${name}}\nspec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}\n`;

/** A repository with one commit on `main`, and a branch that is checked out. */
export function branchedRepository(files: Record<string, string>): string {
  const root = makeRepository(files);
  git(root, 'checkout', '--quiet', '-b', 'work');
  return root;
}

/** Changes files in the work tree; undefined removes one. */
export function change(root: string, files: Record<string, string | undefined>): void {
  const written = Object.entries(files).flatMap(([file, text]) => (text === undefined ? [] : [[file, text]]));
  writeFiles(root, Object.fromEntries(written) as Record<string, string>);
  for (const [file, text] of Object.entries(files)) if (text === undefined) rmSync(path.join(root, file));
}

/** One app for each pile, and the changes that put it there. */
export function everyPile(): { files: Record<string, string>; changes: Record<string, string | undefined> } {
  const files = {
    ...plainApp('production/broken', { 'a.yaml': deployment('broken') }),
    ...plainApp('production/data', { 'a.yaml': deployment('data'), 'claim.yaml': claim('data') }),
    ...plainApp('production/open', {
      'a.yaml':
        'apiVersion: v1\nkind: Service\nmetadata: {name: open}\nspec: {type: ClusterIP, ports: [{port: 80}]}\n',
    }),
    ...plainApp('production/config', {
      'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config}\ndata: {colour: blue}\n',
    }),
    ...plainApp('production/tag', { 'a.yaml': deployment('tag') }),
    ...plainApp('production/comment', { 'a.yaml': deployment('comment') }),
    ...plainApp('production/still', { 'a.yaml': deployment('still') }),
  };
  const changes = {
    'production/broken/kustomization.yaml': 'resources:\n  - a.yaml\n  - gone.yaml\n',
    'production/data/kustomization.yaml': 'namespace: data\nresources:\n  - a.yaml\n',
    'production/data/claim.yaml': undefined,
    'production/open/a.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: open}\nspec: {type: LoadBalancer, ports: [{port: 80}]}\n',
    'production/config/a.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config}\ndata: {colour: green}\n',
    'production/tag/a.yaml': deployment('tag', { image: 'docker.io/acme/tag:1.0.1' }),
    'production/comment/a.yaml': `# what runs\n${deployment('comment')}`,
  };
  return { files, changes };
}
