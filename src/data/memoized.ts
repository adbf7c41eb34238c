/**
 * The same function of one or no argument, which makes each answer once: the same promise too, and the same failure of it.
 * One that throws is asked again.
 */
export function memoized<Args extends [key?: unknown], Value>(
  make: (...args: Args) => Value,
): (...args: Args) => Value {
  const made = new Map<unknown, { value: Value }>();
  return (...args) => {
    const known = made.get(args[0]);
    if (known) return known.value;
    const value = make(...args);
    made.set(args[0], { value });
    return value;
  };
}

/** An object whose fields are made when somebody asks for them, each once. */
export function lazily<Whole extends object>(fields: { [Name in keyof Whole]-?: () => Whole[Name] }): Whole {
  const whole = {};
  for (const [name, make] of Object.entries<() => unknown>(fields))
    Object.defineProperty(whole, name, { enumerable: true, get: memoized(make) });
  return whole as Whole;
}
