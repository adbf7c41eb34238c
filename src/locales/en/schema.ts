import type { Args } from '../args.ts';

export const schema = {
  'schema.andMore': ({ count }: Args<'count'>) => `; and ${count} more`,
  'schema.broken': ({ path, rule }: Args<'path' | 'rule'>) => `${path} ${rule}`,
  'schema.brokenAt': ({ place, path, rule }: Args<'place' | 'path' | 'rule'>) => `${place}: ${path} ${rule}`,
  'schema.brokenDefault': ({ path, rule }: Args<'path' | 'rule'>) =>
    `the chart's own default ${path} ${rule}`,
  'schema.isMissing': 'is missing, and the chart requires it',
  'schema.keepTo': "Keep to the chart's values.schema.json: helm refuses to render the chart otherwise.",
  'schema.must': ({ keyword, value }: Args<'keyword' | 'value'>) => `does not meet "${keyword}": ${value}`,
  'schema.mustBeOneOf': ({ value }: Args<'value'>) => `must be one of ${value}`,
  'schema.mustBeOfType': ({ value }: Args<'value'>) => `must be of type ${value}`,
  'schema.mustEqual': ({ value }: Args<'value'>) => `must be ${value}`,
  'schema.mustMatch': ({ value }: Args<'value'>) => `must match the pattern ${value}`,
  'schema.notAllowed': 'is not a key that the chart allows here',
  'schema.notJudged': ({ file, reason }: Args<'file' | 'reason'>) => `not held to ${file}: ${reason}`,
  'schema.notWhole': ({ file, reason }: Args<'file' | 'reason'>) =>
    `not held to the whole of ${file}: ${reason}`,
  'schema.reasonChart': ({ reason }: Args<'reason'>) => `a chart in it cannot be read (${reason})`,
  'schema.reasonLimit': 'it takes more time or memory than a schema may',
  'schema.reasonOpaque': ({ what }: Args<'what'>) => `${what} is not at hand`,
  'schema.reasonOutside': ({ reference }: Args<'reference'>) =>
    `it refers to ${reference}, and nothing is fetched`,
  'schema.reasonPattern': ({ pattern }: Args<'pattern'>) =>
    `its pattern ${pattern} is not one that can be read`,
  'schema.reasonRecursion': 'it refers to itself without end',
  'schema.reasonSize': 'it is larger than a schema may be',
  'schema.reasonSwitchedOff': 'the release switches its schema off',
  'schema.reasonUnusable': 'it is no usable JSON Schema',
  'schema.refused': ({ chart, broken, more }: Args<'chart' | 'broken' | 'more'>) =>
    `the schema of ${chart} refuses the values: ${broken}${more}`,
};
