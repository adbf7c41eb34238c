import { mergeValues } from '../../values/merge-values.ts';

/**
 * Only what a values file says otherwise than the defaults, with the team's comments: Helm makes the same of it as of
 * the whole file. That is what would be carried over to a chart without any defaults.
 * @throws UserError for a file that is no YAML map
 */
export function minimalValues(base: string, ours: string, names: { base: string; ours: string }): string {
  const { text } = mergeValues({ base, ours, theirs: '', names: { ...names, theirs: 'no defaults' } });
  return text.replace(/^(?:[ \t]*\r?\n)+/, '');
}
