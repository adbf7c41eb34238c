import {
  parseDomains,
  parseEmail,
  parseEnvironments,
  parseMirror,
  parsePackage,
  parseRepoUrl,
  parseShards,
} from '../../src/features/init/parse-answers.ts';
import { parseAppName } from '../../src/repository/names.ts';
import {
  AGENT_RIGHTS,
  APPLICATION_STYLES,
  CI_SYSTEMS,
  GATEWAY_APIS,
  GITOPS,
  PROMOTIONS,
} from '../../src/features/init/init-request.ts';
import { LAYOUTS } from '../../src/repository/overlays.ts';
import { LANGUAGES } from '../../src/text/language.ts';
import { UserError } from '../../src/errors.ts';
import type { Question } from '../question.ts';
import { say } from '../../src/locales/say.ts';

/** Everything that `init` may need to know. */
export const REPOSITORY_QUESTIONS = {
  environments: {
    flag: 'environments',
    value: '<folder,…>',
    help: say('init.foldersAppsArgoCdGoes'),
    message: say('init.environmentsSeparatedCommas'),
    parse: text => parseEnvironments(text).join(','),
  },
  layout: {
    flag: 'layout',
    value: '<folders|overlays>',
    help: say('init.layoutDefaultFolders'),
    message: say('init.layout'),
    parse: oneOf('layout', LAYOUTS),
  },
  gitops: {
    flag: 'gitops',
    value: '<argocd|flux>',
    help: say('init.whatSyncsDefaultArgoCd'),
    message: say('init.whatSyncs'),
    parse: oneOf('gitops', GITOPS),
  },
  style: {
    flag: 'style',
    value: '<applicationset|app-of-apps>',
    notWith: [{ flag: 'gitops', values: ['flux'] }],
    help: say('init.styleDefaultSets'),
    message: say('init.style'),
    parse: oneOf('style', APPLICATION_STYLES),
  },
  repoUrl: {
    flag: 'repo-url',
    value: '<url>',
    help: say('init.whereArgoCdReadsRepository'),
    message: say('init.urlRepositoryArgoCdReads'),
    parse: parseRepoUrl,
  },
  domains: {
    flag: 'domains',
    value: '<domain,…>',
    help: say('init.domainsFlag'),
    message: say('init.domainsQuestion'),
    parse: text => parseDomains(text).join(','),
  },
  gateway: {
    flag: 'gateway',
    value: '<name>',
    help: say('init.nameGatewayAppNamespaceDefault'),
    message: say('init.nameGateway'),
    parse: parseAppName,
  },
  gatewayApi: {
    flag: 'gateway-api',
    value: '<chart|cluster>',
    help: say('init.whoBringsGatewayApiDefault'),
    message: say('init.whoBringsGatewayApi'),
    parse: oneOf('gateway-api', GATEWAY_APIS),
  },
  mirror: {
    flag: 'mirror',
    value: '<host/>',
    help: say('init.registryImagesPulledThroughDefault'),
    message: say('init.mirrorImagesEmptyNone'),
    parse: parseMirror,
  },
  email: {
    flag: 'email',
    value: '<address>',
    help: say('init.accountLetsEncryptDefaultNone'),
    message: say('init.eMailAddressLetsEncrypt'),
    parse: parseEmail,
  },
  ci: {
    flag: 'ci',
    value: '<github|gitlab|tekton|none>',
    help: say('init.ciChecksChangesProposesUpgrades'),
    message: say('init.ci'),
    parse: oneOf('ci', CI_SYSTEMS),
  },
  shards: {
    flag: 'shards',
    value: '<number>',
    notWith: [{ flag: 'ci', values: ['none'] }],
    help: say('init.shards'),
    parse: parseShards,
  },
  package: {
    flag: 'package',
    value: '<name@version|git+https://…>',
    help: say('init.npmPackageCiPreCommit'),
    message: say('init.whatCiInstalls'),
    parse: parsePackage,
  },
  promotion: {
    flag: 'promotion',
    value: '<none|promoter>',
    notWith: [{ flag: 'gitops', values: ['flux'] }],
    help: say('init.whoPromotes'),
    message: say('init.whoPromotes'),
    parse: oneOf('promotion', PROMOTIONS),
  },
  agents: {
    flag: 'agents',
    value: '<none|read|write>',
    help: say('init.agents'),
    message: say('init.agents'),
    parse: oneOf('agents', AGENT_RIGHTS),
  },
  onRemoval: {
    flag: 'on-removal',
    value: '<keep|delete>',
    notWith: [{ flag: 'gitops', values: ['flux'] }],
    help: say('init.whatRunsAppWhoseFolder'),
    message: say('init.whenAppsFolderGoesWhat'),
    parse: oneOf('on-removal', ['keep', 'delete']),
  },
  language: {
    flag: 'language',
    value: '<en|zh-CN>',
    help: say('init.languageReadmeAgentsMdReports'),
    message: say('init.languageRepository'),
    parse: oneOf('language', LANGUAGES),
  },
} as const satisfies Record<string, Question>;

function oneOf(flag: string, choices: readonly string[]): (text: string) => string {
  return text => {
    if (choices.includes(text)) return text;
    throw new UserError('E_VALUE', say('init.none', { flag, text, choices: choices.join(', ') }));
  };
}
