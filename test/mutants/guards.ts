/** A guard, and what takes it out. */
export type Guard = {
  /** In docs/threats.md. */
  readonly row: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly text: string;
  readonly by: string;
  /** The tests of the row in these files turn red. */
  readonly tests: readonly string[];
};

/** By file: the rows, the text that guards, and what it becomes. */
const OF_FILES: readonly (readonly [
  string,
  readonly string[],
  readonly (readonly [string, string, string])[],
])[] = [
  [
    'src/io/http-redirect.ts',
    ['test/io/http-redirect.test.ts'],
    [
      ['R01', 'headers: harmless(hop.headers), tls: undefined', 'tls: undefined'],
      ['R04', "if (hop.url.protocol === 'https:' && url.protocol === 'http:')", 'if (false)'],
      ['R06', 'if (hop.trail.includes(url.href)) throw', 'if (false) throw'],
      ['R06', 'if (hop.trail.length > limit) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/io/address-guard.ts',
    ['test/io/address-guard.test.ts'],
    [
      ['R07', 'if (isIP(name)) return reachOfAddress(name);', ''],
      ['R07', "return name.endsWith('.internal') ? 'private' : undefined;", 'return undefined;'],
      ['R07', "loopback: ranges('127.0.0.0/8', ", 'loopback: ranges('],
      ['R07', "'64:ff9b::/96'", "'64:ff9c::/96'"],
      ['R07', 'return FROM_PUBLIC.indexOf(reach) > FROM_PUBLIC.indexOf(allowed);', 'return false;'],
    ],
  ],
  [
    'src/io/http-url.ts',
    ['test/io/http-url.test.ts', 'test/io/http-redirect.test.ts'],
    [['R08', 'if (AMBIGUOUS.test(text) || ', 'if (']],
  ],
  [
    'src/io/http-body.ts',
    ['test/io/http-body.test.ts'],
    [
      ['N19', 'if (size > RATIO_FLOOR && size > wire() * MAX_RATIO)', 'if (false)'],
      ['R12', 'if (size > options.limit) throw overLimit(options);', ''],
      [
        'N20',
        "throw new UserError('E_ENCODING', `${subject}: content encoding",
        "return false; throw new UserError('E_ENCODING', `${subject}: content encoding",
      ],
    ],
  ],
  [
    'src/domain/credentials.ts',
    ['test/domain/credentials.test.ts'],
    [
      ['R04', 'if (!passCredentialsAll && !sameOrigin(repository.url, url)) return undefined;', ''],
      ['S21', 'if (error instanceof UserError) throw unreadable(file);', ''],
    ],
  ],
  [
    'src/io/oci-registry.ts',
    ['test/io/oci-registry.test.ts'],
    [
      ['R20', 'if (next.origin !== new URL(current).origin || ', 'if ('],
      ['R20', 'if (seen.has(url)) throw', 'if (false) throw'],
      ['R21', 'if (bytes.length === size) return bytes;', 'return bytes;'],
      ['R23', 'if (sha256Of(body) !== sha256) continue;', ''],
    ],
  ],
  [
    'src/io/oci-manifest.ts',
    ['test/io/oci-registry.test.ts'],
    [
      ['R21', 'if (charts.length !== 1) throw', 'if (charts.length < 1) throw'],
      ['R21', 'if (Array.isArray(urls) && urls.length > 0) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/io/oci-token.ts',
    ['test/io/oci-registry.test.ts'],
    [['R19', 'if (userinfo === undefined && (realm.origin', 'if (true || (realm.origin']],
  ],
  [
    'src/use-cases/chart-sources/http-source.ts',
    ['test/commands/http-digest.test.ts'],
    [['R16', 'if (expected !== undefined && sha256Of(body) !== expected) continue;', '']],
  ],
  [
    'src/io/unzip.ts',
    ['test/io/chart-archive.test.ts'],
    [
      ['A16', 'maxOutputLength: most', 'maxOutputLength: 2 ** 31'],
      ['A20', 'if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/io/chart-archive.ts',
    ['test/io/chart-archive.test.ts'],
    [
      ['A05', 'if (!CONTENT_TYPES.has(type) && !META_TYPES.has(type)) throw wrongType(type, path);', ''],
      [
        'A09',
        'if (before && (before.path !== part || before.isFile || partIsFile)) throw',
        'if (false) throw',
      ],
      ['A01', 'return problem && `a part of it ${problem}`;', 'return undefined;'],
      ['A12', 'if (top !== this.#topFolder)', 'if (false)'],
      ['A14', "if (!this.#files.has('Chart.yaml')) throw", 'if (false) throw'],
      ['A17', 'if (++this.#entries > this.#limits.entries)', 'if (false)'],
      ['A19', 'if (size > limits.metaBytes) throw', 'if (false) throw'],
      ['A23', 'else if (isNeeded(path)) throw', 'else if (false) throw'],
    ],
  ],
  [
    'src/domain/chart.ts',
    ['test/domain/chart.test.ts'],
    [
      [
        'A27',
        "if (typeof name === 'string' && isChartName(name)) return name;",
        "if (typeof name === 'string') return name;",
      ],
      ['R15', 'if (found.name === asked.name && rightVersion) return;', 'return;'],
      ['A26', 'if (alias !== undefined && !/^[A-Za-z0-9_-]+$/.test(alias))', 'if (false)'],
    ],
  ],
  [
    'src/domain/remote-yaml.ts',
    ['test/domain/remote-yaml.test.ts'],
    [
      ['Y02', 'maxDepth: limits.depth', 'maxDepth: 100_000'],
      ['Y03', 'if (event.type === EVENT_ID.ALIAS)', 'if (false)'],
      ['Y08', 'if (!KNOWN_TAGS.has(tag)) throw', 'if (false) throw'],
      ['Y05', 'create: () => Object.create(null)', 'create: () => ({})'],
      ['R13', 'if (++nodes > limits.nodes) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/domain/yaml/depth.ts',
    ['test/domain/yaml/depth.test.ts'],
    [
      ['Y01', 'if (char === COLON) colons++;', 'if (false) colons++;'],
      ['Y01', 'bound = Math.max(bound, ++open + blocks + colons);', 'open++;'],
    ],
  ],
  [
    'src/domain/yaml/source.ts',
    ['test/domain/yaml/source.test.ts', 'test/domain/yaml/depth.test.ts'],
    [
      ['Y07', "if (first && key !== '<<') {", 'if (false) {'],
      ['Y10', 'if (control) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/domain/yaml/shared.ts',
    ['test/domain/yaml/set-value.test.ts', 'test/domain/yaml/put-in-map.test.ts'],
    [['Y17', 'if (!isAlias && node.anchor === undefined) return;', 'return;']],
  ],
  [
    'src/domain/kustomization-edit.ts',
    ['test/domain/kustomization-edit.test.ts'],
    [['Y15', "if (change.kind === 'add') requireItem(result, path, change);", '']],
  ],
  [
    'src/domain/values/proof.ts',
    ['test/domain/values/proof.test.ts'],
    [['U07', 'const wrong = [', 'const wrong: string[] = true ? [] : [']],
  ],
  [
    'src/file-name.ts',
    ['test/file-name.test.ts', 'test/io/transaction.test.ts'],
    [
      ['H02', "if (DEVICE_NAME.test(name)) return 'is the name of a device on Windows';", ''],
      ['F06', 'if (names.some(isGitFolder)) return "leads into git\'s own folder";', ''],
      [
        'H01',
        "if (names.some(name => name === '' || name === '.' || name === '..')) return",
        'if (false) return',
      ],
    ],
  ],
  [
    'src/io/regular-file.ts',
    ['test/io/files.test.ts', 'test/io/transaction.test.ts'],
    [
      ['F07', ' | (constants.O_NOFOLLOW ?? 0)', ''],
      ['F07', ' | (constants.O_NONBLOCK ?? 0)', ''],
      ['F07', 'if (!stats.isFile()) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/io/files.ts',
    ['test/io/files.test.ts'],
    [['F06', 'if (!isInside(root, known)) throw', 'if (false) throw']],
  ],
  [
    'src/io/place.ts',
    ['test/io/transaction.test.ts'],
    [['F06', 'if (present?.isSymbolicLink()) throw symlinkError(parent.at(entry), place);', '']],
  ],
  [
    'src/io/folder.ts',
    ['test/io/transaction-race.test.ts', 'test/io/transaction.test.ts'],
    [['F08', 'if (!now || !isSame(now, opened)) throw movedError(name);', '']],
  ],
  [
    'src/io/preflight.ts',
    ['test/io/transaction.test.ts', 'test/io/transaction-faults.test.ts'],
    [
      ['F13', "if (change.action !== 'create' && !old.equals(change.before))", 'if (false)'],
      ['F14', "if (change.action === 'create' && !force) throw", 'if (false) throw'],
      ['F09', 'if (present.nlink === 1 || force) return;', 'return;'],
      ['F05', 'await requirePermission(operations);', ''],
    ],
  ],
  [
    'src/io/staging.ts',
    ['test/io/transaction-faults.test.ts'],
    [['F01', 'if (size === bytes) return;', 'return;']],
  ],
  [
    'src/io/uncommitted.ts',
    ['test/io/transaction-git.test.ts'],
    [
      ['G01', 'if (!first) return;', 'return;'],
      ['G04', 'await requireNoOperation(git);', ''],
    ],
  ],
  [
    'src/io/git.ts',
    ['test/io/transaction-git.test.ts'],
    [['G08', "'core.fsmonitor=false',", "'core.pager=cat',"]],
  ],
  [
    'src/io/repo-lock.ts',
    ['test/io/repo-lock.test.ts'],
    [
      ['F11', "if (held?.verdict !== 'dead') return", 'if (false) return'],
      ['F12', 'parseHolder(text)?.id === self.id) await', 'true) await'],
    ],
  ],
  [
    'src/io/cache-files.ts',
    ['test/io/http-cache.test.ts'],
    [
      ['F16', "if (status.uid !== process.getuid()) return 'it belongs to another user';", ''],
      ['F16', "if (!status.isDirectory()) return 'it is a link, not a folder';", ''],
    ],
  ],
  [
    'src/redaction.ts',
    ['test/redaction.test.ts', 'test/commands/seal.test.ts'],
    [
      [
        'S02',
        'return longestFirst.reduce((cleaned, form) => cleaned.replaceAll(form, MARK), text);',
        'return text;',
      ],
    ],
  ],
  [
    'src/domain/sealing/certificate.ts',
    ['test/domain/sealing/certificate.test.ts'],
    [
      ['S04', 'if (now > notAfter) throw', 'if (false) throw'],
      ['S05', 'if (now < notBefore)', 'if (false)'],
      ['S06', 'if (bits < MIN_BITS)', 'if (false)'],
    ],
  ],
  [
    'src/use-cases/open-certificate.ts',
    ['test/commands/seal.test.ts'],
    [['S08', "if (!url.startsWith('https://'))", 'if (false)']],
  ],
  [
    'src/domain/sealing/form.ts',
    ['test/domain/sealing/form.test.ts'],
    [['S10', 'if (!needsNewSeal(secret, placed)) return [];', 'return [];']],
  ],
  [
    'src/domain/sealing/secret-values.ts',
    ['test/domain/sealing/secret-values.test.ts'],
    [['S19', 'if (empty !== undefined && !allowEmpty)', 'if (false)']],
  ],
  [
    'src/domain/init/parse-answers.ts',
    ['test/domain/init/parse-answers.test.ts'],
    [['H03', 'return displayBlock(text) !== text;', 'return false;']],
  ],
  [
    'src/display.ts',
    ['test/domain/long-keys.test.ts', 'test/domain/chart-index.test.ts', 'test/io/chart-archive.test.ts'],
    [
      ['Y19', ".replaceAll(UNSAFE, '\\ufffd')", ''],
      ['H04', 'safe.length > MAX_LENGTH ?', 'false ?'],
    ],
  ],
];

/** Every guard. */
export const GUARDS: readonly Guard[] = OF_FILES.flatMap(([file, tests, guards]) =>
  guards.map(([row, text, by]) => ({ row, file, text, by, tests })),
);
