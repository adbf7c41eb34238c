import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { isSameData } from '../../data/fields.ts';
import { UserError } from '../../errors.ts';
import { say } from '../../locales/say.ts';
import { scopesOf } from '../../values/answer-keys.ts';
import { nameOfItem } from '../../values/data-changes.ts';
import { type GivenAnswers, mergeAnswered } from '../../values/merge-answered.ts';
import { align } from '../../values/longest-common.ts';
import { mergeSurely } from '../../values/merge-lines.ts';
import { manifestData, mergeManifest } from '../../values/merge-manifest.ts';
import type { Decision } from '../../values/plan.ts';
import { printYaml } from '../../yaml/print.ts';
import type { Drafts } from '../drafts.ts';
import { isKustomization } from '../kustomization.ts';
import type { EditStyle } from '../kustomization-edit.ts';
import { CHANGED_SECTIONS } from './definition.ts';
import { fileOfChange, planChange } from './plan.ts';
import type { GeneratedRun } from './record.ts';
import type { MadeChange } from './render.ts';

/** What an update writes through, and which answers count. */
export type Updating = {
  drafts: Drafts;
  style: EditStyle;
  why: string;
  /** The folder that the run is about: answers may be about it alone. */
  app: string;
  given: readonly GivenAnswers[];
};

export type Updated = {
  decisions: (Decision & { file: string })[];
  usedAnswers: string[];
  /** What people took away: it stays so. */
  gone: string[];
};

/**
 * Applies what a generator makes now to what people made of what it made then: what only it changed is taken over, what only they
 * changed stays, and where both did there is a decision. Markers are never written.
 * @throws UserError E_VALUE for an answer that a decision does not offer; E_YAML_* for a kustomization that is no YAML
 */
export async function updateRun(updating: Updating, base: GeneratedRun, now: GeneratedRun): Promise<Updated> {
  const updated: Updated = { decisions: [], usedAnswers: [], gone: [] };
  const files = new Set([...Object.keys(base.files), ...Object.keys(now.files)]);
  for (const file of files)
    await updateFile({ ...updating, files: now.files }, updated, {
      file,
      old: textIn(base, file),
      fresh: textIn(now, file),
    });
  const changed = new Set([...base.changes, ...now.changes].map(({ kustomization }) => kustomization));
  for (const kustomization of changed)
    await updateChange(updating, updated, {
      kustomization,
      old: partsOf(base.changes, kustomization),
      fresh: partsOf(now.changes, kustomization),
    });
  return updated;
}

function textIn({ files }: GeneratedRun, file: string): string | undefined {
  return Object.hasOwn(files, file) ? files[file] : undefined;
}

type Sides = { file: string; old: string | undefined; fresh: string | undefined };

type UpdatingFiles = Updating & Pick<GeneratedRun, 'files'>;

async function updateFile(
  updating: UpdatingFiles,
  updated: Updated,
  { file, old, fresh }: Sides,
): Promise<void> {
  const { drafts, why } = updating;
  const present = await drafts.read(file);
  if (present === undefined) {
    if (old === undefined && fresh !== undefined) await drafts.write({ path: file, text: fresh, why });
    else if (fresh !== undefined) updated.gone.push(file);
    return;
  }
  const own = present.replaceAll('\r\n', '\n');
  if (own === fresh || fresh === old) return;
  const isSure = own === old && (fresh !== undefined || isBeside(file, updating));
  const settled = isSure ? { text: fresh } : merge(updating, updated, { file, old, own, fresh });
  if (!settled) return;
  const { text } = settled;
  if (text === undefined) return drafts.remove({ path: file, why });
  await drafts.write({ path: file, why, text: withLineEnds(text, present) });
}

/**
 * Whether a run still makes files where this one is. A record alone, which may come with a clone, is no reason to delete a file that
 * its generator has nothing to do with: somebody decides that.
 */
function isBeside(file: string, { files }: UpdatingFiles): boolean {
  const folders = Object.keys(files).map(each => posix.dirname(each));
  return folders.some(folder => folder !== '.' && file.startsWith(`${folder}/`));
}

/** A line that stays keeps its own end; a new one gets that of the line before it. */
function withLineEnds(text: string, present: string): string {
  if (!present.includes('\r\n')) return text;
  const [lines, before] = [text.split('\n'), present.split('\n')];
  const last = before.length - 1;
  const own = before.map((line, index) => (index < last ? line.replace(/\r$/, '') : line));
  const places = new Map(align(own, lines).map(([at, index]) => [index, at]));
  let at = 0;
  const ended = lines.map((line, index) => {
    const place = places.get(index) ?? last;
    if (place < last) at = place;
    return before[at]?.endsWith('\r') ? `${line}\r` : line;
  });
  return [...ended.slice(0, -1), lines.at(-1)].join('\n');
}

type Contest = Sides & { own: string };

/** What becomes of a file that both changed; nothing while somebody has to decide. */
function merge(
  updating: Updating,
  updated: Updated,
  contest: Contest,
): { text: string | undefined } | undefined {
  const { file, old, own, fresh } = contest;
  const isYaml = /\.ya?ml$/.test(file) || isKustomization(file);
  const merged =
    isYaml && fresh !== undefined
      ? unlessYaml(() => mergeData(updating, updated, { file, old, own, fresh }))
      : undefined;
  if (merged) return merged.isOpen ? undefined : { text: merged.text };
  const lines =
    old !== undefined && fresh !== undefined && !isYaml ? mergedLines(old, own, fresh) : undefined;
  return lines === undefined ? decideWhole(updating, updated, contest) : { text: lines };
}

type Merged = { text: string; isOpen: boolean };
type ThreeTexts = { file: string; old: string | undefined; own: string; fresh: string };

/** Place by place. @throws UserError E_YAML_* for a file that cannot be edited so */
function mergeData(
  { given, app }: Updating,
  updated: Updated,
  { file, old, own, fresh }: ThreeTexts,
): Merged {
  const sides = { name: file, base: old, ours: own, theirs: fresh };
  const { merged, used } = mergeAnswered(given, scopesOf({ app, names: [file] }), answers =>
    mergeManifest(sides, { answers, ownedBy: () => undefined, isWanted: () => true }),
  );
  for (const { key } of used) updated.usedAnswers.push(key);
  for (const decision of merged.decisions) updated.decisions.push({ ...decision, file });
  const lines = old === undefined ? undefined : mergedLines(old, own, fresh);
  // The lines of both keep the comments of both; they count where they say the very same.
  const isSame = lines !== undefined && isSameData(dataIn(lines, file), dataIn(merged.text, file));
  return { text: isSame ? lines : merged.text, isOpen: merged.decisions.length > 0 };
}

/** Undefined where a file cannot be merged place by place. */
function unlessYaml(work: () => Merged): Merged | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof UserError && error.code.startsWith('E_YAML')) return undefined;
    throw error;
  }
}

function dataIn(text: string, file: string): unknown {
  try {
    return manifestData(text, file);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

function mergedLines(old: string, own: string, fresh: string): string | undefined {
  const [a, b, c] = [old, own, fresh].map(text => text.split('\n'));
  return a && b && c && mergeSurely(a, b, c)?.join('\n');
}

/** A file that nobody can merge place by place is one or the other. */
function decideWhole(
  { given, app }: Updating,
  updated: Updated,
  { file, old, own, fresh }: Contest,
): { text: string | undefined } | undefined {
  const [base, ours, theirs] = [old ?? null, own, fresh ?? null];
  const hash = createHash('sha256')
    .update(JSON.stringify([base, ours, theirs]))
    .digest('hex')
    .slice(0, 8);
  const path = JSON.stringify(file);
  const decision: Decision = {
    id: `[${path}]#${hash}`,
    path: `[${path}]`,
    kind: 'both-changed',
    base,
    ours,
    theirs,
    options: ['ours', 'theirs'],
  };
  const { merged, used } = mergeAnswered(given, scopesOf({ app, names: [file] }), answers => {
    const answer = Object.hasOwn(answers, decision.id) ? answers[decision.id] : undefined;
    return answer === undefined
      ? { decisions: [decision], usedAnswers: [], answer }
      : { decisions: [], usedAnswers: [decision.id], answer };
  });
  for (const { key } of used) updated.usedAnswers.push(key);
  if (merged.answer === undefined) updated.decisions.push({ ...decision, file });
  else if (merged.answer === 'theirs') return { text: fresh };
  else if (typeof merged.answer === 'object' && typeof merged.answer.value === 'string')
    return { text: merged.answer.value };
  else if (merged.answer !== 'ours')
    throw new UserError('E_VALUE', say('values.noSuchAnswer', { path: file }), { subject: file });
  return undefined;
}

type Parts = MadeChange['add'];
type ChangeSides = { kustomization: string; old: Parts; fresh: Parts };

function partsOf(changes: readonly MadeChange[], kustomization: string): Parts {
  const own = changes.filter(change => change.kustomization === kustomization);
  return Object.fromEntries(
    CHANGED_SECTIONS.flatMap(section => {
      const items = own.flatMap(({ add }) => add[section] ?? []);
      return items.length > 0 ? [[section, items]] : [];
    }),
  );
}

/** What is new is added, as at first; what changed or went is merged into the file as it is. */
async function updateChange(
  updating: Updating,
  updated: Updated,
  { kustomization, old, fresh }: ChangeSides,
): Promise<void> {
  if (isSameData(old, fresh)) return;
  const { drafts, why } = updating;
  const file = await fileOfChange(drafts, { kustomization, add: {} }).catch(missingFile);
  if (file === undefined) {
    updated.gone.push(kustomization);
    return;
  }
  await planChange(updating, {
    kustomization,
    add: partsWhere(fresh, (item, section) => !holdsItem(old[section], item)),
  });
  const kept = partsWhere(fresh, (item, section) => holdsItem(old[section], item));
  if (isSameData(old, kept)) return;
  const own = (await drafts.read(file)) ?? '';
  // A section that gets nothing more stays, with what people listed there.
  const sections = { ...Object.fromEntries(Object.keys(old).map(section => [section, []])), ...kept };
  const texts = { file, old: `${printYaml(old)}\n`, own, fresh: `${printYaml(sections)}\n` };
  const merged = mergeData(updating, updated, texts);
  if (!merged.isOpen) await drafts.write({ path: file, why, text: merged.text });
}

function missingFile(error: unknown): undefined {
  if (error instanceof UserError && error.code === 'E_GENERATOR') return undefined;
  throw error;
}

function partsWhere(parts: Parts, isWanted: (item: unknown, section: keyof Parts) => boolean): Parts {
  return Object.fromEntries(
    CHANGED_SECTIONS.flatMap(section => {
      const items = (parts[section] ?? []).filter(item => isWanted(item, section));
      return items.length > 0 ? [[section, items]] : [];
    }),
  );
}

function holdsItem(items: readonly unknown[] | undefined, item: unknown): boolean {
  const name = nameOfItem(item);
  return (items ?? []).some(each =>
    name === undefined ? isSameData(each, item) : nameOfItem(each) === name,
  );
}
