import { asList, valueAt } from '../../data/fields.ts';

/** The sources of an Application: `sources` counts before `source`. */
export function sourcesOf(spec: unknown): readonly unknown[] {
  const several = asList(valueAt(spec, ['sources']));
  return several.length > 0 ? several : [valueAt(spec, ['source'])];
}

/** A registry stands without its scheme; Argo CD tells both apart by that. */
export function chartSource(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `oci://${url}`;
}
