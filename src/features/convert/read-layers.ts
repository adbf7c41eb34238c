import { type ChartUse, placeId, type ValuesPlace, versionKind } from '../../deliveries/chart-use.ts';
import { valuesAt } from '../../deliveries/values-at.ts';
import { say } from '../../locales/say.ts';
import type { Repository } from '../../repository/model.ts';
import { display } from '../../text/display.ts';
import { refuseField, versionRefusal } from './fields-beside.ts';
import type { FieldOf, LayerText, ReadApp, RefusedField } from './model.ts';

/** The values of a use, each layer as a text of its own; what stands elsewhere is refused. */
export function layerTexts(
  { text }: Pick<Repository, 'text'>,
  { values, at }: Pick<ChartUse, 'values' | 'at'>,
): { layers: LayerText[]; refusals: RefusedField[] } {
  const layers: LayerText[] = [];
  const refusals: RefusedField[] = [];
  for (const place of values) {
    const found = layerAt(text, place, at.file);
    if ('text' in found) layers.push(found);
    else refusals.push(found);
  }
  return { layers, refusals };
}

function layerAt(text: Repository['text'], place: ValuesPlace, file: string): LayerText | RefusedField {
  const about = (path: string): FieldOf => ({ file, object: '', path: display(path) });
  if (place.kind === 'opaque')
    return refuseField(about(place.what), say('convert.valuesElsewhere'), say('convert.bringValues'));
  if (place.kind === 'parameters')
    return refuseField(
      about(place.at.path.join('.')),
      say('convert.parameters'),
      say('convert.writeAsValues'),
    );
  if (place.kind !== 'file') return { text: valuesAt(text.get(place.at.file) ?? '', place), file: undefined };
  const content = text.get(place.path);
  if (content === undefined)
    return refuseField(about(place.path), say('convert.valuesElsewhere'), say('convert.bringValues'));
  return { text: content, file: place.path };
}

/** What an app says of its chart, and what of it no other delivery can say. */
export function chartToConvert(use: ChartUse): { chart: ReadApp['chart']; refusals: RefusedField[] } {
  const { name, source, version, held, at } = use;
  const about = (path: string): FieldOf => ({ file: at.file, object: '', path });
  const isPin =
    held !== undefined && held !== 'ref.digest' && held !== 'templatePatch' && !held.startsWith('$');
  const refusals: RefusedField[] = [];
  if (source === undefined)
    refusals.push(refuseField(about(name), say('convert.localChart'), say('convert.publishFirst')));
  else if (versionKind(version.text) !== 'exact')
    refusals.push(versionRefusal(about('version'), version.text));
  if (version.around)
    refusals.push(
      refuseField(
        about(version.at ? placeId(version.at) : 'version'),
        say('convert.variables'),
        say('convert.fillIn'),
      ),
    );
  if (held !== undefined && !isPin)
    refusals.push(
      refuseField(about(display(held)), say('convert.automation'), say('convert.stopAutomation')),
    );
  const pin = isPin ? held : undefined;
  return { chart: { name, repo: source ?? '', version: version.text, pin }, refusals };
}
