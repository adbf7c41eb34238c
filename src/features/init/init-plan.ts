import type { ChangeSet } from '../../change-set.ts';
import type { Charts } from '../../charts/lookup.ts';
import type { Renderers } from '../../render/renderers.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import type { AppTemplates } from '../../scaffold/app-files.ts';
import type { DeliveryTemplates } from '../../scaffold/delivered/own-unit.ts';
import type { RepositoryFiles } from '../../system/files/files.ts';
import type { Text } from '../../text/language.ts';
import type { InitTemplates } from './init-templates.ts';

export type InitContext = {
  files: RepositoryFiles;
  /** The repository as it is; one without anything for an empty folder. */
  gitops: GitopsRepository;
  templates: InitTemplates;
  appTemplates: AppTemplates;
  deliveryTemplates: DeliveryTemplates;
  configurationSchema: string;
  /** Undefined with --no-charts: the apps are made without theirs. */
  charts: Charts | undefined;
  chartsFrom: string | undefined;
  renderers: Renderers;
  t(text: Text): string;
};

/** One app of the bootstrap, and what becomes of it. */
export type InitPart = { name: string; status: 'added' | 'without-chart' | 'present'; where: string };

export type InitPlan = {
  parts: InitPart[];
  /** What is missing. */
  additions: ChangeSet;
  /** What is there and differs, the smallest first: each is made only if somebody says so. An app's files are one of them. */
  overwrites: ChangeSet[];
  notes: Text[];
};
