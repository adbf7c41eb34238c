/** Gives what was made under a key again, as long as few others came between: so many are held. */
export function keepRecent<Of>(most: number): (key: string, make: () => Of) => Of {
  const recent = new Map<string, { made: Of }>();
  return (key, make) => {
    const found = recent.get(key) ?? { made: make() };
    recent.delete(key);
    recent.set(key, found);
    const [oldest] = recent.keys();
    if (recent.size > most && oldest !== undefined) recent.delete(oldest);
    return found.made;
  };
}
