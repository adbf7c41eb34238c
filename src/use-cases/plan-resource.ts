import type { Text } from '../domain/language.ts';
import type { App } from '../domain/repository.ts';
import { UserError } from '../errors.ts';
import { type ListContext, listResource } from './list-resource.ts';

/** A file for an app: its path from the repository's root. */
export type Resource = { path: string; text: string; why: Text };

/**
 * Adds a resource file to an app and lists it. The same file again changes nothing.
 * @throws UserError E_EXISTS for another file of that name
 */
export async function planResource(context: ListContext, app: App, resource: Resource): Promise<void> {
  const { drafts, t } = context;
  const { path, text, why } = resource;
  const existing = await drafts.read(path);
  if (existing !== undefined && existing !== text)
    throw new UserError('E_EXISTS', `${path} is there already, with other content`, {
      hint: 'Choose another name with --name.',
      subject: path,
    });
  await drafts.write({ path, text, why: t(why) });
  await listResource(context, app.kustomization.source.name, path);
}

/** `production/wiki/resources/pvc.yaml`: where the repository keeps plain resources. */
export function resourcePath(app: App, folder: string, file: string): string {
  return [app.path, folder, file].filter(part => part !== '').join('/');
}
