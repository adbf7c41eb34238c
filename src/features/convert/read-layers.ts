import { type ChartUse, placeId, type ValuesPlace, versionKind } from '../../deliveries/chart-use.ts';
import { valuesAt } from '../../deliveries/values-at.ts';
import { isSameData } from '../../data/fields.ts';
import { say } from '../../locales/say.ts';
import type { Repository } from '../../repository/model.ts';
import { display } from '../../text/display.ts';
import { helmData } from '../../yaml/helm-data.ts';
import { printYaml } from '../../yaml/print.ts';
import { parseSource, toData } from '../../yaml/source.ts';
import { refuseField, versionRefusal } from './fields-beside.ts';
import type { FieldOf, LayerText, ReadApp, RefusedField } from './model.ts';

/** The values of a use, each layer as a text of its own; what stands elsewhere is refused. */
export function layerTexts(
  { text }: Pick<Repository, 'text'>,
  { values, at, delivery }: Pick<ChartUse, 'values' | 'at' | 'delivery'>,
): { layers: LayerText[]; refusals: RefusedField[] } {
  const layers: LayerText[] = [];
  const refusals: RefusedField[] = [];
  for (const place of values) {
    const found = layerAt(text, place, { file: at.file, isFlux: delivery === 'flux' });
    if ('text' in found) layers.push(found);
    else refusals.push(found);
  }
  return { layers, refusals };
}

type Around = { file: string; isFlux: boolean };

/** What stands in a manifest is read without the words of YAML 1.1: `yes` is a text there, and true in a values file. */
function asWrittenForFlux(text: string, name: string): string {
  const data = toData(parseSource(text, name));
  return isSameData(data, helmData(text, name)) ? text : `${printYaml(data)}\n`;
}

/**
 * Values as a text that means in a manifest what it means to Helm: as it is, or written anew where words of YAML 1.1 and merge keys
 * are read otherwise there.
 * @throws UserError E_YAML_*
 */
export function valuesForManifest(text: string, name: string): string {
  const data = helmData(text, name);
  return isSameData(toData(parseSource(text, name)), data) ? text : `${printYaml(data)}\n`;
}

function layerAt(
  text: Repository['text'],
  place: ValuesPlace,
  { file, isFlux }: Around,
): LayerText | RefusedField {
  const about = (path: string): FieldOf => ({ file, object: '', path: display(path) });
  if (place.kind === 'opaque')
    return place.isUnread
      ? refuseField(about(place.what), say('convert.valuesUnread'), say('convert.mendValues'))
      : refuseField(about(place.what), say('convert.valuesElsewhere'), say('convert.bringValues'));
  if (place.kind === 'parameters')
    return refuseField(
      about(place.at.path.join('.')),
      say('convert.parameters'),
      say('convert.writeAsValues'),
    );
  if (place.kind !== 'file') {
    const values = valuesAt(text.get(place.at.file) ?? '', place);
    return {
      text: place.kind === 'map' && isFlux ? asWrittenForFlux(values, file) : values,
      file: undefined,
    };
  }
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
