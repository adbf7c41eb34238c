import { UserError } from '../errors.ts';
import { say } from '../locales/say.ts';
import { insideFrom } from '../repository/kustomization-paths.ts';
import type { ChartUse, ValuesPlace } from './chart-use.ts';

/** Whether a place of values is this file. */
export function leadsTo(place: ValuesPlace, file: string): boolean {
  return place.kind === 'file' && insideFrom(place.reference.folder, place.reference.written) === file;
}

/**
 * Holds that no app beside reads a values file; `together` are uses that are changed with it.
 * @throws UserError E_VALUE, naming the other app
 */
export function requireOwnValues(
  uses: readonly ChartUse[],
  { use, together }: { use: ChartUse; together: readonly string[] },
  file: string,
): void {
  const other = uses.find(
    each =>
      each.app.path !== use.app.path &&
      !together.includes(each.id) &&
      each.values.some(place => leadsTo(place, file)),
  );
  if (!other) return;
  throw new UserError('E_VALUE', say('deliveries.valuesShared', { file, other: other.app.path }), {
    hint: say('deliveries.giveOwnValues'),
    subject: file,
  });
}
