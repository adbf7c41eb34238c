import { badPair } from '../../render/tool-pairs.ts';
import type { Text } from '../../text/language.ts';
import { compareVersions, parseVersion } from '../../charts/versions/versions.ts';
import type { Diagnosis } from './diagnosis.ts';

/** A program as it was found. */
export type FoundTool =
  | { status: 'found'; command: string; version: string }
  | { status: 'broken'; command: string; reason: string }
  | { status: 'absent'; command: string };

export type FoundTools = {
  node: string;
  git: FoundTool;
  helm: FoundTool;
  kustomize: FoundTool;
  /** What keeps helm and kustomize from the network and the disk. */
  sandbox: 'closed' | 'offline' | 'none';
};

type Need = { missing: Text; install: Text; severity: 'note' | 'problem' };

const NEEDS = {
  git: {
    severity: 'note',
    missing: {
      en: 'not found: uncommitted work is not protected by git, and nothing can be committed',
      'zh-CN': '未找到：无法借助 git 保护未提交的修改，也无法提交',
    },
    install: { en: 'install git', 'zh-CN': '安装 git' },
  },
  helm: {
    severity: 'problem',
    missing: {
      en: 'not found: charts are not rendered, so services, images and secrets are guessed from values',
      'zh-CN': '未找到：无法渲染 chart，服务、镜像和 Secret 只能根据 values 推测',
    },
    install: {
      en: 'install Helm (https://helm.sh), or name it with SLIPWAY_HELM',
      'zh-CN': '安装 Helm（https://helm.sh），或用 SLIPWAY_HELM 指定',
    },
  },
  kustomize: {
    severity: 'problem',
    missing: {
      en: 'not found: no app can be built here, so upgrades and checks cannot see what comes out',
      'zh-CN': '未找到：无法构建应用，升级和检查看不到渲染结果',
    },
    install: {
      en: 'install kustomize 5.8.1 or newer, or name it with SLIPWAY_KUSTOMIZE',
      'zh-CN': '安装 kustomize 5.8.1 及以上，或用 SLIPWAY_KUSTOMIZE 指定',
    },
  },
} as const satisfies Record<string, Need>;

/** What the tools of a machine are good for, each and together. */
export function diagnoseTools({ node, git, helm, kustomize, sandbox }: FoundTools): Diagnosis[] {
  return [
    diagnoseNode(node),
    diagnoseTool(git, NEEDS.git),
    diagnoseTool(helm, NEEDS.helm),
    diagnoseTool(kustomize, NEEDS.kustomize),
    ...diagnosePair(helm, kustomize),
    diagnoseSandbox(sandbox),
  ];
}

const SANDBOXES = {
  closed: {
    en: 'helm and kustomize run without a network, and write nowhere but into a folder of their own',
    'zh-CN': 'helm 和 kustomize 在无网络环境中运行，且只能写入自己的目录',
  },
  offline: {
    en: 'helm and kustomize run without a network, but could write wherever you can',
    'zh-CN': 'helm 和 kustomize 在无网络环境中运行，但能写入你可写的任何位置',
  },
  none: {
    en: 'nothing but their own settings keeps helm and kustomize from the network and from your files',
    'zh-CN': '除自身设置外，没有任何机制阻止 helm 和 kustomize 访问网络和你的文件',
  },
} as const satisfies Record<FoundTools['sandbox'], Text>;

/** Not a problem: slipway refuses by itself what is known to lead out. */
function diagnoseSandbox(level: FoundTools['sandbox']): Diagnosis {
  const base = { topic: 'tools', subject: 'sandbox', message: SANDBOXES[level] } as const;
  if (level === 'closed') return { ...base, status: 'ok' };
  return {
    ...base,
    status: 'note',
    hint: {
      en: 'on Linux: install util-linux (unshare, mount, setpriv) and allow user namespaces to this user',
      'zh-CN': 'Linux：安装 util-linux（unshare、mount、setpriv），并允许该用户使用 user namespace',
    },
  };
}

function diagnoseNode(version: string): Diagnosis {
  const [needed, running] = [parseVersion('20.19.0'), parseVersion(version)];
  const tooOld = needed !== undefined && running !== undefined && compareVersions(running, needed) < 0;
  const base = { topic: 'tools', subject: 'node', message: { en: version, 'zh-CN': version } } as const;
  if (!tooOld) return { ...base, status: 'ok' };
  return {
    ...base,
    status: 'problem',
    hint: { en: 'use Node 20.19 or newer', 'zh-CN': '使用 Node 20.19 及以上' },
  };
}

function diagnoseTool(tool: FoundTool, need: Need): Diagnosis {
  const base = { topic: 'tools', subject: tool.command } as const;
  switch (tool.status) {
    case 'found':
      return { ...base, status: 'ok', message: { en: tool.version, 'zh-CN': tool.version } };
    case 'absent':
      return { ...base, status: need.severity, message: need.missing, hint: need.install };
    case 'broken':
      return {
        ...base,
        status: need.severity,
        message: { en: `does not run: ${tool.reason}`, 'zh-CN': `无法运行：${tool.reason}` },
        hint: need.install,
      };
  }
}

function diagnosePair(helm: FoundTool, kustomize: FoundTool): Diagnosis[] {
  if (helm.status !== 'found' || kustomize.status !== 'found') return [];
  const pair = badPair({ helm: helm.version, kustomize: kustomize.version });
  if (!pair) return [];
  const { severity, message, hint } = pair;
  const status = severity === 'error' ? 'problem' : 'note';
  return [{ topic: 'tools', status, subject: 'kustomize + helm', message, hint }];
}
