import path from 'node:path';
import { say } from '../../src/locales/say.ts';
import { UserError } from '../../src/errors.ts';
import { CAPI_TEMPLATES, type CapiTemplates } from '../../src/scaffold/capi/cluster-app.ts';
import { MOST_TEMPLATE } from '../../src/scaffold/capi/cluster-template.ts';
import type { RepositoryFiles } from '../../src/system/files/files.ts';
import { readInputFile } from '../../src/system/files/input-file.ts';
import { readTemplates } from '../../src/system/files/templates.ts';
import { isUtf8 } from 'node:buffer';

/** The templates of a cluster of a class. */
export function openCapiTemplates(files: RepositoryFiles): Promise<CapiTemplates> {
  return readTemplates(files, 'capi', CAPI_TEMPLATES);
}

/** The text of a template of clusterctl that a person named. @throws UserError E_VALUE, E_LIMIT, E_ENCODING */
export async function openClusterTemplate(file: string): Promise<string> {
  const name = path.basename(file);
  const bytes = await readInputFile({ path: file, name, maxBytes: MOST_TEMPLATE });
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw new UserError('E_ENCODING', say('capi.noText', { name }), { subject: file });
}
