import { type Comment, saidBy } from '../yaml/lead.ts';
import type { Entry } from '../yaml/outline.ts';
import type { Action } from './plan.ts';
import type { Slot } from './slots.ts';

/** Comments of the team on the lines of entries that go away: they stay, on lines of their own. */
export function lostNotes(
  documents: readonly Slot[],
  actions: ReadonlyMap<Slot, Action>,
): ReadonlyMap<Entry, Comment> {
  const lost = new Map<Entry, Comment>();
  const visit = (slot: Slot): void => {
    const action = actions.get(slot)?.do;
    if (action === 'insert' || action === 'replace') return;
    const comment = action === undefined ? lostNote(slot) : undefined;
    if (slot.ours && comment) lost.set(slot.ours, comment);
    slot.children.forEach(visit);
  };
  documents.forEach(visit);
  return lost;
}

function lostNote({ base, ours, theirs }: Slot): Comment | undefined {
  if (!base || !ours?.note || !ours.ownLine || theirs) return undefined;
  const { start, end, text } = ours.note;
  const says = saidBy(text);
  if (base.note && saidBy(base.note.text) === says) return undefined;
  return { start, end, column: ours.column, text, blanks: 0, says };
}
