import { setTimeout } from 'node:timers/promises';
import { say } from '../../src/locales/say.ts';
import { judgeRisks } from '../../src/render/risks/judge.ts';
import type { Risk } from '../../src/render/risks/risk.ts';
import { recordsAt } from '../../src/data/fields.ts';
import type { Api, KubeObject } from './api.ts';
import { type Change, CHANGES, type Deed } from './changes.ts';

/** Where the objects of the table stand. */
const NAMESPACE = 'changes';

/** Has the API server judge each change, and slipway too. Gives a line for each that is not as the table says. */
export async function judgeChanges(api: Api): Promise<string[]> {
  await api.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  for (const [name, allowVolumeExpansion] of Object.entries({ std: false, fast: false, expandable: true }))
    await api.apply(
      Object.assign(named({ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' }, name), {
        provisioner: 'p.example',
        allowVolumeExpansion,
      }),
    );
  const wrong: string[] = [];
  for (const [index, change] of CHANGES.entries()) {
    const server = await askServer(api, change, `c${index}`);
    const off = [...(server ?? []), ...ownWord(change)];
    if (off.length > 0) wrong.push(`${change.title}: ${off.join('; ')}`);
  }
  return wrong;
}

function named(object: object, name: string): KubeObject {
  const kept = structuredClone(object) as KubeObject;
  return { ...kept, metadata: { ...kept.metadata, name } };
}

/** What the API server answers otherwise than the table has it. */
async function askServer(api: Api, change: Change, id: string): Promise<string[]> {
  const { before, after, taken } = change;
  const name = before.kind === 'CustomResourceDefinition' ? before.name : id;
  const [old, fresh] = [named(before.body, name), named(after.body, name)];
  const options = { namespace: NAMESPACE };
  const made = await api.apply(old, { ...options, dry: false });
  // Webhooks are never really made, so that their change is judged as if they were new.
  if (made.code >= 300) return [`it is not made: ${made.code} ${made.message}`];
  if (change.isBound) await api.setStatus(old, { phase: 'Bound', capacity: { storage: '10Gi' } }, options);
  if (before.kind === 'CustomResourceDefinition') await established(api, old);
  const applied = await api.apply(fresh, { ...options, dry: true });
  const replaced = await api.replace(fresh, options);
  if (before.kind === 'CustomResourceDefinition') await api.remove(old, options);
  return [
    ...differs('apply', applied, taken[0]),
    ...(isWebhook(before.kind) ? [] : differs('replace', replaced, taken[1])),
  ];
}

function isWebhook(kind: string): boolean {
  return kind.endsWith('WebhookConfiguration');
}

function differs(
  what: string,
  { code, message }: { code: number; message: string },
  taken: boolean,
): string[] {
  return code < 300 === taken ? [] : [`the server's word on ${what} is ${code} ${message.slice(0, 200)}`];
}

/** A definition keeps its names only once they are accepted. */
async function established(api: Api, object: KubeObject): Promise<void> {
  for (let left = 50; left > 0; left--) {
    const { body } = await api.read(object);
    const conditions = recordsAt(body, ['status', 'conditions']);
    if (conditions.some(({ type, status }) => type === 'Established' && status === 'True')) return;
    await setTimeout(100);
  }
}

/** What slipway says otherwise than the table has it: of applying, and of replacing. */
function ownWord({ before, after, deed, taken }: Change): string[] {
  const judged = (serverSide: boolean): Risk[] =>
    judgeRisks([before], [after], {
      serverSide,
      isUsed: () => false,
      namespace: NAMESPACE,
      routesElsewhere: () => [],
      kubernetes: { version: 'v1.36.2', isKnown: true },
    });
  const stops = (risks: readonly Risk[]): Risk[] => risks.filter(({ level }) => level === 'fatal');
  const fatal = stops(judged(true));
  const deeds = [...new Set(fatal.map(deedOf))];
  const wanted = deed === 'nothing' || deed === 'state' ? [] : [deed];
  const told = deeds.length === 0 && deed !== 'state' ? ['nothing'] : deeds;
  const isOff = deeds.join() !== wanted.join();
  const isLost = deed === 'state' && judged(true).length === 0;
  // Where nothing but server-side apply refuses it, whoever replaces is not stopped.
  const isStopped = deed === 'replace' && taken[1] && stops(judged(false)).length > 0;
  return [
    ...(isOff ? [`slipway's word is ${told.join(', ')}, not ${deed}`] : []),
    ...(isLost ? ['slipway says nothing'] : []),
    ...(isStopped ? ['slipway stops those who replace'] : []),
  ];
}

/** By what the remedy says. */
function deedOf({ remedy }: Risk): Deed {
  const { en } = remedy;
  const starts = (key: 'risks.recreate' | 'risks.recreateKeepingPods'): boolean =>
    en.startsWith(say(key, { object: '' }).en.split('kubectl')[0] ?? '');
  if (en === say('risks.moveTheData').en) return 'move-data';
  if (en === say('risks.migrateObjects').en) return 'migrate';
  if ([say('risks.replaceOnce').en, say('risks.mendOrReplace').en].includes(en)) return 'replace';
  if (en === say('risks.mendValues').en) return 'mend';
  return starts('risks.recreate') || starts('risks.recreateKeepingPods') ? 'recreate' : 'state';
}
