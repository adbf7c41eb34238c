import type { Args, Plural } from '../args.ts';

export const adopt = {
  'adopt.summary': 'from overrides to full copies of the defaults, rendering the same',
  'adopt.usage': '<app…> [flags]',
  'adopt.noChart': ({ app }: Args<'app'>) => `${app} uses no chart`,
  'adopt.noFile': ({ name, place }: Args<'name' | 'place'>) =>
    `the values of ${name} start in ${place}, where its delivery keeps them and no full copy has room`,
  'adopt.giveFile':
    'Give the release a values file below them (a ConfigMap of a file, `valueFiles`), or keep the overrides.',
  'adopt.saysOther': ({ name, path }: Args<'name' | 'path'>) =>
    `the full copy of ${name} would say something else at ${path}`,
  'adopt.nameTaken': ({ file }: Args<'file'>) =>
    `${file} is there already, and is not this chart's values file`,
  'adopt.moveAway': 'Move it away or rename it, then run this again.',
  'adopt.copy': 'full copy of the defaults',
  'adopt.foldedIn': 'went into the full copy',
  'adopt.pointsThere': 'names the full copy',
  'adopt.foldedFrom': ({ chart, file, places }: Args<'chart' | 'file' | 'places'>) =>
    `${chart}: ${file} is a full copy, from ${places}`,
  'adopt.plainDefaults': ({ chart, file }: Args<'chart' | 'file'>) =>
    `${chart}: ${file} is a full copy of the defaults, of which nothing differs`,
  'adopt.stays': ({ places }: Args<'places'>) =>
    `stays where its delivery keeps it, laid over the copy: ${places}`,
  'adopt.done': 'Full copies are written.',
  'adopt.would': 'Full copies would be written.',
  'adopt.nothing': 'Nothing to do: every values file is a full copy already.',
  'minimize.summary': 'from full copies to what they say otherwise, rendering the same',
  'minimize.prove':
    'also take out what changes nothing that is rendered (renders each chart up to 200 times)',
  'minimize.overridesOnly': 'only what differs from the defaults',
  'minimize.linesNow': ({ chart, file, before, after }: Args<'chart' | 'file' | 'before' | 'after'>) =>
    `${chart}: ${file}, lines: ${before} → ${after}`,
  'minimize.dropped': ({ paths }: Args<'paths'>) =>
    `taken out, since it changes nothing that is rendered: ${paths}`,
  'minimize.done': 'Only what differs from the defaults is left.',
  'minimize.would': 'Only what differs from the defaults would be left.',
  'minimize.nothing': 'Nothing to do: the values say only what differs from the defaults.',
  'adopt.release': 'the name of a Helm release that runs: an app is made of it',
  'adopt.values': 'its values, as `helm get values <release> -o yaml` prints them; - reads stdin',
  'adopt.chart': 'the chart that it was installed from',
  'adopt.version': 'the exact version that runs',
  'adopt.namespace': 'the namespace that it runs in, which is the name of the app',
  'adopt.audit': 'say which published version each copy really stems from; writes nothing',
  'adopt.releaseNeeds': ({ flags }: Args<'flags'>) => `a release needs ${flags}`,
  'adopt.getValues': ({ release }: Args<'release'>) =>
    `helm list says chart and version; helm get values ${release} -o yaml > values.yaml writes the values.`,
  'adopt.namespaceIsName': ({ name, namespace }: Args<'name' | 'namespace'>) =>
    `the app ${name} would run in the namespace ${name}, and the release runs in ${namespace}`,
  'adopt.nameAppAsNamespace': ({ namespace }: Args<'namespace'>) =>
    `Name the app as its namespace: slipway adopt ${namespace} --release …`,
  'adopt.adoptByName': ({ app }: Args<'app'>) =>
    `An app that is in the repository already is adopted by its name: slipway adopt ${app}`,
  'adopt.stemsRight': ({ name, version, file }: Args<'name' | 'version' | 'file'>) =>
    `${file} is nearest to the defaults of ${name} ${version}, as it should be`,
  'adopt.stemsOther': (
    { name, version, file, nearest, count }: Args<'name' | 'version' | 'file' | 'nearest' | 'count'>,
    plural: Plural,
  ) =>
    `${file} stems from ${name} ${nearest} (${plural(count, 'value')} of its own), and ${version} is pinned`,
  'adopt.isNoCopy': ({ name, file }: Args<'name' | 'file'>) =>
    `${file} is no full copy of ${name}, but overrides`,
  'adopt.lookedAt': ({ versions, of }: Args<'versions' | 'of'>, plural: Plural) =>
    `looked at ${versions} of ${plural(of, 'version')}, those next to the pinned one`,
  'adopt.mergeFromThere':
    'Bring such a copy up to date from the version that it stems from: slipway merge-values with the defaults of that version as --base.',
};
