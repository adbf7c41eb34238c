import { kustomizedBy } from '../../repository/kustomized.ts';
import type { RepositoryText } from '../../repository/model.ts';
import { needsNewSeal, sealCommand } from '../../sealing/form.ts';
import type { Scope } from '../../sealing/scope.ts';
import { parseSealedSecrets, placedIdentity } from '../../sealing/sealed-secret.ts';

/** A SealedSecret that the cluster cannot open any more. */
export type BrokenSeal = {
  /** Where it stands after the move. */
  file: string;
  namespace: string;
  name: string;
  scope: Scope;
  keys: string[];
  /** The command that asks for its values again. */
  command: string;
};

/** The SealedSecrets below a folder that do not open where kustomize puts them. */
export function brokenSeals(text: RepositoryText, folder: string): BrokenSeal[] {
  const files = [...text.keys()].filter(file => file.startsWith(`${folder}/`));
  return files
    .filter(file => /SealedSecret/.test(text.get(file) ?? ''))
    .flatMap(file => {
      const kustomized = kustomizedBy(text, file) ?? { namespace: undefined, namePrefix: '', nameSuffix: '' };
      return parseSealedSecrets(text.get(file) ?? '', file).flatMap(secret => {
        const placed = placedIdentity(secret, kustomized);
        if (!needsNewSeal(secret, placed)) return [];
        const { scope, values } = secret;
        const command = sealCommand(secret);
        return [{ file, ...placed, scope, keys: values.map(({ key }) => key), command }];
      });
    });
}
