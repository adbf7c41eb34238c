import { say } from '../../locales/say.ts';
import type { Text } from '../../text/language.ts';
import { sealSecret } from '../../sealing/seal-secret.ts';
import { EXIT } from '../../errors.ts';
import type { SealInput } from './flags.ts';
import type { Session } from '../../cli/context.ts';
import { createDrafts } from '../../repository/drafts.ts';
import type { OpenedCertificate } from '../../sealing/open-certificate.ts';
import { planPin, planSeal, type Sealed, type SealOrder } from '../../sealing/plan-seal.ts';
import type { GitopsRepository } from '../../repository/read-repository.ts';
import { requireSealing } from './fitting.ts';
import { openSeal, openSealingCertificate, type SealRun } from './open.ts';
import { takeOrders } from './orders.ts';
import { showSeal } from './view.ts';
import { writeChanges } from '../../cli/write-changes.ts';

/** seal: the certificate first, then the values, then one transaction that holds ciphertext only. */
export async function runSeal(start: Session, input: SealInput): Promise<number> {
  const run = await openSeal(start, input, input.switches.has('stdout') ? 'read' : 'write');
  requireSealing(run);
  const opened = await openSealingCertificate(run.session, input, run.gitops);
  const notes = [...opened.certificate.notes];
  const orders = await takeOrders(run, note => notes.push(note));
  try {
    for (const note of notes) showNote(run.session, note);
    if (input.switches.has('stdout') || !run.gitops) print(run.session, orders, opened);
    else await write(run, run.gitops, { orders, opened, notes });
    return EXIT.done;
  } finally {
    for (const value of orders.flatMap(({ secret }) => [...secret.values.values()])) value.fill(0);
  }
}

function showNote({ terminal, t }: Session, note: Text): void {
  terminal.say(terminal.style(t(say('cli.note', { text: note })), 'yellow'));
}

function print(
  { terminal }: Session,
  orders: readonly SealOrder[],
  { certificate }: OpenedCertificate,
): void {
  const texts = orders.map(({ secret, target, scope }) => sealSecret(secret, target, { certificate, scope }));
  terminal.content(texts.map(text => (text.endsWith('\n') ? text : `${text}\n`)).join(''));
}

async function write(
  run: SealRun,
  gitops: GitopsRepository,
  {
    orders,
    opened,
    notes,
  }: { orders: readonly SealOrder[]; opened: OpenedCertificate; notes: readonly Text[] },
): Promise<void> {
  const { session } = run;
  const drafts = createDrafts(gitops.files);
  const { style } = gitops.conventions;
  const context = { drafts, certificate: opened.certificate, style, t: session.t };
  const sealed: Sealed[] = [];
  for (const order of orders) sealed.push(await planSeal(context, order));
  if (opened.pin) await planPin(context, opened.pin);
  const changes = drafts.changes();
  const { files } = gitops;
  // What a person wrote stays, so that work that is not committed yet is no reason to refuse.
  await writeChanges(session, changes, { root: files.root, uncommitted: 'save' });
  showSeal(run, { files, opened, sealed, changes, notes });
}
