import type { Configuration } from '../../repository/configuration.ts';
import type { Input } from '../../cli/flags.ts';
import type { Deletions } from './deletions.ts';
import type { FluxEffects } from './flux-effects.ts';
import type { RelocationRequest, PlannedMove } from './plan.ts';
import type { SeenBuild } from '../../cli/build-before-writing.ts';
import type { Text } from '../../text/language.ts';

/** What a run of `move` or `rename` comes to. */
export type Moving = {
  command: readonly string[];
  /** As it was given: what the line that repeats the run takes over. */
  input: Pick<Input, 'given' | 'switches' | 'values'>;
  request: RelocationRequest;
  configuration: Pick<Configuration, 'sealing'>;
  plan: PlannedMove;
  builds: readonly SeenBuild[];
  /** Whether git knows the old folder; where it does not, naming it is an error. */
  tracked: boolean;
  /** What git knows of the files that go and stand outside of the old folder. */
  removed: readonly string[];
  cluster: Deletions & {
    /** Whether Argo CD deletes the Application: it does not for a folder that it does not sync. */
    synced: boolean;
    /** What Argo CD calls it. */
    application: string;
    /** Whether the ApplicationSets keep the objects of an Application that goes. */
    preserved: boolean;
    /** What becomes of the Applications that a root brings, where they do not stay as they are. */
    children: PlannedMove['children'];
    /** Whether an Application names the folder itself, and follows it. */
    follows: boolean;
    /** What Flux makes of it, where that builds the app. */
    flux: FluxEffects | undefined;
    /** Why charts could not be rendered, so that their objects are not among those listed. */
    unseen: Text | undefined;
  };
};
