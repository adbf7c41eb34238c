import type { Args } from '../args.ts';

export const chartRules = {
  'rules.addChartsGitignore': 'add charts/* to .gitignore',
  'rules.addFieldSpec': ({ path, kind, file }: Args<'path' | 'kind' | 'file'>) =>
    `add { path: ${path}, kind: ${kind} } to the fieldSpecs of ${file}, or say in a comment that names the image why not`,
  'rules.addName': 'add name:',
  'rules.addNameNewnameUnderImages': ({ name, newName }: Args<'name' | 'newName'>) =>
    `add { name: ${name}, newName: ${newName} } under images`,
  'rules.addNamespace': ({ expected }: Args<'expected'>) => `add namespace: ${expected}`,
  'rules.addReleasename': ({ release }: Args<'release'>) => `add releaseName: ${release}`,
  'rules.addRepo': 'add its repo',
  'rules.addThemFromChartsValues':
    "add them from the chart's values.yaml; leaving a key out does not switch it off",
  'rules.addUnderTransformersSayWhy': ({ file }: Args<'file'>) =>
    `add ${file} under transformers, or say why not in a comment that names it`,
  'rules.addValuesfile': ({ expected }: Args<'expected'>) => `add valuesFile: ${expected}`,
  'rules.addVersion': ({ version }: Args<'version'>) => `add version: ${version}`,
  'rules.askPublisherWhatChangedBefore': 'ask the publisher what changed before you take it',
  'rules.chartGoesNamespaceApp': ({ name, namespace, expected }: Args<'name' | 'namespace' | 'expected'>) =>
    `chart ${name} goes to the namespace ${namespace}, the app to ${expected}`,
  'rules.chartHasExactVersion': 'a chart has an exact version',
  'rules.chartHasNoName': 'the chart has no name',
  'rules.chartHasNoNamespace': ({ name }: Args<'name'>) => `chart ${name} has no namespace`,
  'rules.chartHasNoReleasename': ({ name }: Args<'name'>) => `chart ${name} has no releaseName`,
  'rules.chartHasNoValuesfile': ({ name }: Args<'name'>) => `chart ${name} has no valuesFile`,
  'rules.chartHasRepoButNo': ({ name }: Args<'name'>) => `chart ${name} has a repo but no version`,
  'rules.chartHasRepoVersionNeither': 'a chart has repo and version, or neither',
  'rules.chartHasVersionButNo': ({ name }: Args<'name'>) => `chart ${name} has a version but no repo`,
  'rules.chartLeavesCustomResourceDefinitions': ({ name }: Args<'name'>) =>
    `chart ${name} leaves its custom resource definitions out`,
  'rules.chartsNamespaceKustomizations': "a chart's namespace is the kustomization's",
  'rules.chartsRepoAddressWithoutLogin': "a chart's repo is an address, without a login",
  'rules.copyChartsDefaultValuesAdd': ({ expected }: Args<'expected'>) =>
    `copy the chart's default values to ${expected} and add valuesFile: ${expected}`,
  'rules.copyChartsDefaultValuesThere': "copy the chart's default values there, or correct the path",
  'rules.everyChartHasIncludecrdsTrue': 'every chart has includeCRDs: true',
  'rules.everyChartHasName': 'every chart has a name',
  'rules.everyChartHasReleaseName': 'every chart has a release name of its own',
  'rules.everyValuesFileBelongsChart': 'every values file belongs to a chart',
  'rules.gitWouldTakeChartsWhich': ({ name, version }: Args<'name' | 'version'>) =>
    `git would take charts/${name}-${version}, which kustomize pulls`,
  'rules.giveEachChartOwn': 'give each chart its own',
  'rules.imageGoesPastMirror': ({ image, mirror, path, kind }: Args<'image' | 'mirror' | 'path' | 'kind'>) =>
    `the image ${image} does not go through ${mirror}: the transformer does not reach ${path} of a ${kind}`,
  'rules.imageHasShortNameWhich': ({ name }: Args<'name'>) =>
    `the image ${name} has a short name, which the mirror does not know`,
  'rules.imageNamesMirrorAlready': ({ image, file }: Args<'image' | 'file'>) =>
    `the image ${image} names the mirror already, and ${file} puts it in front again`,
  'rules.imagesDoNotGoThrough': ({ mirror }: Args<'mirror'>) =>
    `images do not go through ${mirror}, and no comment says why`,
  'rules.imagesEntryWouldBreak': ({ kind, name, newName }: Args<'kind' | 'name' | 'newName'>) =>
    `write ${newName} in the manifest or in an ImageTagTransformer with fieldSpecs: with an images: entry the app does not build, since the image of ${kind} ${name} is no text`,
  'rules.imagesGoThroughRepositorysMirror': "images go through the repository's mirror",
  'rules.imagesNameMirrorOnce': 'images name the mirror once',
  'rules.kustomizeHelmWorkTogether': 'kustomize and helm work together',
  'rules.lacksDefaults': ({
    count,
    value,
    named,
    value2,
  }: Args<'count' | 'value' | 'named' | 'value2' | 'value3'>) =>
    `lacks ${count} of the defaults of ${value}: ${named}${value2}`,
  'rules.localChartCharts': 'a local chart is in charts/',
  'rules.localChartIgnored': ({ line, name }: Args<'line' | 'name'>) =>
    `${line} keeps the local chart charts/${name} out of git`,
  'rules.localChartIgnoredByFolder': ({ line, name }: Args<'line' | 'name'>) =>
    `${line} keeps the local chart charts/${name} out of git; no ! line can bring it back from inside an ignored folder`,
  'rules.mirrorReachesEveryImage': 'the mirror reaches every image',
  'rules.moveValuesOverFromSlipway': ({ other }: Args<'other'>) =>
    `move the values over from ${other} with slipway upgrade; renaming the file would keep old defaults`,
  'rules.noChartUsesValuesFile': 'no chart uses this values file',
  'rules.noExactVersion': ({ version }: Args<'version'>) => `${version} is not an exact version`,
  'rules.noReleaseName': ({ releaseName }: Args<'releaseName'>) => `${releaseName} is not a release name`,
  'rules.out': ({ chart, newest }: Args<'chart' | 'newest'>) => `${chart} ${newest} is out`,
  'rules.pinExactVersion': 'pin the exact version',
  'rules.pinnedChartStillSame': 'a pinned chart is still the same',
  'rules.publishedAgainDigestNotOne': ({ name, version }: Args<'name' | 'version'>) =>
    `${name} ${version} was published again: its digest is not the one in the lock`,
  'rules.pulledChartsStayOutGit': 'pulled charts stay out of git, local ones in',
  'rules.putChartIntoAddRepo': ({ folder }: Args<'folder'>) =>
    `put the chart into ${folder}, or add repo and version`,
  'rules.releaseNameTakenChartLine': ({ releaseName, name, line }: Args<'releaseName' | 'name' | 'line'>) =>
    `the release name ${releaseName} is already used by chart ${name}, line ${line}`,
  'rules.removeFile': 'remove it',
  'rules.removeVersionChartLocal': 'remove the version: the chart is local',
  'rules.renameFileSetValuesfile': ({ expected }: Args<'expected'>) =>
    `rename the file to ${expected} and set valuesFile`,
  'rules.repoChartNoAddress': ({ name, problem }: Args<'name' | 'problem'>) =>
    `the repo of chart ${name} is not an address: ${problem}`,
  'rules.runSlipwayUpgrade': ({ name }: Args<'name'>) => `run slipway upgrade ${name}`,
  'rules.setIncludecrdsTrue': 'set includeCRDs: true',
  'rules.setNamespaceExpected': ({ expected }: Args<'expected'>) => `set namespace: ${expected}`,
  'rules.setNamespaceMovesWhatCommitted': ({ expected }: Args<'expected'>) =>
    `set namespace: ${expected}; that moves what is committed, so plan the move`,
  'rules.setValuesfile': ({ expected }: Args<'expected'>) => `set valuesFile: ${expected}`,
  'rules.shortImageNamesCompletedUnder': 'short image names are completed under images',
  'rules.thereNoChartYamlEntry': ({ folder }: Args<'folder'>) =>
    `there is no ${folder}/Chart.yaml, and the entry names no repo`,
  'rules.thereNoNewerVersionChart': 'there is no newer version of the chart',
  'rules.valuesFileFullCopyVersions': "a values file is a full copy of that version's defaults",
  'rules.valuesFilesChartsExist': 'the values files of charts exist',
  'rules.valuesFilesNamedValuesName': 'values files are named values/<name>-<version>.yaml',
  'rules.valuesNot': ({ name, valuesFile, expected }: Args<'name' | 'valuesFile' | 'expected'>) =>
    `the values of ${name} are in ${valuesFile}, not in ${expected}`,
  'rules.writeChartsCharts': ({ name }: Args<'name'>) => `write charts/* and !charts/${name}`,
  'rules.writeHttpsHostPathOci': 'write https://HOST/PATH or oci://HOST/PATH; a login belongs to helm',
  'rules.writeImageWithoutMirror': ({ name }: Args<'name'>) => `write ${name}`,
  'rules.writeOneVersionAllThree': 'write one version with all three numbers',
};
