import { randomBytes } from 'node:crypto';
import { asList, asMap, asText, field } from '../../data/fields.ts';
import { sha256Of } from '../../data/digest.ts';

/** A planned run: its command line without what makes it dry, what it was planned on, and what it came to. */
export type KeptPlan = { argv: readonly string[]; inputs: string; document: unknown };

/** The plans of this process, by id. A plan that another process made is none. */
export type Plans = {
  add(plan: KeptPlan): string;
  get(id: string): KeptPlan | undefined;
};

const MOST_KEPT = 100;

/** A store for plans; the oldest go. */
export function openPlans(): Plans {
  const plans = new Map<string, KeptPlan>();
  return {
    add: plan => {
      const id = `plan-${randomBytes(8).toString('hex')}`;
      plans.set(id, plan);
      for (const old of [...plans.keys()].slice(0, -MOST_KEPT)) plans.delete(old);
      return id;
    },
    get: id => plans.get(id),
  };
}

/** What a plan was made on: every text of the repository. */
export function digestOf(texts: ReadonlyMap<string, string>): string {
  const sorted = [...texts].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return sha256Of(sorted.map(([file, text]) => `${file}\0${sha256Of(text)}\n`).join(''));
}

type Planned = { path: string; action: string };

/** The changes that a document plans, of whatever command: its own, or those of its apps. */
function changesOf(document: unknown): Planned[] {
  const data = asMap(document);
  const lists = [
    field(data, 'changes'),
    ...asList(field(data, 'apps')).map(app => field(asMap(app), 'changes')),
  ];
  return lists.flatMap(asList).flatMap(change => {
    const [file, action] = [asText(field(asMap(change), 'path')), asText(field(asMap(change), 'action'))];
    return file === undefined || action === undefined ? [] : [{ path: file, action }];
  });
}

/** Whether two dry runs of one line planned the same. */
export function plansTheSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(changesOf(a)) === JSON.stringify(changesOf(b)) && openOf(a) === openOf(b);
}

/** What nobody has decided: with it, nothing is written. */
function openOf(document: unknown): string {
  const data = asMap(document);
  const ofApps = asList(field(data, 'apps')).map(app => field(asMap(app), 'decisions') ?? []);
  return JSON.stringify([field(data, 'decisions') ?? [], ofApps]);
}

/** Whether there is anything to answer, or was before the last answers. */
export function asksFor({ argv, document }: KeptPlan): boolean {
  return argv.some(isAnswers) || /"decisions":\[[^\]]/.test(JSON.stringify(document));
}

/** The word of a line that names a file of answers. */
export function isAnswers(word: string): boolean {
  return word.startsWith('--decisions=');
}

/** The question before a plan is applied: how much it writes, and what it takes away. */
export function questionOf({ argv, document }: KeptPlan): string {
  const changes = changesOf(document);
  const count = (action: string): number => changes.filter(change => change.action === action).length;
  const folders = [...new Set(changes.map(({ path: file }) => file.split('/').slice(0, 2).join('/')))];
  const shown =
    folders.slice(0, 5).join(', ') + (folders.length > 5 ? ` and ${folders.length - 5} more` : '');
  return `slipway ${argv[0] ?? ''}: create ${count('create')} files, change ${count('update')}, delete ${count('delete')}, in ${shown}?`;
}
