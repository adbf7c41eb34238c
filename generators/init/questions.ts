import {
  parseDomains,
  parseEmail,
  parseEnvironments,
  parseMirror,
  parseRepoUrl,
} from '../../src/features/init/parse-answers.ts';
import { parseAppName } from '../../src/repository/names.ts';
import { CI_SYSTEMS } from '../../src/features/init/init-request.ts';
import { LANGUAGES } from '../../src/text/language.ts';
import { UserError } from '../../src/errors.ts';
import type { Question } from '../question.ts';

/** Everything that `init` may need to know. */
export const REPOSITORY_QUESTIONS = {
  environments: {
    flag: 'environments',
    value: '<folder,…>',
    help: {
      en: 'folders of apps; Argo CD goes into the first (default production,dev)',
      'zh-CN': '应用目录；Argo CD 放在第一个里（默认 production,dev）',
    },
    message: { en: 'Environments, separated by commas', 'zh-CN': '环境，以逗号分隔' },
    parse: text => parseEnvironments(text).join(','),
  },
  repoUrl: {
    flag: 'repo-url',
    value: '<url>',
    help: {
      en: 'where Argo CD reads this repository (default: the remote origin)',
      'zh-CN': 'Argo CD 读取本仓库的地址（默认：远程 origin）',
    },
    message: { en: 'URL of this repository, as Argo CD reads it', 'zh-CN': 'Argo CD 读取本仓库的 URL' },
    parse: parseRepoUrl,
  },
  domains: {
    flag: 'domains',
    value: '<domain,…>',
    help: { en: 'domains of the apps, the main one first', 'zh-CN': '应用的域名，主域名在前' },
    message: {
      en: 'Domains of the apps, the main one first, separated by commas',
      'zh-CN': '应用的域名，主域名在前，以逗号分隔',
    },
    parse: text => parseDomains(text).join(','),
  },
  gateway: {
    flag: 'gateway',
    value: '<name>',
    help: {
      en: 'name of the Gateway, its app and its namespace (default envoy-gateway)',
      'zh-CN': 'Gateway 的名称，也是其应用和命名空间（默认 envoy-gateway）',
    },
    message: { en: 'Name of the Gateway', 'zh-CN': 'Gateway 的名称' },
    parse: parseAppName,
  },
  mirror: {
    flag: 'mirror',
    value: '<host/>',
    help: {
      en: 'registry that images are pulled through (default: none)',
      'zh-CN': '拉取镜像所经过的镜像站（默认：无）',
    },
    message: { en: 'Mirror for images (empty for none)', 'zh-CN': '镜像站（留空表示没有）' },
    parse: parseMirror,
  },
  email: {
    flag: 'email',
    value: '<address>',
    help: {
      en: "account at Let's Encrypt (default: none, certificates are self-signed)",
      'zh-CN': "Let's Encrypt 账户（默认：无，使用自签名证书）",
    },
    message: {
      en: "E-mail address for Let's Encrypt (empty for self-signed certificates)",
      'zh-CN': "Let's Encrypt 的邮箱（留空则使用自签名证书）",
    },
    parse: parseEmail,
  },
  ci: {
    flag: 'ci',
    value: '<github|gitlab|tekton|none>',
    help: {
      en: 'CI that checks changes and proposes upgrades (default: by the URL)',
      'zh-CN': '检查变更、提出升级的 CI（默认：根据 URL 判断）',
    },
    message: { en: 'CI', 'zh-CN': 'CI' },
    parse: oneOf('ci', CI_SYSTEMS),
  },
  onRemoval: {
    flag: 'on-removal',
    value: '<keep|delete>',
    help: {
      en: 'what runs for an app whose folder goes: stays (default) or is deleted',
      'zh-CN': '应用目录移除后其资源：保留（默认）或删除',
    },
    message: {
      en: 'When an app’s folder goes, what becomes of what it runs?',
      'zh-CN': '应用目录移除后，它运行的资源如何处理？',
    },
    parse: oneOf('on-removal', ['keep', 'delete']),
  },
  language: {
    flag: 'language',
    value: '<en|zh-CN>',
    help: {
      en: 'language of README, AGENTS.md and reports (default: of this run)',
      'zh-CN': 'README、AGENTS.md 和报告的语言（默认：本次运行的语言）',
    },
    message: { en: 'Language of the repository', 'zh-CN': '仓库的语言' },
    parse: oneOf('language', LANGUAGES),
  },
} as const satisfies Record<string, Question>;

function oneOf(flag: string, choices: readonly string[]): (text: string) => string {
  return text => {
    if (choices.includes(text)) return text;
    throw new UserError('E_VALUE', `--${flag} ${text} is none of ${choices.join(', ')}`);
  };
}
