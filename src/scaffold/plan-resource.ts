import { parseManifests } from '../repository/manifest.ts';
import type { Text } from '../text/language.ts';
import { type App, appManifests, type Repository } from '../repository/model.ts';
import { readDocuments } from '../yaml/read.ts';
import { UserError } from '../errors.ts';
import { type ListContext, listResource } from '../repository/kustomization-edit.ts';
import { say } from '../locales/say.ts';

/** A file for an app: its path from the repository's root. */
export type Resource = {
  path: string;
  text: string;
  why: Text;
  /** Whether kustomize shall build it now; a stub waits. */
  listed: boolean;
  /** What to do where another file of that name is there. */
  ifTaken?: Text;
};

export type ResourceContext = ListContext & { repository: Repository };

/**
 * Adds a resource file to an app and lists it. The same file again changes nothing.
 * @throws UserError E_EXISTS for another file of that name, or if one of its objects stands in another file
 */
export async function planResource(context: ResourceContext, app: App, resource: Resource): Promise<void> {
  const { drafts, t } = context;
  const { path, text, why, listed } = resource;
  const existing = await drafts.read(path);
  if (existing !== undefined && existing !== text)
    throw new UserError('E_EXISTS', say('scaffold.thereAlreadyOtherContent', { path }), {
      hint: resource.ifTaken ?? say('scaffold.chooseAnotherNameOrEdit'),
      subject: path,
    });
  requireNewObjects(context, app, resource);
  await drafts.write({ path, text, why: t(why) });
  if (listed) await listResource(context, app.kustomization.file, path);
}

/** kustomize refuses two objects of one kind and name. */
function requireNewObjects({ repository }: ResourceContext, app: App, { path, text }: Resource): void {
  for (const { kind, name } of parseManifests(readDocuments(text, path))) {
    const twins = appManifests(repository, app, new RegExp(kind));
    const twin = twins.find(({ file, manifest }) => file !== path && manifest.name === name);
    if (twin)
      throw new UserError('E_EXISTS', say('scaffold.hasObjectAlready', { file: twin.file, kind, name }), {
        hint: say('scaffold.chooseAnotherName'),
        subject: twin.file,
      });
  }
}
