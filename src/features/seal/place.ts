import path from 'node:path';
import { parseNamespace } from '../../repository/names.ts';
import { appAround, namespaceOf, type Repository } from '../../repository/model.ts';
import { findSealTarget, type SealTarget } from '../../sealing/seal-target.ts';
import { UserError } from '../../errors.ts';
import type { SealRun } from './open.ts';
import { say } from '../../locales/say.ts';
import { slashedPath } from '../../data/slashed-path.ts';

/** The file that `--into` names, and its text if it exists. */
export type Into = { file: string; text: string | undefined };

/** `--namespace`, else that of the app whose folder the person is in. */
export function givenNamespace({ session, input, gitops }: SealRun): string | undefined {
  const given = input.values['namespace'];
  if (given !== undefined) return parseNamespace(given);
  if (!gitops) return undefined;
  const here = slashedPath(gitops.files.root, session.cwd);
  const app = appAround(gitops.repository.apps, here);
  return app && namespaceOf(app);
}

type Question = { name: string | undefined; namespace: string | undefined; into: Into | undefined };

/** Where a Secret goes in this run. */
export function targetOf({ gitops, input }: SealRun, question: Question): SealTarget {
  if (!gitops || (input.switches.has('stdout') && !question.into)) return looseTarget(question);
  return findSealTarget(gitops.repository, gitops.conventions.style.resourcesFolder.value, question);
}

/** With --stdout alone the result belongs to no file. */
function looseTarget({ name, namespace = '' }: Question): SealTarget {
  if (name === undefined)
    throw new UserError('E_MISSING', say('seal.nameMissingSecretNeedsOne'), {
      hint: say('seal.giveName'),
      missing: [{ flag: 'name' }],
    });
  return {
    file: `${name}-sealedsecret.yaml`,
    existing: undefined,
    identity: { namespace, name },
    kustomized: undefined,
  };
}

/** A path from where the person is, or, as slipway prints them, from the repository's root. */
export async function readInto({ session, input, gitops }: SealRun): Promise<Into | undefined> {
  const given = input.values['into'];
  if (given === undefined || !gitops) return undefined;
  const { files } = gitops;
  const here = slashedPath(files.root, path.resolve(session.cwd, given));
  const candidates = [here, path.posix.normalize(given)].filter(
    file => !file.startsWith('..') && !path.isAbsolute(file),
  );
  for (const file of candidates) {
    const bytes = await files.read(file);
    if (bytes) return { file, text: bytes.toString('utf8') };
  }
  return { file: here, text: undefined };
}

/** The stubs that wait for values, for a person to choose from. */
export async function askStub({ session, input, gitops, prompts }: SealRun): Promise<Into | undefined> {
  if (!prompts || !gitops || input.values['name'] !== undefined) return undefined;
  const stubs = findStubs(gitops.repository);
  if (stubs.length === 0) return undefined;
  const message = session.t(say('seal.whichOneWaitsValues'));
  const file = await prompts.select({ message, choices: stubs.map(value => ({ value, name: value })) });
  return { file, text: gitops.repository.text.get(file) };
}

function findStubs({ text }: Repository): string[] {
  return [...text].flatMap(([file, content]) =>
    /^kind: *SealedSecret *$/m.test(content) && /: *REPLACE_ME *$/m.test(content) ? [file] : [],
  );
}
