import { posix } from 'node:path';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { display } from '../../text/display.ts';
import type { Drafts } from '../drafts.ts';
import { KUSTOMIZATION_FILES } from '../kustomization.ts';
import { editKustomization, type EditStyle, type KustomizationChange } from '../kustomization-edit.ts';
import { CHANGED_SECTIONS } from './definition.ts';
import type { MadeChange, MadeTree } from './render.ts';

type Planning = { drafts: Drafts; style: EditStyle; why: string };

/**
 * Puts what a generator made into drafts: files that are new, and what it adds to kustomizations.
 * @throws UserError E_EXISTS for a file that is there and says something else; E_GENERATOR for a kustomization that is not there
 */
export async function planMade(planning: Planning, { files, changes }: MadeTree): Promise<void> {
  const { drafts, why } = planning;
  const taken: string[] = [];
  for (const [path, text] of files) {
    const present = await drafts.read(path);
    if (present === undefined) await drafts.write({ path, text, why });
    else if (present.replaceAll('\r\n', '\n') !== text) taken.push(path);
  }
  if (taken.length > 0)
    throw new UserError(
      'E_EXISTS',
      say('generators.wouldOverwrite', { files: taken.map(display).join(', ') }),
      {
        hint: say('generators.updateInstead'),
        subject: taken[0] ?? '',
      },
    );
  for (const change of changes) await planChange(planning, change);
}

/** Adds to one kustomization what it does not have yet. @throws UserError as `planMade` does */
export async function planChange({ drafts, style, why }: Planning, change: MadeChange): Promise<void> {
  const path = await fileOfChange(drafts, change);
  const text = (await drafts.read(path)) ?? '';
  await drafts.write({
    path,
    why,
    text: editKustomization({ text, path, style, changes: additionsOf(change) }),
  });
}

/** The kustomization that a change is about. @throws UserError E_GENERATOR where there is none */
export async function fileOfChange(drafts: Drafts, { kustomization }: MadeChange): Promise<string> {
  const isFile = KUSTOMIZATION_FILES.some(name => name === posix.basename(kustomization));
  const candidates = isFile
    ? [kustomization]
    : KUSTOMIZATION_FILES.map(name => posix.join(kustomization, name));
  for (const path of candidates) if ((await drafts.read(path)) !== undefined) return path;
  throw new UserError('E_GENERATOR', say('generators.noKustomization', { folder: display(kustomization) }), {
    hint: say('generators.otherAnswers'),
    subject: kustomization,
  });
}

function additionsOf({ add }: MadeChange): KustomizationChange[] {
  return CHANGED_SECTIONS.flatMap(section =>
    (add[section] ?? []).map(item => ({ kind: 'add', section, item }) as KustomizationChange),
  );
}
