import type { Args, Plural } from '../args.ts';

export const onboard = {
  'onboard.addApp': 'Add an app',
  'onboard.appNeedsSecretKeySeal': ({
    name,
    key,
    file,
    certificate,
  }: Args<'name' | 'key' | 'file' | 'certificate'>) =>
    `The app needs a password: a Secret ${name} with the key ${key}. Seal a random value into ${file} with the tour's certificate, ../${certificate}; nobody has its private key. The plaintext never touches a file.`,
  'onboard.beginAnew': 'start over',
  'onboard.breakMendRule': 'Break and fix a rule',
  'onboard.bringBackGitBeginAnew': 'Bring it back with git, or start over with --restart.',
  'onboard.changesNotCommittedFirst': ({ count, open }: Args<'count' | 'open'>, plural: Plural) =>
    `${plural(count, 'change is', 'changes are')} not committed, the first: ${open}`,
  'onboard.commit': 'Commit',
  'onboard.commitEverythingMessageFormFeat': ({ app }: Args<'app'>) =>
    `Commit everything, with a message in the form feat(${app}): what is new. In the real repository a merge request follows; once it is merged, Argo CD makes the cluster the same.`,
  'onboard.conceptArgoCd': ({ apps, folders }: Args<'apps' | 'folders'>) =>
    `Argo CD\n  Watches the repository and makes the cluster the same: that is called to sync. What is merged runs; nothing else does. Each folder of ${folders} is an app of its own; here are ${apps}.`,
  'onboard.conceptCrd':
    'CRD\n  A kind of object that Kubernetes does not know by itself, such as HTTPRoute, is taught to it by a custom resource definition. Charts bring theirs along.',
  'onboard.conceptDiagram': 'you -> git -> Argo CD -> cluster\nbrowser -> Gateway -> route -> app',
  'onboard.conceptDocker':
    'You know Docker: an image, started with docker run or from a compose file. Here nobody starts anything by hand. What should run is written down in this git repository, and a program makes it so:',
  'onboard.conceptHelm': ({ chart }: Args<'chart'>) =>
    `Helm chart\n  YAML that somebody else maintains, with settings, like a compose file full of variables. The version is pinned (${chart}). The settings are the values; values/<chart>-<version>.yaml holds all of them, with the team's changes in it, so that a diff shows what is ours.`,
  'onboard.conceptKubernetes':
    'Kubernetes\n  Runs containers on several machines, the cluster. It is told what to run in YAML, one object for each thing: a Deployment is “keep three containers of this image running”, a Service is a name and a port in front of them.',
  'onboard.conceptKustomize':
    'Kustomize\n  Puts an app together: kustomization.yaml lists its plain YAML files and its charts.',
  'onboard.conceptMirror': ({ mirror }: Args<'mirror'>) =>
    `Mirror\n  Images are pulled through ${mirror}, a copy of Docker Hub and others: image-prefix.yaml puts it in front of each name.`,
  'onboard.conceptNamespace': ({ app }: Args<'app'>) =>
    `Namespace\n  A compartment of the cluster, much as a compose project. An app's folder, such as ${app}, gives it its name.`,
  'onboard.conceptRoute': ({ host, gateway }: Args<'host' | 'gateway'>) =>
    `Gateway and route\n  The Gateway (${gateway}) is the one door for browsers, like a reverse proxy in front of your containers. A route (kind HTTPRoute) of the app says which host leads to which Service: ${host}.`,
  'onboard.conceptSealed': ({ sealed }: Args<'sealed'>, plural: Plural) =>
    `Sealed secret\n  Passwords are in git only encrypted (${plural(sealed, 'file')} here). Anybody can seal one with the certificate; only the controller in the cluster can open it.`,
  'onboard.copyDemoEvenInsideRepository': 'in a copy of the demo, even inside a repository',
  'onboard.findingsLeftFirst': (
    { count, said }: Args<'count' | 'said' | 'place' | 'first' | 'path'>,
    plural: Plural,
  ) => `${plural(count, 'finding is', 'findings are')} left, the first: ${said}`,
  'onboard.holdsSecretPlaintextDeleteMust': ({ plain }: Args<'plain'>) =>
    `${plain} holds a Secret in plaintext: delete it, it must never be committed`,
  'onboard.howRepositoryWorks': 'How this repository works',
  'onboard.lastMessageGiveFormFeat': ({ subject, app }: Args<'subject' | 'app'>) =>
    `the last message is "${subject}"; give it the form feat(${app}): … (git commit --amend)`,
  'onboard.leftSlipwayOnboardGoesFrom': 'Left. The tour continues from here with:',
  'onboard.liesInsideRepositoryWouldCopy': ({ folder }: Args<'folder'>) =>
    `${folder} is inside the repository that it would be a copy of`,
  'onboard.makeAppFromChartVersion': ({
    path,
    name,
    from,
    repository,
    value,
  }: Args<'path' | 'name' | 'from' | 'repository' | 'value' | 'value2'>) =>
    `Make the app ${path} from the chart ${name}, version ${from}, of ${repository}. Then look into its folder: a pinned chart, its default values in full, a namespace${value}. Without flags, slipway new-app asks.`,
  'onboard.meanwhileTeamChangedTwoValues': ({
    name,
    from,
    to,
    answers,
    report,
  }: Args<'name' | 'from' | 'to' | 'answers' | 'report'>) =>
    `Meanwhile the team changed two values: three replicas, and another image tag (git show tells). Upgrade ${name} from ${from} to ${to}, and have the report written to ../${report}. The replicas are carried over; the tag was changed on both sides, so slipway asks you which one holds. Whoever cannot be asked answers in a file: --decisions ../${answers} is one.`,
  'onboard.missing': ({ file }: Args<'file'>) => `${file} is missing`,
  'onboard.nameFolderOutside': 'Name a folder outside it.',
  'onboard.noSealedsecretNamed': ({ file, name }: Args<'file' | 'name'>) =>
    `${file} is not a SealedSecret named ${name}`,
  'onboard.notListedUnderResourcesKustomization': ({ relative, path }: Args<'relative' | 'path'>) =>
    `${relative} is not listed under resources in ${path}/kustomization.yaml, so nobody applies it`,
  'onboard.oldValuesFileStillThere': ({ place }: Args<'place'>) =>
    `the old values file ${place} is still there: delete it`,
  'onboard.readReportAndFix': ({ report }: Args<'report'>) =>
    `Open ../${report}: what changed upstream, what that means here, what was carried over. The new chart serves port 8080 instead of 80, and our own route still leads to 80: mend resources/httproute.yaml of the app. (Where helm and kustomize render, the report says so itself.)`,
  'onboard.readReportOnly': ({ report }: Args<'report'>) =>
    `Open ../${report}: what changed upstream, what that means here, what was carried over.`,
  'onboard.pinsTakeVersionSoThere': ({
    name,
    version,
    from,
    folder,
  }: Args<'name' | 'version' | 'from' | 'folder'>) =>
    `it pins ${name} ${version}; take --version ${from}, so that there is something to upgrade to (remove ${folder} and its lock first)`,
  'onboard.readPageAbove': 'Read the page above.',
  'onboard.readReport': 'Read the report',
  'onboard.runOneYesHavePlayed': 'Run it in one, or with --yes to have it played through.',
  'onboard.sealSecret': 'Seal a secret',
  'onboard.slipwayCheckCouldNotRun': ({ stdout }: Args<'stdout'>) => `slipway check could not run: ${stdout}`,
  'onboard.slipwayDoctorTellsWhetherTool':
    'slipway doctor tells whether a tool is missing; else please report it.',
  'onboard.somebodyCarelessKustomizationYamlNow': ({ path }: Args<'path'>) =>
    `Somebody was careless: ${path}/kustomization.yaml now breaks two rules (git show tells how). Let slipway check find them. With --fix it mends what is safe; what could move something in a cluster it leaves to you. Mend that by hand, until the check is clean.`,
  'onboard.stepTourDoesNotWork': ({ id, word }: Args<'id' | 'word'>) =>
    `the step ${id} of the tour does not work here: ${word}`,
  'onboard.stillLeadsPortReportSays': ({ file, led }: Args<'file' | 'led'>) =>
    `${file} still leads to port ${led}; the new chart serves 8080`,
  'onboard.stillSlipwayUpgradeWritesNothing': ({ name, version, path }: Args<'name' | 'version' | 'path'>) =>
    `${name} is still at ${version}: slipway upgrade ${path} writes nothing while a decision is open`,
  'onboard.thereButNotMadeChart': ({ folder, name }: Args<'folder' | 'name'>) =>
    `${folder} exists, but is not made from the chart ${name}: remove it and try again`,
  'onboard.thereNoAppYet': ({ folder }: Args<'folder'>) => `there is no app ${folder} yet`,
  'onboard.thereNoUndoUpgradeGit': ({ report }: Args<'report'>) =>
    `there is no ../${report}: undo the upgrade (git checkout . && git clean -fd) and repeat it with --report`,
  'onboard.thereNoYet': ({ file }: Args<'file'>) => `there is no ${file} yet`,
  'onboard.threeReplicasLostUpgradeSlipway': ({ place }: Args<'place'>) =>
    `the three replicas are lost in ${place}: upgrade with slipway, it carries them over`,
  'onboard.tourCopyStaysSlipwayOnboard': ({ root }: Args<'root'>) =>
    `That was the tour. The copy stays in ${root}. To start over:`,
  'onboard.tourMisses': ({ file }: Args<'file'>) => `the tour lacks ${file}`,
  'onboard.tourNeedsTerminal': 'the tour needs a terminal',
  'onboard.typeCommandsHereTheyRun':
    'Type commands here; they run in the copy. Enter alone checks the step, hint shows how it is done, help shows the task again, quit leaves.',
  'onboard.upgradeChart': 'Upgrade a chart',
  'onboard.valueNotSealedSlipwaySeal': ({ key, file }: Args<'key' | 'file'>) =>
    `the value of ${key} in ${file} is not sealed: slipway seal --into fills it`,
  'onboard.conceptDiagramFlux': 'you -> git -> Flux -> cluster\nbrowser -> Gateway -> route -> app',
  'onboard.conceptFlux': ({ folders }: Args<'folders'>) =>
    `Flux\n  Watches the repository and makes the cluster the same. Its Kustomizations say which folders it builds (apps are in ${folders}); what is merged runs, and what is taken out is deleted.`,
  'onboard.conceptNamespaceOf': ({ app, namespace }: Args<'app' | 'namespace'>) =>
    `Namespace\n  A compartment of the cluster, much as a compose project. What ${app} makes lands in ${namespace}.`,
  'onboard.conceptRelease': ({ chart, app }: Args<'chart' | 'app'>) =>
    `Helm chart\n  YAML that somebody else maintains, with settings, like a compose file full of variables. A HelmRelease names the chart, its source and its version (${chart} in ${app}); its values say what differs from the chart's defaults.`,
  'onboard.conceptApplication': ({ chart, app }: Args<'chart' | 'app'>) =>
    `Helm chart\n  YAML that somebody else maintains, with settings, like a compose file full of variables. An Application names the chart and its version (${chart} in ${app}); its values say what differs from the chart's defaults.`,
  'onboard.conceptUmbrella': ({ chart, app }: Args<'chart' | 'app'>) =>
    `Helm chart\n  YAML that somebody else maintains, with settings, like a compose file full of variables. An app is a chart of its own that depends on another (${chart} in ${app}); values.yaml says, under that chart's name, what differs from its defaults.`,
  'onboard.tourUnderWay': 'this is the tour already',
  'onboard.leaveTourFirst': 'hint shows what this step asks for; exit leaves the tour.',
};
