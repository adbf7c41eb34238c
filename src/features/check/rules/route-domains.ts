import type { AppFacts, ObjectFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import { yamlFix } from '../fixes.ts';
import type { AppRule } from '../rule.ts';
import { isHostname, meantHostname } from '../facts/hostname.ts';
import { routesOf } from '../facts/routes.ts';
import { stringsAt } from '../../../data/fields.ts';
import { MOST_HOSTS } from '../../../scaffold/route-file.ts';
import { say } from '../../../locales/say.ts';

/** An app answers under every domain; one that takes a single host takes the first, and a comment says so. */
export const routeDomains: AppRule = {
  scope: 'app',
  habit: 'everyDomain',
  severity: 'warning',
  title: say('rules.routeHasHostUnderEvery'),
  check: facts => {
    const { domains, hostPattern } = facts.conventions;
    if (domains.length < 2) return [];
    const routes = routesOf(facts);
    // A host that is written wrongly is there all the same: its own rule speaks of it.
    const taken = new Set(routes.flatMap(hostsOf).map(host => meantHostname(host) ?? host));
    return routes.flatMap(route => {
      const missing = hostsOf(route)
        .filter(isHostname)
        .flatMap(host => siblings(host, domains, hostPattern))
        .filter(host => !taken.has(host));
      return missing.length > 0 && !isExplained(facts, route)
        ? [diagnostic(facts, route, unique(missing))]
        : [];
    });
  },
};

function hostsOf({ body }: ObjectFacts): string[] {
  return stringsAt(body, ['spec', 'hostnames']);
}

function unique(hosts: readonly string[]): string[] {
  return [...new Set(hosts)];
}

/** The same host under the other domains; none for a host that belongs to no domain. */
function siblings(host: string, domains: readonly string[], pattern: string): string[] {
  const own = domains.find(domain => host === domain || host.endsWith(`.${domain}`));
  if (own === undefined) return [];
  const others = domains.filter(domain => domain !== own);
  if (host === own) return others;
  const tail = pattern.replace('{app}', '').replace('{domain}', own);
  const label = host.endsWith(tail) ? host.slice(0, -tail.length) : undefined;
  return others.map(domain =>
    label === undefined
      ? `${host.slice(0, -own.length)}${domain}`
      : pattern.replaceAll('{app}', label).replaceAll('{domain}', domain),
  );
}

/** A comment on or beside the hosts. */
function isExplained(facts: AppFacts, route: ObjectFacts): boolean {
  const lines = (facts.text(route.file) ?? '').split('\n');
  const first = route.at('spec', 'hostnames').line;
  const last = route.at('spec', 'hostnames', hostsOf(route).length - 1).line;
  return lines.slice(Math.max(0, first - 2), last).some(line => /(?:^|\s)#/.test(line));
}

function diagnostic(facts: AppFacts, route: ObjectFacts, missing: readonly string[]): Diagnostic {
  const named = missing.join(', ');
  return {
    ...route.at('spec', 'hostnames'),
    message: say('rules.hasNoHost', { kind: route.kind, name: route.name, named }),
    hint: say('rules.addIfAppTakesOne'),
    ...(hostsOf(route).length + missing.length > MOST_HOSTS
      ? {}
      : { fix: () => addHosts(facts, route, missing) }),
  };
}

function addHosts(facts: AppFacts, route: ObjectFacts, missing: readonly string[]) {
  const { file, document, steps } = route;
  const path = [...steps, 'spec', 'hostnames'];
  return yamlFix(file, facts.text(file) ?? '', { kind: 'add', document, path, items: missing });
}
