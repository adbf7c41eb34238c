import { mergeValues } from './merge-values.ts';

/**
 * Only what a values file says otherwise than the defaults, with the team's comments: Helm makes the same of it as of
 * the whole file. That is what would be carried over to a chart without any defaults.
 * @throws UserError for a file that is no YAML map
 */
export function minimalValues(base: string, ours: string, names: { base: string; ours: string }): string {
  const all = { ...names, theirs: 'no defaults' };
  const { text } = mergeValues({ base, ours, theirs: '', isRewrite: true, names: all });
  return text.replace(/^(?:[ \t]*\r?\n)+/, '');
}

/** Values of a team from one place, with what messages call them. */
export type NamedValues = { name: string; text: string };

/**
 * The full copy of a chart's defaults that says what values laid over them say, from low to high: the bytes of the defaults, and
 * spliced into them what each place says otherwise, with its comments.
 * @throws UserError for a text that is no YAML map; E_VALUES_MERGE where no result passes its proof
 */
export function completeValues(defaults: NamedValues, layers: readonly NamedValues[]): string {
  return layers.reduce(
    (base, { name, text }) =>
      mergeValues({
        base,
        ours: text,
        theirs: base,
        completes: true,
        isRewrite: true,
        names: { base: defaults.name, ours: name, theirs: defaults.name },
      }).text,
    defaults.text,
  );
}
