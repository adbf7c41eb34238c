import { type ImagePlace, versionText } from '../../deliveries/images/image-place.ts';
import { type ImageVersion, isVersion, nameOfImage, versionOfImage } from '../../repository/image.ts';
import type { FieldChange, ObjectName } from '../../render/rendered-changes.ts';

/** A field of an object that differs; without a field the object is new, or gone. */
export type ObjectChange = { object: ObjectName; field: FieldChange | undefined };

/** What of a rendered change is the new version, and what is not. */
export type JudgedChanges = { wanted: ObjectChange[]; others: ObjectChange[] };

/** Splits what differs after an edit of some places: where the old version stood and the new one stands, that was meant. */
export function judgeChange(
  changes: readonly ObjectChange[],
  places: readonly ImagePlace[],
  to: ImageVersion,
): JudgedChanges {
  const isMeant = ({ field }: ObjectChange): boolean => {
    const [before, after] = [textOf(field?.before), textOf(field?.after)];
    if (before === undefined || after === undefined) return false;
    if (isImageOf(before, after, to)) return true;
    return places.some(({ version }) => swapped(before, version, to) === after);
  };
  return {
    wanted: changes.filter(isMeant),
    others: changes.filter(change => !isMeant(change)),
  };
}

function textOf(json: string | undefined): string | undefined {
  const value: unknown = json === undefined ? undefined : JSON.parse(json);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function isImageOf(before: string, after: string, to: ImageVersion): boolean {
  const version = versionOfImage(after);
  // Where both are given, kustomize may write the digest alone.
  const isNew = isVersion(version, to) || (to.digest !== undefined && version.digest === to.digest);
  return nameOfImage(before) === nameOfImage(after) && isNew;
}

/** Labels, arguments and fields that carry the version alone, or inside of a text. */
function swapped(text: string, from: ImageVersion, to: ImageVersion): string {
  const whole = versionText(from);
  if (whole !== '' && text.includes(whole)) return text.replaceAll(whole, versionText(to));
  const tag = from.tag === undefined || to.tag === undefined ? text : text.replaceAll(from.tag, to.tag);
  return from.digest === undefined ? tag : tag.replaceAll(from.digest, to.digest ?? '');
}
