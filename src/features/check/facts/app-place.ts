import type { Applying } from '../../../repository/applying.ts';

/** The namespace of a folder's objects: Flux's wins over what they say, Argo CD's is for those without one. */
export type DeployedTo = { namespace: string; wins: boolean };

/** An app to be checked: its place and its files. */
export type AppPlace = {
  name: string;
  folder: string;
  /** Undefined for a folder that no environment holds. */
  environment: string | undefined;
  /** Where what deploys the folder puts it; undefined where nobody says. */
  deployedTo: DeployedTo | undefined;
  /** How that applies it; undefined where nobody says. */
  applying: Applying | undefined;
  /** Whether it is no app by itself: where its objects come out, and with which others, nobody can tell from it. */
  isPart: boolean;
  /** The files of the app, but those below `charts/`. */
  files: readonly string[];
};
