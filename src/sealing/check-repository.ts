import type { Repository } from '../repository/model.ts';
import { checkForm, type FormProblem } from './form.ts';
import { placementOf } from './placement.ts';
import { parseSealedSecrets } from './sealed-secret.ts';

/** A problem and the file that it stands in. */
export type SealFinding = FormProblem & { file: string };

/** The files of a repository's apps that hold SealedSecrets. */
export function sealedFiles(repository: Repository): string[] {
  return filesWithSealedSecrets(repository).filter(file =>
    repository.apps.some(app => file.startsWith(`${app.path}/`)),
  );
}

/** The same of the whole repository, but what another program fills in. */
export function filesWithSealedSecrets({ text, isTemplate }: Repository): string[] {
  return [...text.keys()].filter(
    file => !isTemplate(file) && /^[ {"]*kind["']?: *["']?SealedSecret\b/m.test(text.get(file) ?? ''),
  );
}

/**
 * Judges the form of the SealedSecrets in one file, and whether kustomize and Flux leave them where they were sealed for.
 * @throws UserError E_YAML_*
 */
export function checkSealedFile(
  repository: Repository,
  file: string,
  keyBytes: number | undefined,
): SealFinding[] {
  const { kustomized, place } = placementOf(repository, file);
  return parseSealedSecrets(repository.text.get(file) ?? '', file).flatMap(secret => {
    const problems = checkForm(secret, {
      placed: place(secret),
      listed: kustomized?.listed ?? false,
      keyBytes,
    });
    return problems.map(problem => ({ ...problem, file }));
  });
}
