import type { Text } from '../../text/language.ts';
import { type Place, resourceFile, sealedFile, TOUR_CHART, TOUR_SECRET } from './place.ts';

export const STEP_IDS = ['concepts', 'add', 'check', 'seal', 'upgrade', 'report', 'commit'] as const;
export type StepId = (typeof STEP_IDS)[number];

/** One step of the tour: what to do, and how it is done for somebody who is stuck. */
export type TourStep = {
  id: StepId;
  title: Text;
  task: Text;
  /** Command lines that do it; none where there is only something to read. */
  solution: string[];
};

/** Beside the copy: the tour's certificate, prepared answers, and where the report goes. */
export const TOUR_FILES = { certificate: 'sealing.pem', answers: 'answers.yaml', report: 'report.md' };

/** The steps in the words of the copy. `repository` is where the tour's charts are. */
export function tourSteps(place: Place, repository: string): TourStep[] {
  return [
    CONCEPTS,
    add(place, repository),
    check(place),
    seal(place),
    upgrade(place),
    report(place),
    commit(place),
  ];
}

const CONCEPTS: TourStep = {
  id: 'concepts',
  title: { en: 'How this repository works', 'zh-CN': '仓库如何工作' },
  task: { en: 'Read the page above.', 'zh-CN': '阅读上面的内容。' },
  solution: [],
};

function add({ app, environment, path, routed }: Place, repository: string): TourStep {
  const { name, from } = TOUR_CHART;
  const route = routed ? `own --host ${app} --service ${app}-${name}:80` : 'none';
  return {
    id: 'add',
    title: { en: 'Add an app', 'zh-CN': '新增应用' },
    task: {
      en: `Make the app ${path} from the chart ${name}, version ${from}, of ${repository}. Then look into its folder: a pinned
chart, its default values in full, a namespace${routed ? ', a route' : ''}. Without flags, slipway new-app asks.`,
      'zh-CN': `用 ${repository} 的 chart ${name}（版本 ${from}）新建应用 ${path}。然后看看它的目录：锁定版本的 chart、完整的默认值、
命名空间${routed ? '、路由' : ''}。不带参数时 slipway new-app 会逐项询问。`,
    },
    solution: [
      `slipway new-app ${app} --chart ${name} --repo ${repository} --version ${from} --env ${environment} --route ${route}`,
    ],
  };
}

function check({ app, path }: Place): TourStep {
  const file = `${path}/kustomization.yaml`;
  return {
    id: 'check',
    title: { en: 'Break and mend a rule', 'zh-CN': '违反规则，再修正' },
    task: {
      en: `Somebody was careless: ${path}/kustomization.yaml now breaks two rules (git show tells how). Let slipway check
find them. With --fix it mends what is safe and shows the difference; what could move something in a cluster it leaves to
you. Mend that by hand, until the check is clean.`,
      'zh-CN': `有人粗心大意：${path}/kustomization.yaml 现在违反了两条规则（可用 git show 查看）。用 slipway check 找出来。--fix 会修正安全的
部分并显示差异；可能影响集群中资源的，留给你决定。手工修正剩下的，直到检查通过。`,
    },
    solution: [`slipway check ${path} --fix`, ...inPlace(`s/namespace: default$/namespace: ${app}/`, file)],
  };
}

function seal(place: Place): TourStep {
  const { name, key } = TOUR_SECRET;
  const file = sealedFile(place);
  return {
    id: 'seal',
    title: { en: 'Seal a secret', 'zh-CN': '加密 Secret' },
    task: {
      en: `The app needs a Secret ${name} with the key ${key}. Seal a random value into ${file} with the tour's certificate,
../${TOUR_FILES.certificate}; nobody has its private key. The plaintext never touches a file.`,
      'zh-CN': `应用需要名为 ${name}、键为 ${key} 的 Secret。用教程的证书 ../${TOUR_FILES.certificate}（没有人持有其私钥）把一个随机值加密到 ${file}。
明文不会写入任何文件。`,
    },
    solution: [
      `slipway seal --into ${file} --name ${name} --generate ${key}:24 --cert ../${TOUR_FILES.certificate} --yes`,
    ],
  };
}

function upgrade({ path }: Place): TourStep {
  const { name, from, to } = TOUR_CHART;
  return {
    id: 'upgrade',
    title: { en: 'Upgrade a chart', 'zh-CN': '升级 chart' },
    task: {
      en: `Meanwhile the team changed two values: three replicas, and another image tag (git show tells). Upgrade ${name} from
${from} to ${to}. The replicas are carried over; the tag changed on both sides, so slipway writes nothing until you decide:
in the terminal with --interactive, or with --decisions ../${TOUR_FILES.answers}. Write the report to ../${TOUR_FILES.report}.`,
      'zh-CN': `与此同时，团队改了两个值：三个副本，以及另一个镜像标签（可用 git show 查看）。把 ${name} 从 ${from} 升级到 ${to}。副本数会自动保留；
镜像标签两边都改了，在你决定之前 slipway 什么也不写：用 --interactive 在终端里回答，或用 --decisions ../${TOUR_FILES.answers}。报告写到
../${TOUR_FILES.report}。`,
    },
    solution: [
      `slipway upgrade ${path} --decisions ../${TOUR_FILES.answers} --report ../${TOUR_FILES.report} --yes`,
    ],
  };
}

function report(place: Place): TourStep {
  const file = resourceFile(place, 'httproute.yaml');
  const mend = place.routed ? inPlace('s/port: 80$/port: 8080/', file) : [];
  return {
    id: 'report',
    title: { en: 'Read the report', 'zh-CN': '阅读报告' },
    task: place.routed
      ? {
          en: `Open ../${TOUR_FILES.report}: what changed upstream, what that means here, what was carried over. The new chart
serves another port, and the report says who still leads to the old one. Mend that file.`,
          'zh-CN': `打开 ../${TOUR_FILES.report}：上游变更、对我们的影响、迁移结果。新版 chart 换了服务端口，报告指出了谁还指向旧端口。修正那个文件。`,
        }
      : {
          en: `Open ../${TOUR_FILES.report}: what changed upstream, what that means here, what was carried over.`,
          'zh-CN': `打开 ../${TOUR_FILES.report}：上游变更、对我们的影响、迁移结果。`,
        },
    solution: mend,
  };
}

function commit({ app }: Place): TourStep {
  return {
    id: 'commit',
    title: { en: 'Commit', 'zh-CN': '提交' },
    task: {
      en: `Commit everything, with a message in the form feat(${app}): what is new. In the real repository a merge request
follows, and Argo CD syncs what is merged.`,
      'zh-CN': `提交全部改动，提交信息的格式为 feat(${app}): 改动内容。在真实仓库里接下来是合并请求，合并后由 Argo CD 同步。`,
    },
    solution: ['git add --all', `git commit --quiet --message "feat(${app}): a guest book, upgraded"`],
  };
}

/** An edit by hand as command lines; sed on every system keeps the old file if it is given an ending. */
function inPlace(script: string, file: string): string[] {
  return [`sed -i.old "${script}" ${file}`, `rm ${file}.old`];
}
