import type { Text } from '../../../text/language.ts';
import type { Step } from '../../../yaml/nodes.ts';
import type { GoneApplication } from '../../../repository/application-changes.ts';
import type { ListedApplication, ListedSet } from '../../../repository/applications.ts';
import type { Applying } from '../../../repository/applying.ts';
import type { EngineVersions } from '../../../render/engine.ts';
import type { Severity } from '../../../repository/rule-level.ts';
import type { DeliveryProblem } from '../deliveries/delivery-problem.ts';
import type { DataLost } from '../../../repository/data-in.ts';
import type { CheckConventions } from './app-facts.ts';
import type { ClusterSummary } from '../../../repository/cluster-summary.ts';
import type { DeployedTo } from './app-place.ts';
import type { ObjectSummary, PlacedCapi } from './folder-summary.ts';

/** An app with what is in it, nested kustomizations included. */
export type AppSummary = {
  name: string;
  folder: string;
  environment: string;
  namespace: string | undefined;
  /** Where what deploys the folder puts it; undefined where nobody says. */
  deployedTo: DeployedTo | undefined;
  /** How that applies it; undefined where nobody says. */
  applying: Applying | undefined;
  /** Whether it is no app by itself: a list of apps, or what apps are built from. */
  isPart: boolean;
  routes: readonly ObjectSummary[];
};

/** An app's folder that the last commit has and the work tree has not. */
export type RemovedApp = {
  folder: string;
  name: string;
  /** Where its charts and files went, if a new folder has them. */
  renamedTo: string | undefined;
  claims: readonly string[];
  crds: readonly string[];
  clusters: readonly string[];
  charts: readonly string[];
};

/** The parts of clusters that are built, and as they were where the commit has them in another way, or here no more. */
export type CapiChange = {
  now: readonly PlacedCapi[];
  /** `folder`: the nearest that still has a kustomization; undefined where none has. */
  before: readonly (PlacedCapi & { folder: string | undefined })[];
};

/** What is wrong with a generator of the team's own: how it is written, or what it makes for a test case. */
export type GeneratorProblem = { kind: 'invalid' | 'test'; file: string; reason: Text };
/** An Application that goes; where a set made it, with the data that goes with it. */
export type LostApplication = GoneApplication & DataLost & { charts: readonly string[] };

/** An Application, or a set, that stands where a root deploys from, and that the root does not see. */
export type MissedChild = {
  file: string;
  document: number;
  kind: string;
  name: string;
  root: string;
  folder: string;
  /** In a subfolder, which the root does not read; else its kustomization does not list it. */
  isDeeper: boolean;
};

/** The files of Applications below a root's folder that it does not see, whoever else deploys them. */
export type Unseen = { root: string; file: string; children: readonly string[] };

/** Two Applications that make the same objects on one cluster; of none it is named where both deploy one folder. */
export type Fight = { one: Fighter; other: Fighter; objects: readonly string[] };

type Fighter = Pick<ListedApplication, 'name' | 'from' | 'folder'>;

/** What rules about several apps look at. */
export type RepositoryFacts = {
  apps: readonly AppSummary[];
  /** Every ApplicationSet of the repository. */
  applicationSets: readonly Readonly<Record<string, unknown>>[];
  /** The Applications that will exist, as far as they are told. */
  applications: readonly ListedApplication[];
  /** The sets of which all is told. */
  sets: readonly ListedSet[];
  /** Who declares clusters, and how. */
  declared: ClusterSummary;
  /** What stands where a root deploys from, and is not deployed. */
  missed: readonly MissedChild[];
  /** What roots do not see. */
  unseen: readonly Unseen[];
  /** Two Applications that make one object. */
  fights: readonly Fight[];
  /** Applications that the commit has and the work tree has not. */
  gone: readonly LostApplication[];
  /** Sets that make none; `keeps` where what they made before stays, `refused` where and why Argo CD takes nothing of them. */
  emptySets: readonly {
    set: string;
    file: string;
    document: number;
    keeps: boolean;
    refused?: string | undefined;
  }[];
  /** The names of folders below `clusters/` from which something is deployed: what lies in folders called so is of one cluster. */
  clusters: ReadonlySet<string>;
  /** The folders whose kustomizations give objects other names. */
  renaming: readonly string[];
  habits: CheckConventions['habits'];
  /** What stands wrong where charts are delivered. */
  deliveries: readonly DeliveryProblem[];
  removed: readonly RemovedApp[];
  capi: CapiChange;
  /** What is wrong with the team's own generators. */
  generators: readonly GeneratorProblem[];
  /** Undefined where nothing is rendered. */
  tools: EngineVersions | undefined;
};

/** A diagnostic whose place is looked up later: the file may not have been read in this run. */
export type RepositoryDiagnostic = {
  file: string;
  document?: number | undefined;
  steps?: readonly Step[];
  message: Text;
  hint: Text;
  severity?: Severity;
  /** It is about what is other than it was: said whatever was asked for. */
  isOfChange?: true;
  /** It belongs to no app: said where the whole repository is looked at. */
  isOfNoApp?: true;
};
