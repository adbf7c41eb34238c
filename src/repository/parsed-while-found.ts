import { MOST_KEPT } from '../yaml/node-limit.ts';
import type { LocatedYaml } from '../yaml/read.ts';

type Text = ReadonlyMap<string, string>;

const parsed = new WeakMap<Text, { files: Map<string, LocatedYaml>; left: number }>();

/** A file that was parsed to find what deploys folders: who looks for charts parses it no second time. */
export function parsedWhileFound(text: Text, file: string): LocatedYaml | undefined {
  return parsed.get(text)?.files.get(file);
}

/** Keeps such a file, while there is room for it beside the others. */
export function keepWhileFound(text: Text, file: string, yaml: LocatedYaml): void {
  const own = parsed.get(text) ?? { files: new Map<string, LocatedYaml>(), left: MOST_KEPT };
  parsed.set(text, own);
  if ((own.left -= yaml.size) >= 0) own.files.set(file, yaml);
}
