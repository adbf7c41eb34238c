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
    'src/system/http/http-redirect.ts',
    ['test/system/http/http-redirect.test.ts'],
    [
      ['R01', 'headers: harmless(hop.headers), tls: undefined', 'tls: undefined'],
      ['R04', "if (hop.url.protocol === 'https:' && url.protocol === 'http:')", 'if (false)'],
      ['R06', 'if (hop.trail.includes(url.href))', 'if (false)'],
      ['R06', 'if (hop.trail.length > limit)', 'if (false)'],
    ],
  ],
  [
    'src/system/http/address-guard.ts',
    ['test/system/http/address-guard.test.ts'],
    [
      ['R07', 'if (isIP(name)) return scopeOfAddress(name);', ''],
      ['R07', "return name.endsWith('.internal') ? 'private' : undefined;", 'return undefined;'],
      ['R07', "loopback: ranges('127.0.0.0/8', ", 'loopback: ranges('],
      ['R07', "'64:ff9b::/96'", "'64:ff9c::/96'"],
      ['R07', 'return FROM_PUBLIC.indexOf(scope) > FROM_PUBLIC.indexOf(allowed);', 'return false;'],
    ],
  ],
  [
    'src/system/http/http-url.ts',
    ['test/system/http/http-url.test.ts', 'test/system/http/http-redirect.test.ts'],
    [['R08', 'if (AMBIGUOUS.test(text) || ', 'if (']],
  ],
  [
    'src/system/http/http-body.ts',
    ['test/system/http/http-body.test.ts'],
    [
      ['N19', 'if (size > RATIO_FLOOR && size > wire() * MAX_RATIO)', 'if (false)'],
      ['R12', 'if (size > options.limit) throw overLimit(options);', ''],
      [
        'N20',
        "if (encoding === 'gzip' || encoding === 'x-gzip') return true;",
        "return encoding === 'gzip' || encoding === 'x-gzip';",
      ],
    ],
  ],
  [
    'src/charts/credentials.ts',
    ['test/charts/credentials.test.ts'],
    [
      ['R04', 'if (!passCredentialsAll && !sameOrigin(repository.url, url)) return undefined;', ''],
      ['S21', 'if (error instanceof UserError) throw unreadable(file);', ''],
    ],
  ],
  [
    'src/system/oci/oci-registry.ts',
    ['test/system/oci/oci-registry.test.ts'],
    [
      ['R20', 'if (next.origin !== new URL(current).origin || ', 'if ('],
      ['R20', 'if (seen.has(url)) throw', 'if (false) throw'],
      ['R21', 'if (bytes.length === size) return bytes;', 'return bytes;'],
      ['R23', 'if (sha256Of(body) !== sha256) continue;', ''],
    ],
  ],
  [
    'src/system/oci/oci-manifest.ts',
    ['test/system/oci/oci-registry.test.ts'],
    [
      ['R21', 'if (charts.length !== 1) throw', 'if (charts.length < 1) throw'],
      ['R21', 'if (Array.isArray(urls) && urls.length > 0) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/system/oci/oci-token.ts',
    ['test/system/oci/oci-registry.test.ts'],
    [['R19', 'if (userinfo === undefined && (realm.origin', 'if (true || (realm.origin']],
  ],
  [
    'src/charts/sources/http-source.ts',
    ['test/trust/http-digest.test.ts'],
    [['R16', 'if (expected !== undefined && sha256Of(body) !== expected) continue;', '']],
  ],
  [
    'src/archive/unzip.ts',
    ['test/archive/chart-archive.test.ts'],
    [
      ['A16', 'maxOutputLength: most', 'maxOutputLength: 2 ** 31'],
      ['A20', 'if (bytes[0] !== 0x1f || bytes[1] !== 0x8b)', 'if (false)'],
    ],
  ],
  [
    'src/archive/chart-archive.ts',
    ['test/archive/chart-archive.test.ts'],
    [
      ['A05', 'if (!CONTENT_TYPES.has(type) && !META_TYPES.has(type)) throw wrongType(type, path);', ''],
      [
        'A09',
        'if (before && (before.path !== part || before.isFile || partIsFile)) throw',
        'if (false) throw',
      ],
      ['A01', "return problem && say('system.aPartOfIt', { predicate: problem });", 'return undefined;'],
      ['A12', 'if (top !== this.#topFolder)', 'if (false)'],
      ['A14', "if (!this.#files.has('Chart.yaml')) throw", 'if (false) throw'],
      ['A17', 'if (++this.#entries > this.#limits.entries)', 'if (false)'],
      ['A19', 'if (size > limits.metaBytes)', 'if (false)'],
      ['A23', 'else if (isNeeded(path))', 'else if (false)'],
    ],
  ],
  [
    'src/charts/chart.ts',
    ['test/charts/chart.test.ts'],
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
  ['src/yaml/events.ts', ['test/yaml/remote-yaml.test.ts'], [['Y05', '=> Object.create(null)', '=> ({})']]],
  [
    'src/yaml/remote-yaml.ts',
    ['test/yaml/remote-yaml.test.ts'],
    [
      ['Y02', 'parseYaml(text, limits.depth)', 'parseYaml(text, 100_000)'],
      ['Y03', 'if (event.type === EVENT_ID.ALIAS)', 'if (false)'],
      ['Y08', 'if (!KNOWN_TAGS.has(tag))', 'if (false)'],
      ['R13', 'if (++nodes > limits.nodes) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/yaml/depth.ts',
    ['test/yaml/depth.test.ts'],
    [
      ['Y01', 'if (char === COLON) colons++;', 'if (false) colons++;'],
      ['Y01', 'bound = Math.max(bound, ++open + blocks + colons);', 'open++;'],
    ],
  ],
  [
    'src/yaml/source.ts',
    ['test/yaml/source.test.ts', 'test/yaml/depth.test.ts'],
    [
      ['Y07', "if (first && key !== '<<') {", 'if (false) {'],
      ['Y10', 'if (control) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/yaml/edit/refuse.ts',
    ['test/yaml/edit.test.ts', 'test/repository/kustomization-edit.test.ts'],
    [
      [
        'Y17',
        'if (isAlias(node) || (node.anchor !== undefined && isAliased(target, node.anchor)))',
        'if (false)',
      ],
    ],
  ],
  [
    'src/yaml/edit.ts',
    ['test/repository/kustomization-edit.test.ts'],
    [
      [
        'Y15',
        'const isRight = after && isAsIntended([source, after], index, plan.intent, plan.edits);',
        'const isRight = after;',
      ],
    ],
  ],
  [
    'src/values/proof.ts',
    ['test/values/proof.test.ts'],
    [['U07', 'const wrong = [', 'const wrong: string[] = true ? [] : [']],
  ],
  [
    'src/text/file-name.ts',
    ['test/text/file-name.test.ts', 'test/system/transaction/transaction.test.ts'],
    [
      ['H02', "if (DEVICE_NAME.test(name)) return say('text.isDeviceName');", ''],
      ['F06', "if (names.some(isGitFolder)) return say('text.leadsIntoGitFolder');", ''],
      ['H01', "if (names.some(name => name === '' || name === '.' || name === '..'))", 'if (false)'],
    ],
  ],
  [
    'src/system/files/regular-file.ts',
    ['test/system/files/files.test.ts', 'test/system/transaction/transaction.test.ts'],
    [
      ['F07', ' | (constants.O_NOFOLLOW ?? 0)', ''],
      ['F07', ' | (constants.O_NONBLOCK ?? 0)', ''],
      ['F07', 'if (!stats.isFile())', 'if (false)'],
    ],
  ],
  [
    'src/system/files/files.ts',
    ['test/system/files/files.test.ts'],
    [['F06', 'if (!isBelow(root, known)) throw', 'if (false) throw']],
  ],
  [
    'src/system/files/target-path.ts',
    ['test/system/transaction/transaction.test.ts'],
    [['F06', 'if (present?.isSymbolicLink()) throw symlinkError(parent.at(entry), place);', '']],
  ],
  [
    'src/system/files/folder.ts',
    ['test/system/transaction/transaction-race.test.ts', 'test/system/transaction/transaction.test.ts'],
    [['F08', 'if (!now || !isSame(now, opened)) throw movedError(name);', '']],
  ],
  [
    'src/system/transaction/preflight.ts',
    ['test/system/transaction/transaction.test.ts', 'test/system/transaction/transaction-faults.test.ts'],
    [
      ['F13', "if (change.action !== 'create' && !old.equals(change.before))", 'if (false)'],
      ['F14', "if (change.action === 'create' && !force) throw", 'if (false) throw'],
      ['F09', 'if (present.nlink === 1 || force) return;', 'return;'],
      ['F05', 'await requirePermission(operations);', ''],
    ],
  ],
  [
    'src/system/transaction/staging.ts',
    ['test/system/transaction/transaction-faults.test.ts'],
    [['F01', 'if (size === bytes) return;', 'return;']],
  ],
  [
    'src/system/transaction/uncommitted.ts',
    ['test/system/transaction/transaction-git.test.ts'],
    [
      ['G01', 'if (!first) return;', 'return;'],
      ['G04', 'await requireNoOperation(git);', ''],
    ],
  ],
  [
    'src/system/git/git.ts',
    ['test/system/transaction/transaction-git.test.ts'],
    [['G08', "'core.fsmonitor=false',", "'core.pager=cat',"]],
  ],
  [
    'src/system/transaction/repo-lock.ts',
    ['test/system/transaction/repo-lock.test.ts'],
    [
      ['F11', "if (held?.verdict !== 'dead') return", 'if (false) return'],
      ['F12', 'parseHolder(text)?.id === self.id) await', 'true) await'],
    ],
  ],
  [
    'src/system/files/named-files.ts',
    ['test/system/files/named-files.test.ts'],
    [
      ['F07', 'if (link !== undefined) throw symlinkError(link, link);', ''],
      ['F07', 'if (found?.isFile() === false) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/features/check/cluster/run-dry-runs.ts',
    ['test/features/check/cluster/secrets.test.ts'],
    [
      [
        'S02',
        'holdsSecret(sent) ? toldOfSecret({ path, reason }, hide) : hidden({ path, reason }, hide);',
        '({ path, reason });',
      ],
      ['S02', 'warnings: [...run.warnings].map(hide),', 'warnings: [...run.warnings],'],
    ],
  ],
  [
    'src/features/check/cluster/run-cluster.ts',
    ['test/features/check/cluster/secrets.test.ts'],
    [['S02', ' && !isOfSecrets', '']],
  ],
  [
    'src/system/cache/cache-files.ts',
    ['test/system/cache/cache-files.test.ts'],
    [
      ['C10', 'if (!NAME.test(name)) throw', 'if (false) throw'],
      ['C10', "if (!NAME.test(name.replace(TEMPORARY, ''))) continue;", ''],
      ['C10', 'if (lstatSync(way, { throwIfNoEntry: false })?.isSymbolicLink())', 'if (false)'],
    ],
  ],
  [
    'src/system/cache/seal.ts',
    ['test/system/cache/cache-files.test.ts'],
    [
      [
        'C10',
        "sealed.toString('latin1', 0, SEAL_BYTES) === sealOf(key, name, bytes) ? bytes : undefined;",
        'bytes;',
      ],
      ['C10', '.update(`${name}\\n`)', ''],
    ],
  ],
  [
    'src/features/check/again/run-again.ts',
    ['test/features/check/again.test.ts'],
    [['C10', 'if (run.key !== secretDigest(key, circumstancesText(circumstances))) return undefined;', '']],
  ],
  [
    'src/features/check/again/write-kept-run.ts',
    ['test/features/check/again.test.ts'],
    [['C10', '!each || isSettled(each, place.now)', 'true']],
  ],
  [
    'src/system/cache/blob-store.ts',
    ['test/system/cache/cache-files.test.ts'],
    [['C10', "if (!isSha256(sha256)) return { state: 'missing' };", '']],
  ],
  [
    'src/system/cache/folder-objection.ts',
    ['test/system/http/http-cache.test.ts', 'test/system/cache/cache-files.test.ts'],
    [
      ['H07', "if ((env[CACHE_KEY_VARIABLE] ?? '') !== '') throw tooShort();", ''],
      ['C10', "if (link !== undefined) return say('system.itLiesBehindLink', { link: display(link) });", ''],
      ['C10', "return isCommitted ? say('system.gitHoldsFilesOfIt') : undefined;", 'return undefined;'],
      ['F16', "if (uid !== process.getuid()) return say('system.itBelongsToAnotherUser');", ''],
      ['F16', "if (!status.isDirectory()) return say('system.itIsLinkNotFolder');", ''],
    ],
  ],
  [
    'src/text/display.ts',
    ['test/output/terminal.test.ts'],
    [
      ['C16', "text.replaceAll(ORDER, '#\\ufffd').replaceAll(ORDER_LINE, '$1\\ufffd');", 'text;'],
      ['C16', 'json.replaceAll(ORDER, String.raw`\\u0023`)', 'json'],
    ],
  ],
  [
    'src/text/redaction.ts',
    ['test/text/redaction.test.ts', 'test/features/seal/command.test.ts'],
    [
      [
        'S02',
        'return longestFirst.reduce((cleaned, form) => cleaned.replaceAll(form, MARK), text);',
        'return text;',
      ],
    ],
  ],
  [
    'src/sealing/certificate.ts',
    ['test/sealing/certificate.test.ts'],
    [
      ['S04', 'if (now > notAfter)', 'if (false)'],
      ['S05', 'if (now < notBefore)', 'if (false)'],
      ['S06', 'if (bits < MIN_BITS)', 'if (false)'],
    ],
  ],
  [
    'src/sealing/open-certificate.ts',
    ['test/features/seal/command.test.ts'],
    [['S08', "if (!url.startsWith('https://'))", 'if (false)']],
  ],
  [
    'src/sealing/form.ts',
    ['test/sealing/form.test.ts'],
    [['S10', 'if (!needsNewSeal(secret, placed)) return [];', 'return [];']],
  ],
  [
    'src/sealing/secret-values.ts',
    ['test/sealing/secret-values.test.ts'],
    [['S19', 'if (empty !== undefined && !allowEmpty)', 'if (false)']],
  ],
  [
    'src/features/init/parse-answers.ts',
    ['test/features/init/parse-answers.test.ts'],
    [['H03', 'return displayBlock(text) !== text;', 'return false;']],
  ],
  [
    'src/text/display.ts',
    [
      'test/yaml/long-keys.test.ts',
      'test/charts/index/chart-index.test.ts',
      'test/archive/chart-archive.test.ts',
    ],
    [
      ['Y19', ".replaceAll(UNSAFE, '\\ufffd')", ''],
      ['H04', 'safe.length > most ?', 'false ?'],
    ],
  ],
  [
    'src/render/gate/check-chart.ts',
    ['test/trust/hostile-clone.test.ts'],
    [
      [
        'C01',
        "if (segmentProblem(name) === undefined && !name.startsWith('-')) return undefined;",
        'return undefined;',
      ],
      [
        'C02',
        'return itself?.problem ? itself : resolveInside(folder, `${home}/${place}`);',
        'return { path: `${home}/${place}` as RepositoryPath };',
      ],
      ['C03', "if (globals['configHome'] === undefined) return [];", 'return [];'],
      ['C03', "return typeof value === 'string' && value.trimStart().startsWith('-');", 'return false;'],
    ],
  ],
  [
    'src/render/gate/check-plugin.ts',
    ['test/trust/hostile-clone.test.ts'],
    [['C04', 'if (program) return', 'if (false) return']],
  ],
  [
    'src/repository/repository-path.ts',
    ['test/trust/hostile-clone.test.ts'],
    [
      [
        'C05',
        "if (target === '..' || target.startsWith('../') || target.startsWith('/')) return",
        'if (false) return',
      ],
      ['C05', 'if (/^(?:\\/|\\\\|[a-z]:[\\\\/])/i.test(reference)) return', 'if (false) return'],
      ['C06', 'return URL_LIKE.test(value);', 'return false;'],
    ],
  ],
  [
    'src/system/files/scratch-folder.ts',
    ['test/system/files/scratch-folder.test.ts'],
    [['C01', 'for (const file of files.keys()) requireBelow(file);', '']],
  ],
  [
    'src/system/tools/helm-shim.ts',
    ['test/trust/hostile-programs.test.ts'],
    [
      ['C03', '*) refuse "$1" ;;', '*) ;;'],
      ['C03', '-*) refuse "template with $argument" ;;', '-*) ;;'],
    ],
  ],
  [
    'src/archive/cut-schema.ts',
    ['test/trust/hostile-programs.test.ts'],
    [['C07', "if (typeof reference !== 'string' || reference.startsWith('#')) continue;", 'continue;']],
  ],
  [
    'src/system/transaction/journal.ts',
    ['test/system/local-state.test.ts'],
    [['C10', 'requireOwn(parseJson(plan), { file, id, steps });', '']],
  ],
  [
    'src/system/files/own-key.ts',
    ['test/system/local-state.test.ts'],
    [['C10', 'return given.length === right.length && timingSafeEqual(given, right);', 'return true;']],
  ],
  [
    'src/system/files/tour-folder.ts',
    ['test/features/onboard/command.test.ts'],
    [['C10', 'if (present.length > 0 && (await readTour(folder)) === undefined)', 'if (false)']],
  ],
  [
    'src/system/files/private-file.ts',
    ['test/system/local-state.test.ts', 'test/system/kept-answers.test.ts'],
    [['C10', 'return uid === process.getuid() && (mode & 0o077) === 0;', 'return true;']],
  ],
  [
    'src/features/upgrade/run-plan.ts',
    ['test/features/upgrade/plan.test.ts'],
    [
      ['C12', 'if (pin.source !== move.repo)', 'if (false)'],
      ['C12', 'if (versions) requirePermitted(pin, move, { versions, request });', ''],
      ['C12', 'if (pin.held !== undefined) throw', 'if (false) throw'],
    ],
  ],
  [
    'src/cli/saved-plan.ts',
    ['test/features/upgrade/plan.test.ts', 'test/features/promote/plan.test.ts'],
    [['C12', 'if (isPrototypeKey(key)) throw', 'if (false) throw']],
  ],
  [
    'src/system/oci/oci-token.ts',
    ['test/system/oci/oci-registry.test.ts'],
    [
      [
        'C17',
        '(realm.origin === registry.origin || isExpected)',
        '(realm.hostname === registry.hostname || isExpected)',
      ],
    ],
  ],
  [
    'src/cli/open-deadline.ts',
    ['test/cli/deadline.test.ts'],
    [['C18', 'setTimeout(() => controller.abort(over), ms)', 'setTimeout(() => undefined, ms)']],
  ],
  [
    'src/system/tools/worker.ts',
    ['test/system/tools/worker.test.ts'],
    [
      ['Y20', 'timer = setTimeout(() => reject(tooLong()), ms);', ''],
      ['Y20', 'maxOldGenerationSizeMb: memoryMib', 'maxOldGenerationSizeMb: 1024'],
    ],
  ],
  [
    'src/text/file-name.ts',
    ['test/archive/chart-archive.test.ts'],
    [['C15', "if (isGitFolder(name)) return say('text.isGitFolder');", '']],
  ],
  [
    'src/system/git/git.ts',
    ['test/trust/hostile-programs.test.ts'],
    [['C19', "'safe.bareRepository=explicit',", "'core.pager=cat',"]],
  ],
  [
    'src/system/renderer/workers.ts',
    ['test/renderer/hostile.test.ts'],
    [
      [
        'C08',
        "else resolve({ id: 0, error: { kind: 'limit', message: reason } });",
        'else reject(new Error(reason));',
      ],
    ],
  ],
  [
    'src/charts/release-url.ts',
    ['test/trust/hostile-addresses.test.ts'],
    [['C11', 'if (error instanceof URIError) return undefined;', '']],
  ],
  [
    'src/values/merge-values.ts',
    ['test/trust/slow-patterns.test.ts'],
    [['C13', 'requireFewNodes(text, name, MOST_NODES);', '']],
  ],
  [
    'src/system/oci/oci-registry.ts',
    ['test/system/oci/oci-registry.test.ts'],
    [['C14', 'if (tags.length > MAX_TAGS)', 'if (false)']],
  ],
  [
    'src/text/markdown.ts',
    ['test/text/markdown.test.ts'],
    [
      ['C16', 'LIVE.test(word) ? code(word) : escaped(word)', 'escaped(word)'],
      ['C16', "const fence = '`'.repeat(longest + 1);", "const fence = '`';"],
      ['C16', 'return markdown.replaceAll(/\\\\?\\|/g, String.raw`\\|`);', 'return markdown;'],
    ],
  ],
  [
    'src/repository/templates.ts',
    ['test/repository/templates.test.ts'],
    [
      ['C20', 'if (text.length > MAX_LENGTH) throw', 'if (false) throw'],
      ['C20', "if (typeof type === 'string' && REFUSED.has(type))", 'if (false)'],
      ['C20', "if (typeof helper === 'string' && REFUSED_HELPERS.has(helper)) throw", 'if (false) throw'],
    ],
  ],
  [
    'src/repository/parse-repository.ts',
    ['test/repository/reading-budget.test.ts'],
    [['C09', 'if (left >= 0) read.set(', 'if (true) read.set(']],
  ],
  [
    'src/repository/reading-budget.ts',
    ['test/repository/reading-budget.test.ts'],
    [['C09', 'sizes.filter(each => !kept.has(each))', 'sizes.filter(() => false)']],
  ],
  [
    'src/deliveries/parsed-files.ts',
    ['test/repository/reading-budget.test.ts'],
    [['C09', 'yaml !== undefined && yaml.size <= own.left;', 'yaml !== undefined;']],
  ],
  [
    'src/system/files/files.ts',
    ['test/repository/reading-budget.test.ts'],
    [['C09', 'if (content && content.length > room.left)', 'if (false)']],
  ],
  [
    'src/features/check/facts/file-summary.ts',
    ['test/repository/reading-budget.test.ts'],
    [['C09', 'const hasRoom = size <= room.left;', 'const hasRoom = true;']],
  ],
  [
    'src/features/check/facts/read-texts.ts',
    ['test/repository/reading-budget.test.ts'],
    [['C09', 'const hasRoom = text.length <= room.left;', 'const hasRoom = true;']],
  ],
  [
    'src/features/check/facts/app-facts.ts',
    ['test/repository/reading-budget.test.ts'],
    [['C09', 'const own = size <= left ? found : NO_ROOM;', 'const own = found;']],
  ],
];

/** Every guard. */
export const GUARDS: readonly Guard[] = OF_FILES.flatMap(([file, tests, guards]) =>
  guards.map(([row, text, by]) => ({ row, file, text, by, tests })),
);
