import { display } from '../text/display.ts';
import { UserError } from '../errors.ts';
import { decodeUtf8, isLfsPointer } from '../text/utf8.ts';
import { say } from '../locales/say.ts';

/**
 * The text of a team's values file, byte order mark included.
 * @throws UserError E_ENCODING; E_YAML_SHAPE for a pointer of Git LFS, which is a YAML map and no values
 */
export function valuesText(bytes: Buffer, name: string): string {
  decodeUtf8(bytes, name);
  const text = bytes.toString('utf8');
  if (!isLfsPointer(text)) return text;
  throw new UserError('E_YAML_SHAPE', say('repository.pointerGitLfsNotValues', { name: display(name) }), {
    hint: say('repository.fetchLfsContentOrKeepOut'),
    subject: name,
  });
}

/** @throws UserError E_YAML_SHAPE where values are neither a map nor nothing, as Helm refuses them too */
export function requireValuesMap(data: unknown, name: string): void {
  if (data === null || data === undefined) return;
  if (typeof data === 'object' && !Array.isArray(data)) return;
  throw new UserError('E_YAML_SHAPE', say('repository.valuesMustMap', { name: display(name) }), {
    hint: say('repository.giveValuesFileChart'),
    subject: name,
  });
}
