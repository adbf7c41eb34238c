import type { Args } from '../args.ts';

export const yaml = {
  'yaml.aMergeKey': 'a merge key',
  'yaml.aTagDirective': 'a tag directive',
  'yaml.aliasHasNoAnchor': ({ where, source }: Args<'where' | 'source'>) =>
    `${where}: the alias *${source} has no anchor`,
  'yaml.aliasesExpandMoreThanValues': ({ most_values }: Args<'most_values'>) =>
    `aliases expand to more than ${most_values} values`,
  'yaml.anAlias': 'an alias, which can multiply without end',
  'yaml.cannotBeEditedAlone': 'cannot be edited without touching more',
  'yaml.cannotBeMoved': ({ to }: Args<'to'>) =>
    `cannot be moved to ${to}: that place is taken, or cannot be written alone`,
  'yaml.cannotEdit': ({ place, what, predicate }: Args<'place' | 'what' | 'predicate'>) =>
    `${place}: ${what} ${predicate}`,
  'yaml.cannotTakeKey': ({ name }: Args<'name'>) => `${name} cannot take a key`,
  'yaml.charactersInOneValue': ({ count }: Args<'count'>) => `${count} characters in one value`,
  'yaml.controlCharacter': 'a control character, which YAML forbids',
  'yaml.dataFromElsewhereHasPlain': 'Data from elsewhere has to be plain YAML; tell its publisher.',
  'yaml.editByHand': 'Edit it by hand.',
  'yaml.fixByHandThenRunAgain': 'Fix it by hand, then run again.',
  'yaml.hasMoreThan': ({ limit }: Args<'limit'>) => `has more than ${limit}`,
  'yaml.holds': ({ what, text, found }: Args<'what' | 'text' | 'found'>) =>
    `${what}${text}: contains ${found}`,
  'yaml.holdsSeveralDocuments': 'contains more than one document where one is expected',
  'yaml.isAllOfDocument': 'is all that the document contains',
  'yaml.isNotList': 'is not a list',
  'yaml.isNotMap': 'is not a map',
  'yaml.isNotScalar': 'is not a scalar',
  'yaml.isNotYaml': 'is not YAML',
  'yaml.isShared': 'is shared through an anchor or alias',
  'yaml.keyThereTwiceAlsoLine': ({
    name,
    line,
    column,
    key,
    before,
  }: Args<'name' | 'line' | 'column' | 'key' | 'before'>) =>
    `${name}:${line}:${column}: the key ${key} is defined twice (also on line ${before})`,
  'yaml.keysInOneMap': ({ count }: Args<'count'>) => `${count} keys in one map`,
  'yaml.makeItListThenRunAgain': 'Make it a list, then run again.',
  'yaml.nestsTooDeeply': 'nests too deeply',
  'yaml.nodes': ({ count }: Args<'count'>) => `${count} nodes`,
  'yaml.theDocument': 'the document',
  'yaml.theTag': ({ tag }: Args<'tag'>) => `the tag ${tag}`,
  'yaml.thereNo': ({ name, path }: Args<'name' | 'path'>) => `${name}: there is no ${path}`,
  'yaml.yamlNestsDeeperThanLevels': ({ name, limit }: Args<'name' | 'limit'>) =>
    `${name} nests deeper than ${limit} levels`,
};
