import type { CommandTool } from './tools.ts';

const APPS = {
  name: 'apps',
  isList: true,
  isOptional: true,
  about: 'apps, as production/wiki or wiki; all without',
};
const NAMED_APPS = { name: 'apps', isList: true, about: 'apps, as production/wiki or wiki' };
const CHART_FLAGS = ['chart', 'repo', 'version', 'release'];

/** Every tool that is a command. Nothing here seals, pushes, reads a key, takes a file, or overrides a refusal. */
export const COMMAND_TOOLS: readonly CommandTool[] = [
  {
    name: 'repository',
    command: 'doctor',
    title: 'The repository',
    isOpen: false,
    description:
      'Apps, environments and conventions with their evidence, and what is missing on this machine.',
    words: [],
    flags: [],
  },
  {
    name: 'outdated',
    command: 'outdated',
    title: 'What is outdated',
    isOpen: true,
    description: 'Charts, manifests and images that have newer versions, each with its place.',
    words: [APPS],
    flags: ['images', 'min-age'],
  },
  {
    name: 'diff',
    command: 'diff',
    title: 'Customisations',
    isOpen: true,
    description: "What the team changed of the charts' default values, key by key.",
    words: [APPS],
    flags: [],
  },
  {
    name: 'check',
    command: 'check',
    title: 'Findings',
    isOpen: false,
    description: 'What breaks a rule, with file, line and how to mend it.',
    words: [APPS],
    flags: ['render', 'staged'],
  },
  {
    name: 'preview',
    command: 'preview',
    title: 'What a branch changes',
    isOpen: false,
    description: 'The rendered difference of two revisions, object by object, with cautions.',
    words: [APPS],
    flags: ['base', 'head'],
  },
  {
    name: 'map',
    command: 'map',
    title: 'What runs where',
    isOpen: false,
    description:
      'Clusters, deployers, apps, charts, images, hosts, gateways and secrets by name, with what belongs to what.',
    words: [APPS],
    flags: [],
  },
  {
    name: 'fleet',
    command: 'fleet',
    title: 'Clusters',
    isOpen: false,
    description: 'Clusters, who masters them, what they run, and where their versions of a chart differ.',
    words: [],
    flags: [],
  },
  {
    name: 'promotion_status',
    command: 'promote',
    title: 'How far an environment is behind',
    isOpen: false,
    description: 'Each app of two environments: in step, behind, ahead or diverged, with what is behind.',
    words: [APPS],
    flags: ['from', 'to', 'all'],
    always: ['status'],
  },
  {
    name: 'explain',
    command: 'explain',
    title: 'Explain a word',
    isOpen: false,
    description: 'What an error, a rule, a decision, a risk or a word of slipway means.',
    words: [
      {
        name: 'word',
        isOptional: true,
        about: 'all words without',
      },
    ],
    flags: [],
  },
  {
    name: 'plan_new_app',
    command: 'new-app',
    title: 'Plan a new app',
    plans: true,
    isOpen: true,
    description: 'A new app folder from a chart or an image. Nothing is written before apply.',
    words: [
      {
        name: 'name',
        about: 'the name of the app',
      },
    ],
    flags: [...CHART_FLAGS, 'env', 'delivery', 'image', 'port', 'storage', 'route', 'host', 'service'],
  },
  {
    name: 'plan_upgrade',
    command: 'upgrade',
    title: 'Plan an upgrade',
    plans: true,
    isOpen: true,
    description:
      'Charts to newer versions: values migrated, rendered before and after, decisions and risks named.',
    words: [APPS],
    flags: ['to', 'patch', 'minor', 'major', 'min-age', 'pin', 'tidy'],
  },
  {
    name: 'plan_bump',
    command: 'bump',
    title: 'Plan an image',
    plans: true,
    isOpen: false,
    description: 'Another tag or digest of an image, at the place that decides it, proved by rendering.',
    words: [
      {
        name: 'app',
        about: 'the app',
      },
    ],
    flags: ['image', 'env', 'where'],
  },
  {
    name: 'plan_promote',
    command: 'promote',
    title: 'Plan a promotion',
    plans: true,
    isOpen: false,
    description:
      'Apps from one environment to another: a merge that keeps what is each environment’s own, with decisions where both changed.',
    words: [APPS],
    flags: ['from', 'to', 'all', 'only'],
  },
  {
    name: 'plan_move',
    command: 'move',
    title: 'Plan a move',
    plans: true,
    isOpen: false,
    description: 'An app to another environment, or out of service; says what the cluster deletes.',
    words: [
      {
        name: 'app',
        about: 'the app',
      },
    ],
    flags: ['to'],
  },
  {
    name: 'plan_convert',
    command: 'convert',
    title: 'Plan a conversion',
    plans: true,
    isOpen: true,
    description:
      'An app to kustomize, Flux or Argo CD, where the same is rendered; says what is lost and what the cluster deletes.',
    words: [{ name: 'app', about: 'the app' }],
    flags: ['to'],
  },
  {
    name: 'plan_add',
    command: 'add',
    title: 'Plan an addition',
    plans: true,
    isOpen: true,
    description: 'A route, chart, secret stub, storage or certificate for an app that exists.',
    words: [
      {
        name: 'what',
        about: 'chart, route, secret, storage, certificate, reflection or rewrite',
      },
      {
        name: 'app',
        about: 'the app',
      },
    ],
    flags: [
      ...CHART_FLAGS,
      'kind',
      'host',
      'service',
      'name',
      'secret',
      'storage',
      'access',
      'object',
      'to',
      'target',
    ],
  },
  {
    name: 'plan_adopt',
    command: 'adopt',
    title: 'Plan full copies',
    plans: true,
    isOpen: true,
    description:
      'Overrides of an app to full copies of the default values; refused where it would render otherwise.',
    words: [NAMED_APPS],
    flags: [],
  },
  {
    name: 'plan_minimize',
    command: 'minimize',
    title: 'Plan overrides',
    plans: true,
    isOpen: true,
    description:
      'Full copies of the default values to what they say otherwise; refused where it would render otherwise.',
    words: [NAMED_APPS],
    flags: ['prove', 'budget'],
  },
];
