import type { Answers } from '../../values/decisions.ts';

/** What answers for one app alone: `production/blog: replicas#ce0d1999`. A plain id answers for every app that has it. */
export function keyFor(app: string, id: string): string {
  return `${app}: ${id}`;
}

/** The answers of a file as one app sees them, by plain id: one that names the app wins over one that names none. */
export function answersFor(answers: Answers, app: string): Answers {
  const head = keyFor(app, '');
  const own = Object.entries(answers).filter(([key]) => key.startsWith(head));
  return { ...answers, ...Object.fromEntries(own.map(([key, answer]) => [key.slice(head.length), answer])) };
}

/** The key in the file that answered for an app. */
export function keyThatAnswered(answers: Answers, app: string, id: string): string {
  const own = keyFor(app, id);
  return Object.hasOwn(answers, own) ? own : id;
}

/** What waits for an answer, by the key that a file answers it by: its plain id, or, where several apps have that, one with its app. */
export function byKey<Item extends { app: string; id: string }>(
  items: readonly Item[],
): ReadonlyMap<string, readonly Item[]> {
  const byId = grouped(items, ({ id }) => id);
  const isShared = ({ app, id }: Item): boolean => byId.get(id)?.some(other => other.app !== app) ?? false;
  return grouped(items, item => (isShared(item) ? keyFor(item.app, item.id) : item.id));
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return groups;
}
