/** A tool that is a command: what it is called, and which arguments and flags of the command it takes. */
export type CommandTool = {
  name: string;
  command: string;
  title: string;
  description: string;
  /** Its arguments, in the order of the command line; the last may be a list. */
  words: readonly { name: string; isList?: boolean; isOptional?: boolean; about: string }[];
  /** Flags by the names of the command line. Only these: what is not named here, no agent can give. */
  flags: readonly string[];
  /** Switches of every call. */
  always?: readonly string[];
  /** It plans: run with --dry-run, and what it comes to can be applied. */
  plans?: true;
  /** It may ask servers. */
  isOpen: boolean;
};

/** A flag as `--help --json` has it. */
export type HelpFlag = {
  name: string;
  type: string;
  choices?: string[];
  repeatable: boolean;
  help: string;
};

const MOST_CHARACTERS = 2000;
const MOST_ITEMS = 100;

/** The JSON schema of what a tool takes, from its words and the flags of its command. */
export function inputSchema({ words, flags }: CommandTool, known: readonly HelpFlag[]): object {
  const named = known.filter(({ name }) => flags.includes(name));
  const properties = [
    ...words.map(({ name, isList, about }) => [
      name,
      isList ? list(text({ description: about })) : text({ description: about }),
    ]),
    ...named.map(flag => [flag.name, flagSchema(flag)]),
  ] as [string, object][];
  return {
    type: 'object',
    additionalProperties: false,
    required: words.flatMap(({ name, isOptional }) => (isOptional ? [] : [name])),
    properties: Object.fromEntries(properties),
  };
}

function flagSchema({ type, choices, repeatable, help }: HelpFlag): object {
  if (type === 'switch') return { type: 'boolean', description: help };
  const one = text({ description: help, ...(choices ? { enum: choices } : {}) });
  return repeatable ? list(one) : one;
}

function text(more: object): object {
  return { type: 'string', maxLength: MOST_CHARACTERS, ...more };
}

function list(items: object): object {
  return { type: 'array', items, maxItems: MOST_ITEMS };
}

/** What a client gave, once it has passed the schema. */
export type ToolArguments = Readonly<Record<string, unknown>>;

/** The command line of a call: the words, then the flags in the order of the tool. A value is never read as a flag. */
export function argvOf({ command, words, flags, always = [] }: CommandTool, given: ToolArguments): string[] {
  const args = words.flatMap(({ name }) => textsOf(given[name]));
  const options = flags.flatMap(name => {
    const value = given[name];
    if (typeof value === 'boolean') return value ? [`--${name}`] : [];
    return textsOf(value).map(each => `--${name}=${each}`);
  });
  return [
    command,
    ...always.map(name => `--${name}`),
    ...options,
    ...(args.length > 0 ? ['--', ...args] : []),
  ];
}

function textsOf(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** The first argument that leads out of the repository, or into its own folders: no tool takes one. */
export function leavesRepository(given: ToolArguments): string | undefined {
  return Object.values(given)
    .flatMap(textsOf)
    .find(value =>
      /^(?:[/~\\]|[A-Za-z]:[\\/]|file:)|(?:^|[/\\])\.\.(?:[/\\]|$)|(?:^|\/)\.(?:git|slipway)(?:\/|$)/.test(
        value,
      ),
    );
}
