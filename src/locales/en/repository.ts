import type { Args } from '../args.ts';

export const repository = {
  'repository.didYouMeanApp': ({ near }: Args<'near'>) => `Did you mean ${near}?`,
  'repository.absolutePath': 'is an absolute path',
  'repository.cannot': ({ input, what, problem }: Args<'input' | 'what' | 'problem'>) =>
    `"${input}" cannot be ${what}: it ${problem}`,
  'repository.cannot2': ({ input, what }: Args<'input' | 'what'>) => `"${input}" cannot be ${what}`,
  'repository.cannotReadUrl': 'it cannot be read as a URL',
  'repository.didYouMean': ({ near }: Args<'near'>) => `Did you mean ${near}?`,
  'repository.doesNotBeginHttpsHttp': 'it does not begin with https://, http:// or oci:// and a host',
  'repository.fetchContentGitLfsPull': 'Fetch the content with git lfs pull.',
  'repository.fetchContentGitLfsPull2':
    'Fetch the content with git lfs pull, or keep values files out of Git LFS.',
  'repository.give': ({ rule }: Args<'rule'>) => `Give ${rule}.`,
  'repository.giveRegistryRepositoryTagSha256':
    'Give [registry/]repository[:tag][@sha256:…], the repository in lower case.',
  'repository.giveValuesFileChart': 'Give the values file of a chart.',
  'repository.holdsCharactersNoPathShould': 'holds characters that no path should',
  'repository.holdsLoginWhichEverybodyWho':
    'it holds a login, which everybody who reads the repository would know',
  'repository.holdsSpaceAnotherCharacterNo': 'it holds a space or another character that no address may hold',
  'repository.ifOverrideUnderSlipwayTemplates':
    'If it is an override under .slipway/templates/, mend or remove it.',
  'repository.knownHere': ({ known }: Args<'known'>) => `Known here: ${known}.`,
  'repository.kustomizationMap': ({ path }: Args<'path'>) => `${path}: a kustomization is a map`,
  'repository.leadsOutRepository': 'leads out of the repository',
  'repository.lists': ({ item }: Args<'item'>) => `lists ${item}`,
  'repository.longerThanCharacters': ({ max_length }: Args<'max_length'>) =>
    `it is longer than ${max_length} characters`,
  'repository.must': ({
    configuration_file,
    where,
    expected,
  }: Args<'configuration_file' | 'where' | 'expected'>) =>
    `${configuration_file}: ${where} must be ${expected}`,
  'repository.nameOneEnvironmentApp': 'Name one as <environment>/<app>.',
  'repository.noPathFileRepository': 'is no path of a file in the repository',
  'repository.noSettingRepository': ({ configuration_file, where }: Args<'configuration_file' | 'where'>) =>
    `${configuration_file}: ${where} is no setting of a repository`,
  'repository.notContainerImage': ({ input }: Args<'input'>) => `"${input}" is not a container image`,
  'repository.pointerGitLfsNotKustomization': ({ path }: Args<'path'>) =>
    `${path} is a pointer of Git LFS, not a kustomization`,
  'repository.pointerGitLfsNotValues': ({ name }: Args<'name'>) =>
    `${name} is a pointer of Git LFS, not the values themselves`,
  'repository.repositoryNoAddress': ({ chart, problem }: Args<'chart' | 'problem'>) =>
    `the repository of ${chart} is no address: ${problem}`,
  'repository.severalAppsNamed': ({ word, byName }: Args<'word' | 'byName'>) =>
    `several apps are named ${word}: ${byName}`,
  'repository.startApiversionKind': 'Start it with apiVersion and kind.',
  'repository.template': ({ name, reason }: Args<'name' | 'reason'>) => `template ${name}: ${reason}`,
  'repository.thereNoApp': ({ word }: Args<'word'>) => `there is no app ${word}`,
  'repository.valuesMustMap': ({ name }: Args<'name'>) => `${name}: values must be a map`,
  'repository.writeHttpsHostPathOci':
    'Write https://HOST/PATH or oci://HOST/PATH; a login belongs to helm repo add or helm registry login.',
};
