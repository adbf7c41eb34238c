import { access } from 'node:fs/promises';
import path from 'node:path';
import { parseManifests } from '../../repository/manifest.ts';
import { isRecord, recordsAt, stringOf, valueAt } from '../../data/fields.ts';
import type { Text } from '../../text/language.ts';
import { resourceFile, sealedFile, TOUR_CHART, TOUR_SECRET, valuesFile } from './place.ts';
import { type StepId, TOUR_FILES } from './steps.ts';
import type { App } from '../../repository/model.ts';
import { parseSource, toData } from '../../yaml/source.ts';
import { readDocuments } from '../../yaml/documents.ts';
import { systemCode, UserError } from '../../errors.ts';
import { readRepository } from '../../repository/read-repository.ts';
import type { Tour } from './tour.ts';

/** Whether a step is done; if not, the word that helps on. */
export type Verdict = { done: true } | { done: false; word: Text };

/** Looks at the copy, and nowhere else. What a person's file gets wrong is a word too. */
export async function judgeStep(tour: Tour, step: StepId): Promise<Verdict> {
  try {
    const word = await JUDGES[step](tour);
    return word === undefined ? { done: true } : { done: false, word };
  } catch (error) {
    if (!(error instanceof UserError) || error.code === 'E_CANCELLED') throw error;
    const hint = error.hint ? ` (${error.hint})` : '';
    const text = `${error.message}${hint}`;
    return { done: false, word: { en: text, 'zh-CN': text } };
  }
}

type Judge = (tour: Tour) => Promise<Text | undefined>;

const JUDGES: Record<StepId, Judge> = {
  concepts: async () => undefined,
  add: judgeApp,
  check: judgeRules,
  seal: judgeSecret,
  upgrade: judgeUpgrade,
  report: judgeReport,
  commit: judgeCommit,
};

async function judgeApp(tour: Tour): Promise<Text | undefined> {
  const { path: folder } = tour.place;
  const app = await findApp(tour);
  if (!app) return { en: `there is no app ${folder} yet`, 'zh-CN': `还没有应用 ${folder}` };
  const { name, from } = TOUR_CHART;
  const chart = app.kustomization.charts.find(entry => entry.name === name);
  if (!chart)
    return {
      en: `${folder} is there, but not made of the chart ${name}: remove it and try again`,
      'zh-CN': `${folder} 已存在，但不是来自 chart ${name}：删除后重试`,
    };
  if (chart.version !== from)
    return {
      en: `it pins ${name} ${chart.version ?? ''}; take --version ${from}, so that there is something to upgrade to (remove ${folder} and its lock first)`,
      'zh-CN': `锁定的是 ${name} ${chart.version ?? ''}；请用 --version ${from}，这样之后才有可升级的版本（先删除 ${folder} 及其 lock）`,
    };
  return missing(tour, [valuesFile(tour.place, from)]);
}

async function judgeRules(tour: Tour): Promise<Text | undefined> {
  const { stdout } = await tour.slipway(['check', tour.place.path, '--json']);
  const document = toData(parseSource(stdout, 'slipway check --json'));
  const findings = recordsAt(document, ['findings']).filter(({ severity }) => severity !== 'note');
  const [first] = findings;
  if (!isRecord(document) || !('findings' in document))
    return { en: `slipway check could not run: ${stdout}`, 'zh-CN': `slipway check 无法运行：${stdout}` };
  if (!first) return undefined;
  const place = `${stringOf(first['file'])}:${String(first['line'])}`;
  const said = `${place}: ${stringOf(first['message'])} → ${stringOf(first['hint'])}`;
  return {
    en: `${findings.length} findings are left, the first: ${said}`,
    // What JSON says is English; the command itself says it in Chinese.
    'zh-CN': `还有 ${findings.length} 个问题，第一个在 ${place}（${stringOf(first['code'])}）。运行 slipway check ${tour.place.path} 查看说明`,
  };
}

async function judgeSecret(tour: Tour): Promise<Text | undefined> {
  const { place, files } = tour;
  const file = sealedFile(place);
  const plain = await findPlaintext(tour);
  if (plain !== undefined)
    return {
      en: `${plain} holds a Secret in plaintext: delete it, it must never be committed`,
      'zh-CN': `${plain} 含有明文 Secret：删除它，绝不能提交`,
    };
  const text = await files.read(file);
  if (text === undefined) return { en: `there is no ${file} yet`, 'zh-CN': `还没有 ${file}` };
  const [sealed] = parseManifests(readDocuments(text.toString('utf8'), file));
  const { name, key } = TOUR_SECRET;
  if (sealed?.kind !== 'SealedSecret' || sealed.name !== name)
    return {
      en: `${file} is no SealedSecret named ${name}`,
      'zh-CN': `${file} 不是名为 ${name} 的 SealedSecret`,
    };
  const value = stringOf(valueAt(sealed.body, ['spec', 'encryptedData', key])) ?? '';
  // 512 bytes of RSA and a few more, in base64.
  if (!/^[A-Za-z0-9+/]{680,}={0,2}$/.test(value))
    return {
      en: `the value of ${key} in ${file} is not sealed: slipway seal --into fills it`,
      'zh-CN': `${file} 中 ${key} 的值没有加密：用 slipway seal --into 写入`,
    };
  return judgeListed(tour, file);
}

async function judgeListed(tour: Tour, file: string): Promise<Text | undefined> {
  const relative = path.posix.relative(tour.place.path, file);
  const listed =
    (await findApp(tour))?.kustomization.resources.map(entry => path.posix.normalize(entry)) ?? [];
  if (listed.includes(relative)) return undefined;
  return {
    en: `${relative} is not listed under resources in ${tour.place.path}/kustomization.yaml, so nobody applies it`,
    'zh-CN': `${relative} 未列入 ${tour.place.path}/kustomization.yaml 的 resources，不会被应用`,
  };
}

/** A Secret with values anywhere in the app's folder, listed or not. */
async function findPlaintext({ files, place }: Tour): Promise<string | undefined> {
  const { repository } = await readRepository(files);
  const inApp = [...repository.text].filter(([file]) => file.startsWith(`${place.path}/`));
  return inApp.find(
    ([, text]) => /^kind: *Secret *$/m.test(text) && /^ *(?:stringData|data):/m.test(text),
  )?.[0];
}

async function judgeUpgrade(tour: Tour): Promise<Text | undefined> {
  const { name, from, to } = TOUR_CHART;
  const chart = (await findApp(tour))?.kustomization.charts.find(entry => entry.name === name);
  if (chart?.version !== to)
    return {
      en: `${name} is still at ${chart?.version ?? '?'}: slipway upgrade ${tour.place.path} writes nothing while a decision is open`,
      'zh-CN': `${name} 仍为 ${chart?.version ?? '?'}：有待决定的事项时 slipway upgrade ${tour.place.path} 不写入任何内容`,
    };
  const values = await readValues(tour, to);
  if (values === undefined) return missing(tour, [valuesFile(tour.place, to)]);
  if (valueAt(values, ['replicaCount']) !== 3)
    return {
      en: `the three replicas are lost in ${valuesFile(tour.place, to)}: upgrade with slipway, it carries them over`,
      'zh-CN': `${valuesFile(tour.place, to)} 中丢失了三个副本的定制：请用 slipway 升级，它会保留`,
    };
  if ((await tour.files.read(valuesFile(tour.place, from))) !== undefined)
    return {
      en: `the old values file ${valuesFile(tour.place, from)} is still there: delete it`,
      'zh-CN': `旧的 values 文件 ${valuesFile(tour.place, from)} 还在：删除它`,
    };
  return undefined;
}

async function readValues({ files, place }: Tour, version: string): Promise<unknown> {
  const file = valuesFile(place, version);
  const text = await files.read(file);
  return text && toData(parseSource(text.toString('utf8'), file));
}

async function judgeReport(tour: Tour): Promise<Text | undefined> {
  const report = path.join(tour.folder, TOUR_FILES.report);
  if (!(await exists(report)))
    return {
      en: `there is no ../${TOUR_FILES.report}: undo the upgrade (git checkout . && git clean -fd) and repeat it with --report`,
      'zh-CN': `没有 ../${TOUR_FILES.report}：撤销升级（git checkout . && git clean -fd）后带 --report 重做`,
    };
  if (!tour.place.routed) return undefined;
  const file = resourceFile(tour.place, 'httproute.yaml');
  const text = await tour.files.read(file);
  const [route] = text === undefined ? [] : parseManifests(readDocuments(text.toString('utf8'), file));
  const ports = recordsAt(route?.body, ['spec', 'rules']).flatMap(rule =>
    recordsAt(rule, ['backendRefs']).map(({ port }) => port),
  );
  if (ports.length > 0 && ports.every(port => port === 8080)) return undefined;
  const led = JSON.stringify(ports[0]) ?? '?';
  return {
    en: `${file} still leads to port ${led}; the report says which one the new chart serves`,
    'zh-CN': `${file} 仍指向端口 ${led}；报告写明了新版 chart 的端口`,
  };
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

async function judgeCommit({ git, place }: Tour): Promise<Text | undefined> {
  const status = await git(['status', '--porcelain']);
  const open = status.stdout
    .trim()
    .split('\n')
    .filter(line => line !== '');
  if (open.length > 0)
    return {
      en: `${open.length} changes are not committed, the first: ${open[0]}`,
      'zh-CN': `还有 ${open.length} 处改动未提交，第一处：${open[0]}`,
    };
  const subject = (await git(['log', '-1', '--format=%s'])).stdout.trim();
  if (/^(?:feat|fix)\(tour-book\): \S/.test(subject) && !subject.includes('three replicas')) return undefined;
  return {
    en: `the last message is "${subject}"; give it the form feat(${place.app}): … (git commit --amend)`,
    'zh-CN': `最近的提交信息是“${subject}”；格式应为 feat(${place.app}): …（git commit --amend）`,
  };
}

async function findApp({ files, place }: Tour): Promise<App | undefined> {
  const { repository } = await readRepository(files);
  const problem = repository.problems.find(({ subject }) => subject?.startsWith(`${place.path}/`));
  if (problem) throw problem;
  return repository.apps.find(app => app.path === place.path);
}

async function missing({ files }: Tour, wanted: readonly string[]): Promise<Text | undefined> {
  const there = await files.readMany(wanted);
  const file = wanted.find(name => !there.has(name));
  return file === undefined ? undefined : { en: `${file} is missing`, 'zh-CN': `缺少 ${file}` };
}
