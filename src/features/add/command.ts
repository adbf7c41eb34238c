import { ADDITIONS, ALL_ADDITIONS } from '../../../generators/add/generator.ts';
import { flagsOf } from '../../../generators/question.ts';
import { defineCommand } from '../../cli/command.ts';
import { EXAMPLES, FROM_EXAMPLE } from './examples.ts';
import { say } from '../../locales/say.ts';

const QUESTIONS = [...Object.values(ALL_ADDITIONS), ADDITIONS.cluster].flatMap(({ questions }) => questions);
const CAPI_FLAGS = ['capi', ...ADDITIONS.cluster.questions.map(({ flag }) => flag)];

export const command = defineCommand({
  usage: say('cli.usageAdd', { words: [...Object.keys(ALL_ADDITIONS), 'generator'].join('|') }),
  maxPositionals: 2,
  topics: {
    ...Object.fromEntries(
      Object.entries(ALL_ADDITIONS).map(([word, { description, questions }]) => [
        word,
        {
          summary: description,
          flags: [...questions.map(({ flag }) => flag), ...(word === 'cluster' ? CAPI_FLAGS : []), 'demo'],
        },
      ]),
    ),
    generator: { summary: say('generators.addSummary'), flags: [FROM_EXAMPLE] },
  },
  flags: {
    ...flagsOf(QUESTIONS),
    [FROM_EXAMPLE]: { value: `<${EXAMPLES.join('|')}>`, help: say('generators.fromExample') },
    capi: { help: say('capi.switch') },
    demo: {
      value: '[dir]',
      optional: true,
      help: say('add.demoRepository'),
    },
  },
  examples: [
    'slipway add',
    'slipway add chart wiki --chart redis --repo oci://registry.example/charts',
    'slipway add route wiki --host wiki --service wiki:80',
    'slipway add secret wiki --secret db:password,user',
    'slipway add storage wiki --storage ceph-block:10Gi',
    'slipway add certificate wiki --service wiki-db',
    'slipway add reflection wiki --object Certificate/wiki-ca --to build,ci',
    'slipway add generator database --from-example database',
    'slipway add cluster prod-eu --controlled-by hub --label env=production --server https://10.0.0.1:6443',
    'slipway add cluster prod-eu --capi --class quick-start --kubernetes v1.35.1 --control-plane 3 --workers md-0=3',
    'slipway add rewrite wiki --target gateway.gateway-system.svc.cluster.local',
  ],
  async run(session, input) {
    const { runAdd } = await import('./run.ts');
    return runAdd(session, input);
  },
});
