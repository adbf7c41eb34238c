import { isFilledIn } from '../../../text/filled-in.ts';
import type { ObjectFacts } from '../facts/app-facts.ts';
import type { Diagnostic } from '../finding.ts';
import type { AppRule } from '../rule.ts';
import { isHostname, meantHostname } from '../facts/hostname.ts';
import { isRoute } from '../facts/routes.ts';
import { stringOf, valueAt } from '../../../data/fields.ts';
import type { Step } from '../../../yaml/nodes.ts';
import { say } from '../../../locales/say.ts';

/** A host with a scheme, a port or capitals is refused by the API server, and with it the whole object. */
export const routeHostname: AppRule = {
  scope: 'app',
  severity: 'error',
  title: say('rules.hostsRoutesAreHostNames'),
  check: ({ objects }) =>
    objects.filter(({ listed }) => listed).flatMap(object => hostsOf(object).flatMap(judge(object))),
};

type Place = { host: string; steps: Step[] };

function hostsOf({ apiVersion, kind, body }: ObjectFacts): Place[] {
  if (isRoute({ apiVersion, kind }))
    return listAt(body, ['spec', 'hostnames']).flatMap((host, index) =>
      place(host, 'spec', 'hostnames', index),
    );
  if (kind !== 'Gateway' || !apiVersion.startsWith('gateway.networking.k8s.io/')) return [];
  return listAt(body, ['spec', 'listeners']).flatMap((listener, index) =>
    place(valueAt(listener, ['hostname']), 'spec', 'listeners', index, 'hostname'),
  );
}

function listAt(value: unknown, path: string[]): unknown[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? list : [];
}

/** An empty hostname of a listener stands for all. What is no text its schema refuses, and a template is filled in later. */
function place(host: unknown, ...steps: Step[]): Place[] {
  const text = stringOf(host) ?? '';
  return text === '' || isFilledIn(text) ? [] : [{ host: text, steps }];
}

function judge(object: ObjectFacts): (place: Place) => Diagnostic[] {
  return ({ host, steps }) => {
    if (isHostname(host)) return [];
    const meant = meantHostname(host);
    return [
      {
        ...object.at(...steps),
        message: say('rules.isNoHostName', { host }),
        hint: meant === undefined ? say('rules.writeHostName') : say('rules.write', { near: meant }),
      },
    ];
  };
}
