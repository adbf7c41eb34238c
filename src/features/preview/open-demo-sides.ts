import { joinAll, updateFile } from '../../change-set.ts';
import type { CommandContext } from '../../cli/command-context.ts';
import { changedFiles } from '../../render/changed-files.ts';
import { readRepository } from '../../repository/read-repository.ts';
import type { Sides } from '../../cli/open-sides.ts';

/** What the branch of the demo does: one thing for each pile that a reviewer should have seen once. */
const BRANCH: readonly { path: string; from: string; to: string }[] = [
  { path: 'production/notes/kustomization.yaml', from: '- resources/pvc.yaml\n', to: '' },
  { path: 'production/gateway/resources/gateway.yaml', from: '*.a.campus', to: '*.b.campus' },
  { path: 'production/wiki/kustomization.yaml', from: 'version: 1.2.0', to: 'version: 1.3.0' },
  { path: 'production/wiki/values/guestbook-1.2.0.yaml', from: 'tag: "1.27"', to: 'tag: "1.29"' },
  { path: 'production/notes/resources/deployment.yaml', from: 'notes:0.9.2', to: 'notes:0.9.3' },
];

/** The demo, and the same with the changes of a branch that nobody made: nothing is written for it. */
export async function openDemoSides({
  files,
  gitops,
}: Pick<CommandContext, 'files' | 'gitops'>): Promise<Sides> {
  const { repository } = gitops;
  const updates = BRANCH.flatMap(({ path, from, to }) => {
    const text = repository.text.get(path);
    if (text?.includes(from) !== true) return [];
    return [updateFile({ path, before: text, content: text.replace(from, to), why: '' })];
  });
  const later = changedFiles(files, joinAll(updates));
  return {
    base: { name: 'main', commit: undefined },
    head: { name: 'demo', commit: undefined },
    before: { files, repository },
    after: { files: later, repository: (await readRepository(later)).repository },
    changed: new Set(BRANCH.map(({ path }) => path)),
  };
}
