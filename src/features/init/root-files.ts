import { type Text, untranslated } from '../../text/language.ts';
import { renderTemplate } from '../../repository/templates.ts';
import type { CiSystem, InitRequest } from './init-request.ts';
import type { InitTemplates } from './init-templates.ts';
import { rootView } from './init-view.ts';
import { say } from '../../locales/say.ts';

/** A file beside the apps, path relative to the repository's root. */
export type RootFile = {
  path: string;
  content: string;
  why: Text;
  /** People's prose: made where it is missing, and theirs from then on. */
  prose?: boolean;
};

/** The transformer at the root, as an app names it. */
export const IMAGE_PREFIX_FILE = '../../image-prefix.yaml';

export const PRE_COMMIT = '.pre-commit-config.yaml';

type Entry = Omit<RootFile, 'content'> & { template: keyof InitTemplates };

/** Everything at the root: what people, agents, editors, git, CI and slipway itself read. */
export function rootFiles(
  request: InitRequest,
  { templates, configurationSchema }: { templates: InitTemplates; configurationSchema: string },
): RootFile[] {
  const view = rootView(request);
  const rendered = entries(request).map(({ template, ...file }) => ({
    ...file,
    content: renderTemplate(templates[template], view),
  }));
  const schema = {
    path: '.slipway/config.schema.json',
    content: configurationSchema,
    why: say('init.editors'),
  };
  return [...rendered, schema, ...agentFiles(request)];
}

/** What the usual clients read beside the repository: the server is started there, and by nobody else's name. */
function agentFiles({ agents, package: from }: InitRequest): RootFile[] {
  if (agents === 'none') return [];
  const own = ['mcp', ...(agents === 'write' ? ['--allow', 'write'] : [])];
  const [command, args] = from === undefined ? ['slipway', own] : ['npx', ['--yes', from, ...own]];
  const content = `${JSON.stringify({ mcpServers: { slipway: { command, args } } }, null, 2)}\n`;
  return [{ path: '.mcp.json', content, why: say('init.agentsServer') }];
}

function entries(request: InitRequest): Entry[] {
  return [
    {
      path: 'README.md',
      template: proseOf(request, 'README.md'),
      why: say('init.howRepositoryWorks'),
      prose: true,
    },
    {
      path: 'AGENTS.md',
      template: proseOf(request, 'AGENTS.md'),
      why: say('init.rulesPeopleAgents'),
      prose: true,
    },
    {
      path: '.gitignore',
      template: '.gitignore',
      why: say('init.keepsPlaintextOutGit'),
    },
    {
      path: '.editorconfig',
      template: '.editorconfig',
      why: say('init.editors'),
    },
    {
      path: PRE_COMMIT,
      template: '.pre-commit-config.yaml',
      why: say('init.checksEachCommit'),
    },
    {
      path: '.slipway/config.yaml',
      template: '.slipway/config.yaml',
      why: say('init.whatSlipwayGoes'),
    },
    ...(request.imagePrefix?.file !== IMAGE_PREFIX_FILE
      ? []
      : [
          {
            path: 'image-prefix.yaml',
            template: 'image-prefix.yaml' as const,
            why: say('init.imagesThrough', { mirror: request.imagePrefix.mirror }),
          },
        ]),
    ...CI_FILES[request.ci],
    ...(request.ci === 'none'
      ? []
      : [{ path: '.slipway/bump.sh', template: 'ci/bump.sh' as const, why: BUMPS }]),
  ];
}

function proseOf<Name extends string>({ gitops, language }: InitRequest, name: Name) {
  return gitops === 'flux' ? (`flux/${language}/${name}` as const) : (`${language}/${name}` as const);
}

const CHECKS = say('init.checksEachChange');
const UPGRADES = say('init.proposesUpgrades');
const COMMENTS = say('init.commentsPreviews');
const BUMPS = say('init.bumpsImages');
const BOTH = say('init.checksEachChangeProposesUpgrades');

const CI_FILES = {
  github: [
    { path: '.github/workflows/slipway.yaml', template: 'ci/github.yaml', why: BOTH },
    { path: '.github/workflows/slipway-comment.yaml', template: 'ci/github-comment.yaml', why: COMMENTS },
    { path: '.github/workflows/slipway-bump.yaml', template: 'ci/github-bump.yaml', why: BUMPS },
  ],
  gitlab: [
    { path: '.gitlab-ci.yml', template: 'ci/gitlab.yaml', why: BOTH },
    { path: '.gitlab/slipway-upgrade.sh', template: 'ci/gitlab-upgrade.sh', why: UPGRADES },
  ],
  tekton: [
    { path: '.tekton/slipway-check.yaml', template: 'ci/tekton-check.yaml', why: CHECKS },
    { path: '.tekton/slipway-bump.yaml', template: 'ci/tekton-bump.yaml', why: BUMPS },
    { path: '.tekton/slipway-upgrade.yaml', template: 'ci/tekton-upgrade.yaml', why: UPGRADES },
  ],
  none: [],
} as const satisfies Record<CiSystem, readonly Entry[]>;

const SYSTEMS = Object.entries(CI_FILES) as [CiSystem, readonly Entry[]][];

/** Every file by which a CI system is known. */
export const CI_PATHS = SYSTEMS.flatMap(([, files]) => files.map(({ path }) => path));

/** The CI that these files belong to. */
export function ciOf(present: readonly string[]): CiSystem | undefined {
  return SYSTEMS.find(([, files]) => files.some(({ path }) => present.includes(path)))?.[0];
}

/** What files of CI and pre-commit install already, and the file that says so. */
export function packageIn(files: ReadonlyMap<string, Buffer>): { value: string; why: Text } | undefined {
  const found = [...files].flatMap(([path, bytes]) => {
    const [, variable, dependency] = INSTALLS.exec(bytes.toString('utf8')) ?? [];
    const value = variable ?? dependency;
    return value === undefined ? [] : [{ value, why: untranslated(path) }];
  });
  return found[0];
}

/** Into how many shards the files of CI that are here already share the check, as the templates write it. */
export function shardsIn(files: ReadonlyMap<string, Buffer>): { value: string; why: Text } | undefined {
  for (const [path, bytes] of files) {
    const text = bytes.toString('utf8');
    const count = text.includes(SHARES) ? SHARDS.exec(text)?.[1] : undefined;
    if (count !== undefined) return { value: count, why: untranslated(path) };
  }
  return undefined;
}

const SHARES = '"$SLIPWAY" check --render --shard ';
const SHARDS = /^ *(?:parallel: |(?:shard|value): \[1\/)([1-9]\d?|1\d\d|200)(?!\d)/m;

/** As the templates write it: the variable of CI, in both of its spellings, or the hook's only dependency. */
const INSTALLS =
  /^[ \t]*(?:SLIPWAY:|- name: SLIPWAY\n[ \t]*value:) *["']?([^\s"']+)|slipway check(?:(?!slipway check)[^[])*additional_dependencies: \[["']?([^\s"'\]]+)/m;
