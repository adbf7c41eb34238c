import type { Args } from '../args.ts';

/** What the repository's own policies say. */
export const policies = {
  'policies.flag':
    'judge what is rendered by the policies that the repository declares: policies/*.rego with conftest, those of Kyverno and ValidatingAdmissionPolicies with kyverno',
  'policies.noProgram': ({ command }: Args<'command'>) =>
    `the repository declares policies that ${command} runs, and ${command} is not on PATH`,
  'policies.installProgram': ({ command }: Args<'command'>) =>
    `Install ${command} and put it on PATH, or run without --policies: nothing was judged.`,
  'policies.noReport': ({ command, reason }: Args<'command' | 'reason'>) =>
    `${command} gave no report: ${reason}`,
  'policies.mendPolicies': ({ command }: Args<'command'>) =>
    `Mend the policies until ${command} takes them: nothing was judged.`,
  'policies.unreadable': 'it cannot be read as text',
  'policies.reachesOut':
    'it asks the network or the environment (http.send, net.lookup_ip_addr, opa.runtime), which no policy of a repository may',
  'policies.isLink': 'it is a link, and what lies behind one is not read',
  'policies.mendThis': 'mend the policy, or move it out of policies/; the others were run without it',
  'policies.notRunHint': 'Mend the policy, or move it out of policies/; none was run.',
  'policies.matchedNothing': ({ name }: Args<'name'>) =>
    `${name} matched no object here: nothing is said about any`,
  'policies.refused': 'a policy of this repository refuses it',
  'policies.followPolicy': 'Change the object as the policy asks, or the policy',
  'policies.giveValues': ({ values }: Args<'values'>) =>
    `Give what it needs in ${values} (a values file of Kyverno), or mend what it matches`,
  'policies.notOfShards': '--policies judges a whole repository, and goes with no share of it',
  'policies.wholeRun': 'Run it once, beside the shares.',
  'policies.none': 'the repository declares no policies: nothing was judged by any',
  'policies.asked': ({ count, objects }: Args<'count' | 'objects'>) =>
    `${objects} objects were judged by ${count} policies of the repository`,
  'policies.notJudged': ({ count }: Args<'count'>) =>
    `policies said ${count} times that they could not judge`,
};
