import { posix } from 'node:path';
import { printYaml } from '../../yaml/print.ts';
import type { NewChart } from './emission.ts';
import { abstracted, concrete, type Names } from './names.ts';
import { namesOf, type Unit } from './unit.ts';

type Versioned = Pick<Unit, 'standing' | 'chart' | 'values'>;

/** Whether a sibling keeps a whole copy: whoever names a values file after its version does. */
function keepsCopies({ chart, values }: Pick<Unit, 'chart' | 'values'>): boolean {
  const base = posix.basename(values.file ?? '');
  return chart.version !== '' && base.includes(`-${chart.version}`);
}

/** The values file of a new app, where that of its sibling would be; undefined where the sibling has none. */
export function valuesFileOf(unit: Versioned, chart: NewChart, to: Names): string | undefined {
  const { file } = unit.values;
  if (file === undefined) return undefined;
  const own = `${unit.chart.name}-${unit.chart.version}`;
  const [folder, base] = [posix.dirname(file), posix.basename(file)];
  const rename = (text: string): string => concrete(abstracted(text, namesOf(unit)), to);
  const renamed = keepsCopies(unit)
    ? base.includes(own)
      ? base.replace(own, () => `${chart.name}-${chart.version}`)
      : rename(base.replace(unit.chart.version, '\u0004')).replace('\u0004', () => chart.version)
    : rename(base);
  return posix.join(rename(folder), renamed);
}

/** What a values file holds: the whole copy, or what differs, which may be nothing yet. */
export function newValuesText(unit: Pick<Unit, 'chart' | 'values'>, chart: NewChart): string {
  return keepsCopies(unit) ? chart.copy : overridesText(chart);
}

/** A values file with what differs from the defaults, which may be nothing yet. */
export function overridesText({
  name,
  version,
  overrides,
}: Pick<NewChart, 'name' | 'version' | 'overrides'>): string {
  if (Object.keys(overrides).length === 0)
    return `# What differs from the defaults of ${name} ${version}.\n{}\n`;
  return `${printYaml(overrides)}\n`;
}
