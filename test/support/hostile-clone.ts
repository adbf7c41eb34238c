import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { commitAll, git, makeFolder, writeFiles } from './repository.ts';

/** What no output may contain: the content of a file beside the clone. */
export const FOREIGN = 'content-of-a-foreign-file-4711';

/** A clone between other folders: whatever a run does to them, or starts, is seen. */
export type Surroundings = {
  clone: string;
  env(more: Record<string, string>): Record<string, string>;
  /** Every file and link around the clone and in it, with its content. */
  state(): string[];
};

/** One way of attack: what an app of its own holds. `OUTER` stands for the folder around the clone, `OUTERNAME` for its name, `SERVER` for a server. */
export type Attack = {
  id: string;
  /** In the app's folder. */
  files: Record<string, string>;
  /** Links in the app's folder. */
  links?: Record<string, string>;
  /** A part of what is said. */
  says: string;
  /** Where; the app's kustomization.yaml unless given. */
  file?: string;
};

const PLUGIN = `name: evil
version: 0.1.0
usage: x
description: x
command: "$HELM_PLUGIN_DIR/../../../../evil.sh"
downloaders:
  - command: ../../../../evil.sh
    protocols: [evil]
`;

/** Writes the clone: an app for each attack, a program that leaves a trace, a helm plugin, a payload. */
export function hostileClone(attacks: readonly Attack[], server: string): Surroundings {
  const outer = makeFolder();
  const clone = path.join(outer, 'clone');
  const fill = (text: string): string =>
    text
      .replaceAll('OUTERNAME', path.basename(outer))
      .replaceAll('OUTER', outer)
      .replaceAll('SERVER', server);
  writeFiles(outer, {
    'foreign.env': `LEAK=${FOREIGN}\n`,
    'foreign/Chart.yaml': 'apiVersion: v2\nname: foreign\nversion: 1.0.0\n',
    'foreign/templates/a.yaml': `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${FOREIGN}}\n`,
    'clone/.slipway/config.yaml': 'gateway: {name: web, namespace: web}\ndomains: [example.test]\n',
    'home/.profile': '# of the person\n',
    'clone/evil.sh': fill('#!/bin/sh\ntouch OUTER/ran\ncat\n'),
    'clone/config/.data/plugins/evil/plugin.yaml': PLUGIN,
  });
  chmodSync(path.join(clone, 'evil.sh'), 0o755);
  for (const { id, files, links = {} } of attacks) {
    const app = path.join(clone, 'production', id);
    const filled = Object.entries(files).map(([file, text]) => [file, fill(text)]);
    writeFiles(app, {
      'kustomization.yaml': 'resources: [ok.yaml]\n',
      'ok.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ok}\ndata: {LEAK: none}\n',
      ...Object.fromEntries(filled),
    });
    for (const [link, target] of Object.entries(links)) {
      mkdirSync(path.dirname(path.join(app, link)), { recursive: true });
      symlinkSync(fill(target), path.join(app, link));
    }
  }
  git(clone, 'init', '--quiet', '--initial-branch=main', '--template=');
  commitAll(clone);
  return {
    clone,
    env: more => ({ ...more, HOME: path.join(outer, 'home') }),
    state: () => stateOf(outer),
  };
}

/** Links are named, never followed. */
function stateOf(folder: string, below = ''): string[] {
  return readdirSync(path.join(folder, below), { withFileTypes: true })
    .filter(({ name }) => name !== '.git')
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(entry => {
      const name = path.join(below, entry.name);
      const file = path.join(folder, name);
      if (entry.isSymbolicLink()) return [`${name} -> ${readlinkSync(file)}`];
      if (entry.isDirectory()) return [`${name}/`, ...stateOf(folder, name)];
      if (!entry.isFile()) return [`${name} special`];
      return [`${name} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`];
    });
}
