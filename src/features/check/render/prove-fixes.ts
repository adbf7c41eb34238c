import { parseManifests } from '../../../repository/manifest.ts';
import { readRemoteDocuments } from '../../../yaml/remote-yaml.ts';
import { say } from '../../../locales/say.ts';
import type { Text } from '../../../text/language.ts';
import type { AppPlace } from '../facts/app-place.ts';
import type { Prove, FileTexts } from '../plan-fixes.ts';
import type { Snapshot } from '../incremental/snapshot.ts';
import { buildOne, type RenderContext } from './render-apps.ts';
import { compareBuilds, type Objects } from './compare-builds.ts';

/**
 * Builds an app as it is and as the fixes would leave it. They are proved where both give the same objects, but for
 * what the fixes are about.
 */
export function proveWith(context: RenderContext): Prove {
  return async ({ app, before, after, intent }) => {
    if (!(await context.renderers.versions())) return say('check.noKustomizeToProve');
    const old = await build(context, app, before);
    if ('reason' in old) return say('check.cannotBuildBefore', { reason: old.reason });
    const mended = await build(context, app, after);
    if ('reason' in mended) return say('check.wouldNotBuild', { reason: mended.reason });
    const difference = compareBuilds(old.objects, mended.objects, intent);
    if (difference === undefined) return undefined;
    // Charts that make passwords up give others in each build: what differs without a fix too says nothing.
    const again = await build(context, app, before);
    const unstable = 'reason' in again ? new Set<string>() : differing(old.objects, again.objects);
    return compareBuilds(without(old.objects, unstable), without(mended.objects, unstable), intent);
  };
}

async function build(
  context: RenderContext,
  app: AppPlace,
  texts: FileTexts,
): Promise<{ objects: Objects } | { reason: string | Text }> {
  const sources = { ...context.sources, snapshot: withTexts(context.sources.snapshot, texts) };
  const files = [...new Set([...app.files, ...texts.keys()])];
  const built = await buildOne({ ...context, sources }, { ...app, files });
  if (built.status === 'built') return { objects: objectsIn(built.output) };
  if (built.status === 'refused') return { reason: built.refusals[0]?.reason ?? '' };
  return { reason: built.reason };
}

function objectsIn(output: string): Objects {
  const manifests = parseManifests(readRemoteDocuments(output, 'the rendered app'));
  return new Map(
    manifests.map(({ apiVersion, kind, namespace, name, body }) => [
      `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name} (${apiVersion})`,
      body,
    ]),
  );
}

function differing(a: Objects, b: Objects): ReadonlySet<string> {
  const keys = [...a.keys()].filter(key => JSON.stringify(a.get(key)) !== JSON.stringify(b.get(key)));
  return new Set(keys);
}

/** Those whose content changes by itself are still counted by name. */
function without(objects: Objects, unstable: ReadonlySet<string>): Objects {
  return new Map([...objects].map(([key, body]) => [key, unstable.has(key) ? undefined : body]));
}

/** The files as they would be. */
function withTexts(snapshot: Snapshot, texts: FileTexts): Snapshot {
  const added = [...texts.keys()].map(file => [file, 'file'] as const);
  return {
    idsOf: files => snapshot.idsOf(files),
    release: files => snapshot.release(files),
    unusable: file => (texts.has(file) ? undefined : snapshot.unusable(file)),
    files: new Map([...snapshot.files, ...added]),
    kindOf: file => (texts.has(file) ? 'file' : snapshot.kindOf(file)),
    read: async files => {
      const contents = new Map(await snapshot.read(files));
      for (const file of files) {
        const text = texts.get(file);
        if (text !== undefined) contents.set(file, Buffer.from(text));
      }
      return contents;
    },
  };
}
