import { judgeValues } from '../../charts/schema/run-schemas.ts';
import { type RefusedValue, refusedText, type ValuesVerdict } from '../../charts/schema/verdict.ts';
import { type PlacedValues, placedValues } from '../../charts/schema/placed-values.ts';
import { locateAt } from '../../deliveries/values-at.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { joinTexts, type Text, untranslated } from '../../text/language.ts';
import type { MigrationInput, PlaceMigration } from './migrate-values.ts';
import type { ChartReport } from './report-facts.ts';

type Judged = { values: readonly PlaceMigration[]; schema: ChartReport['schema'] };

/**
 * Holds the values that a step results in to the schemas of the new chart. It stops the step where helm takes them now and
 * would not then; not where something of them cannot be seen here.
 * @throws UserError E_CANCELLED
 */
export async function judgeStep(
  { use, old, fresh }: Pick<MigrationInput, 'use' | 'old' | 'fresh'>,
  values: readonly PlaceMigration[],
  signal: AbortSignal,
): Promise<Judged> {
  const layers = values.map(layerAfter);
  const verdict = await judgeValues({ files: fresh.files, layers, signal });
  if (verdict.schemas === 0) return { values, schema: { ...verdict, stops: false } };
  const doubt = doubtOf(use);
  const notHeld = doubt
    ? [...verdict.notHeld, { schema: SCHEMA, isPart: true, reason: doubt }]
    : verdict.notHeld;
  if (verdict.refused.length === 0) return { values, schema: { ...verdict, notHeld, stops: false } };
  const now = await judgeValues({ files: old.files, layers: values.map(layerNow), signal });
  const stops = doubt === undefined && now.refused.length === 0;
  return { values: values.map(each => withRefused(each, verdict)), schema: { ...verdict, notHeld, stops } };
}

const SCHEMA = 'values.schema.json';

/** Why what is refused here may still be taken. */
function doubtOf(use: MigrationInput['use']): Text | undefined {
  if (use.skipsSchema) return say('schema.reasonSwitchedOff');
  const [what] = use.values.flatMap(place => (place.kind === 'opaque' ? [place.what] : []));
  return what === undefined ? undefined : say('schema.reasonOpaque', { what });
}

/** What a place says after the step; where that stands is told of the file as it is now. */
function layerAfter(migration: PlaceMigration): PlacedValues {
  const now = layerNow(migration);
  return { ...now, data: placedValues(migration.next(), migration.report.after).data };
}

function layerNow(migration: PlaceMigration): PlacedValues {
  const own = placedValues(migration.ours, migration.report.before);
  if (migration.kind === 'file') return own;
  const { place, manifest } = migration;
  return {
    data: own.data,
    placeOf: path => {
      const { depth } = own.placeOf(path);
      return { depth, at: locateAt(manifest, place, path.slice(0, depth)) };
    },
  };
}

/** Said beside the outcomes of the place that says the value. */
function withRefused(migration: PlaceMigration, { refused }: ValuesVerdict): PlaceMigration {
  const file = migration.kind === 'file' ? migration.before : migration.file;
  const own = refused.filter(({ at }) => at?.file === file);
  const said = own.map(({ path }) => ({ path, outcome: 'schema-rejects' as const }));
  return { ...migration, report: { ...migration.report, outcomes: [...migration.report.outcomes, ...said] } };
}

const SHOWN = 5;

/** What stops a chart's step, as an error; undefined where nothing does. */
export function refusalOf({ move, schema }: Pick<ChartReport, 'move' | 'schema'>): UserError | undefined {
  if (!schema.stops) return undefined;
  const broken = joinTexts(schema.refused.slice(0, SHOWN).map(refusedText), '; ');
  const left = schema.refused.length - SHOWN;
  const more = left > 0 ? say('schema.andMore', { count: left }) : untranslated('');
  return new UserError(
    'E_VALUES_SCHEMA',
    say('schema.refused', { chart: `${move.name} ${move.to}`, broken, more }),
    {
      hint: say('schema.keepTo'),
      subject: placeOfFirst(schema.refused) ?? move.name,
    },
  );
}

function placeOfFirst([first]: readonly RefusedValue[]): string | undefined {
  return first?.at?.file;
}
