/** A person pressed Esc: the question before this one is asked again. No failure, and never shown. */
export class WentBack extends Error {
  override readonly name = 'WentBack';
}

/**
 * Asks about each of these in their order; Esc goes back to the one before, and asks the first again.
 * @throws whatever `ask` throws beside `WentBack`
 */
export async function askEach<Item>(
  items: readonly Item[],
  ask: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  for (let index = 0; index < items.length;)
    try {
      await ask(items[index] as Item, index);
      index += 1;
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
      index = Math.max(0, index - 1);
    }
}
