import type { Args } from '../args.ts';

export const generators = {
  'generators.aKnownKey': ({ known }: Args<'known'>) => `one of the keys ${known}`,
  'generators.aList': 'a list',
  'generators.aMap': 'a map',
  'generators.aName':
    'a name of small letters, digits and single hyphens, and no word that templates or flags have already',
  'generators.aNumber': 'a number',
  'generators.aPattern':
    'a regular expression of at most 1000 characters, without look-around or back references',
  'generators.aPlainFile': 'a plain file',
  'generators.aQuestion': ({ names }: Args<'names'>) => `a question that is asked before: ${names}`,
  'generators.aText': 'a text that is not empty',
  'generators.aTextFile': 'a text in UTF-8',
  'generators.answerMust': ({ text, expected }: Args<'text' | 'expected'>) => `"${text}" is not ${expected}`,
  'generators.asDeclared': 'the generator’s default',
  'generators.atMost': ({ most }: Args<'most'>) => `a list of at most ${most}`,
  'generators.known': ({ names }: Args<'names'>) => `This repository has ${names}.`,
  'generators.listed': 'generators of this repository',
  'generators.made': ({ name, where }: Args<'name' | 'where'>) => `${name} made ${where}`,
  'generators.makeOne': 'Make one: slipway add generator <name>',
  'generators.matching': ({ pattern }: Args<'pattern'>) => `a text that matches ${pattern}`,
  'generators.mendTemplate': 'Fix the generator, or give other answers.',
  'generators.must': ({ file, where, expected }: Args<'file' | 'where' | 'expected'>) =>
    where === '' ? `${file} is not ${expected}` : `${file}: ${where} is not ${expected}`,
  'generators.newSummary': 'what a generator of the team’s own makes; lists them without a name',
  'generators.newUsage': '[generator] [flags of its questions]',
  'generators.noKustomization': ({ folder }: Args<'folder'>) => `${folder} has no kustomization to change`,
  'generators.none': ({ name }: Args<'name'>) => `no generator ${name} in .slipway/generators`,
  'generators.noneHere': 'no generators in .slipway/generators',
  'generators.nothingNew': ({ where }: Args<'where'>) => `nothing to do: ${where} has it all already`,
  'generators.numberIn': ({ range }: Args<'range'>) => `a number in ${range}`,
  'generators.oneOf': ({ words }: Args<'words'>) => `one of ${words}`,
  'generators.onlyFor': ({ type }: Args<'type'>) => `allowed: it is for questions of type ${type}`,
  'generators.onlyOnce': 'new: another question has this name',
  'generators.otherAnswers': 'Give other answers, or move what is there.',
  'generators.plainLine': ({ most }: Args<'most'>) =>
    `one line of at most ${most} characters without invisible ones`,
  'generators.plainSecret': ({ name }: Args<'name'>) =>
    `the Secret ${name} would be in plain text: leave its values empty and seal them, or use an ExternalSecret`,
  'generators.record': 'what it made, and of which answers',
  'generators.which': 'Which generator?',
  'generators.seePage': 'See docs/generators.md.',
  'generators.set': 'an answer, in place of the flag of its question',
  'generators.setMust': ({ text }: Args<'text'>) => `--set ${text} is not name=answer`,
  'generators.someAnswer': ({ name }: Args<'name'>) => `an answer: ${name} may not be empty`,
  'generators.someChoices': ({ sources }: Args<'sources'>) => `a list of choices, or one of ${sources}`,
  'generators.trueOrFalse': 'true or false',
  'generators.twice': ({ twin, target }: Args<'twin' | 'target'>) => `${twin} makes ${target} already`,
  'generators.unknownAnswer': ({ name, generator }: Args<'name' | 'generator'>) =>
    `${generator} asks no question ${name}`,
  'generators.asks': ({ names }: Args<'names'>) => `It asks ${names}.`,
  'generators.wouldMake': ({ name, file, reason }: Args<'name' | 'file' | 'reason'>) =>
    `generator ${name}, ${file}: ${reason}`,
  'generators.wouldMakeHere': ({ name, where }: Args<'name' | 'where'>) => `${name} would make ${where}`,
  'generators.wouldOverwrite': ({ files }: Args<'files'>) => `what is there would be overwritten: ${files}`,
  'generators.yesOrNo': 'yes or no',
};
