import { CONFIGURATION_FILE } from '../configuration.ts';
import { applyEdits } from '../yaml/edit.ts';
import { printYaml } from '../yaml/print.ts';
import { putInMap } from '../yaml/put-in-map.ts';
import { parseSource } from '../yaml/source.ts';

/**
 * The repository's configuration with the fingerprint of the certificate in use, and where it is if that is still
 * open; every other byte of the file stays.
 */
export function pinCertificate(
  text: string | undefined,
  pin: { fingerprint: string; certificate: string | undefined },
): string {
  const { fingerprint, certificate } = pin;
  const root = parseSource(text ?? '', CONFIGURATION_FILE).documents[0]?.contents;
  const fields = { ...(certificate === undefined ? {} : { certificate }), fingerprint };
  if (!root) return `${withNewline(text ?? '')}${printYaml({ sealing: fields })}\n`;
  return Object.entries(fields).reduce((edited, [key, value]) => {
    const source = parseSource(edited, CONFIGURATION_FILE);
    const put = { root: source.documents[0]?.contents, path: ['sealing', key], value };
    return applyEdits(edited, putInMap(source, put));
  }, text ?? '');
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
