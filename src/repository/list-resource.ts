import path from 'node:path';
import { editKustomization, type EditStyle } from './kustomization-edit.ts';
import type { Text } from '../text/language.ts';
import type { Drafts } from './drafts.ts';
import { say } from '../locales/say.ts';

export type ListContext = { drafts: Drafts; style: EditStyle; t(text: Text): string };

/** Lists a file under `resources` of a kustomization, unless it is there. */
export async function listResource(
  { drafts, style, t }: ListContext,
  kustomization: string,
  file: string,
): Promise<void> {
  const item = path.posix.relative(path.posix.dirname(kustomization), file);
  const text = editKustomization({
    text: (await drafts.read(kustomization)) ?? '',
    path: kustomization,
    changes: [{ kind: 'add', section: 'resources', item }],
    style,
  });
  await drafts.write({ path: kustomization, text, why: t(say('repository.lists', { item })) });
}
