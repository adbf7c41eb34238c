import type { Args } from '../args.ts';

export const mergeValues = {
  'mergeValues.answersDecisionsYamlMapId':
    'answers to decisions: a YAML map of id to ours, theirs, merged or { value }',
  'mergeValues.chartsNewDefaultValues': "the chart's new default values",
  'mergeValues.chartsOldDefaultValues': "the chart's old default values",
  'mergeValues.commentAboveEachOpenDecision': 'a comment above each open decision',
  'mergeValues.missing': ({ missing }: Args<'missing'>) => `missing ${missing}`,
  'mergeValues.schemaOfNewChart':
    'hold the result to this values.schema.json, or to those of the new chart (its folder or archive)',
  'mergeValues.slipwayMergeValuesBaseOld':
    'slipway merge-values --base old.yaml --ours values.yaml --theirs new.yaml',
  'mergeValues.teamsEditedCopyThem': "the team's edited copy of them",
  'mergeValues.writeResultHereNotStdout': 'write the result here, not to stdout',
};
