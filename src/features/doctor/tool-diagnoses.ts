import { badPair } from '../../render/tool-pairs.ts';
import type { UserError } from '../../errors.ts';
import type { Text } from '../../text/language.ts';
import { compareVersions, parseVersion } from '../../charts/versions/versions.ts';
import type { Diagnosis } from './diagnosis.ts';
import { say } from '../../locales/say.ts';

/** A program as it was found. */
export type FoundTool =
  | { status: 'found'; command: string; version: string }
  | { status: 'broken'; command: string; reason: string }
  | { status: 'absent'; command: string };

export type FoundTools = {
  /** Which slipway this is, and how many days ago its sources were committed, where the build could tell. */
  own: { version: string; ageDays: number | undefined };
  node: string;
  git: FoundTool;
  helm: FoundTool;
  kustomize: FoundTool;
  /** What renders; a problem where it is asked for and not there. */
  engine:
    | { kind: 'inside'; kustomize: string; helm: string }
    | { kind: 'tools' }
    | { kind: 'broken'; error: UserError };
  /** What keeps helm and kustomize from the network and the disk. */
  sandbox: 'closed' | 'offline' | 'none';
};

type Need = { missing: Text; install: Text; severity: 'note' | 'problem' };

const NEEDS = {
  git: {
    severity: 'note',
    missing: say('doctor.notFoundUncommittedWorkNot'),
    install: say('doctor.installGit'),
  },
  helm: {
    severity: 'problem',
    missing: say('doctor.notFoundChartsNotRendered'),
    install: say('doctor.installHelmHttpsHelmSh'),
  },
  kustomize: {
    severity: 'problem',
    missing: say('doctor.notFoundNoAppCan'),
    install: say('doctor.installKustomize581'),
  },
} as const satisfies Record<string, Need>;

/** What the tools of a machine are good for, each and together. */
export function diagnoseTools({ own, node, git, helm, kustomize, engine, sandbox }: FoundTools): Diagnosis[] {
  const ofTools = [
    diagnoseTool(helm, NEEDS.helm),
    diagnoseTool(kustomize, NEEDS.kustomize),
    ...diagnosePair(helm, kustomize),
    diagnoseSandbox(sandbox),
  ];
  const isInside = engine.kind === 'inside';
  return [
    diagnoseOwn(own),
    diagnoseNode(node),
    diagnoseTool(git, NEEDS.git),
    diagnoseEngine({ engine, helm, kustomize }),
    ...(isInside ? [notNeeded(helm), notNeeded(kustomize)] : ofTools),
  ];
}

function diagnoseEngine({
  engine,
  helm,
  kustomize,
}: Pick<FoundTools, 'engine' | 'helm' | 'kustomize'>): Diagnosis {
  const base = { topic: 'tools', subject: say('doctor.subjectRenderer') } as const;
  switch (engine.kind) {
    case 'inside':
      return { ...base, status: 'ok', message: say('doctor.rendererInside', engine) };
    case 'tools':
      return { ...base, ...renderingTools(helm.status === 'found', kustomize.status === 'found') };
    case 'broken':
      return {
        ...base,
        status: 'problem',
        message: engine.error.texts.message,
        ...(engine.error.texts.hint ? { hint: engine.error.texts.hint } : {}),
      };
  }
}

/** What lacks is a problem of the tool's own line. */
function renderingTools(hasHelm: boolean, hasKustomize: boolean): Pick<Diagnosis, 'status' | 'message'> {
  if (!hasKustomize) return { status: 'note', message: say('doctor.nothingRenders') };
  if (!hasHelm) return { status: 'note', message: say('doctor.kustomizeAloneRenders') };
  return { status: 'ok', message: say('doctor.toolsRender') };
}

/** The renderer inside does their work. */
function notNeeded(tool: FoundTool): Diagnosis {
  const version = tool.status === 'found' ? tool.version : '–';
  return {
    topic: 'tools',
    subject: tool.command,
    status: 'ok',
    message: say('doctor.notNeeded', { version }),
  };
}

const SANDBOXES = {
  closed: say('doctor.renderersShutIn'),
  offline: say('doctor.renderersWithoutNetworkOnly'),
  none: say('doctor.nothingButTheirOwnSettings'),
} as const satisfies Record<FoundTools['sandbox'], Text>;

/** Not a problem: slipway refuses by itself what is known to lead out. */
function diagnoseSandbox(level: FoundTools['sandbox']): Diagnosis {
  const base = { topic: 'tools', subject: say('doctor.subjectSandbox'), message: SANDBOXES[level] } as const;
  if (level === 'closed') return { ...base, status: 'ok' };
  return {
    ...base,
    status: 'note',
    hint: say('doctor.linuxInstallUtilLinuxUnshare'),
  };
}

/** No network is asked whether there is a newer one: after half a year there probably is. */
const OLD_DAYS = 180;

function diagnoseOwn({ version, ageDays }: FoundTools['own']): Diagnosis {
  const base = { topic: 'tools', subject: 'slipway' } as const;
  if (ageDays === undefined) return { ...base, status: 'ok', message: { en: version, 'zh-CN': version } };
  const message = say('doctor.ownVersionWithAge', { version, ageDays });
  if (ageDays <= OLD_DAYS) return { ...base, status: 'ok', message };
  return { ...base, status: 'note', message, hint: say('doctor.lookForNewerSlipway') };
}

function diagnoseNode(version: string): Diagnosis {
  const [needed, running] = [parseVersion('20.19.0'), parseVersion(version)];
  const tooOld = needed !== undefined && running !== undefined && compareVersions(running, needed) < 0;
  const base = { topic: 'tools', subject: 'node', message: { en: version, 'zh-CN': version } } as const;
  if (!tooOld) return { ...base, status: 'ok' };
  return {
    ...base,
    status: 'problem',
    hint: say('doctor.useNode2019Newer'),
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
        message: say('doctor.doesNotRun', { reason: tool.reason }),
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
