import { rankBackends } from '../../src/scaffold/backend.ts';
import { namespaceOf } from '../../src/repository/model.ts';
import { renderTemplate } from '../../src/repository/templates.ts';
import type { AppContext } from '../new-app/generator.ts';
import { sightNotes } from '../new-app/sight-notes.ts';
import {
  type AdditionSpec,
  type Answered,
  askExistingApp,
  missingChart,
  see,
  settleResource,
} from './addition.ts';
import { ADD_QUESTIONS } from './questions.ts';
import { say } from '../../src/locales/say.ts';

/** `slipway add certificate`: TLS inside of the cluster, by an authority that the app makes itself. */
export const certificateAddition: AdditionSpec = {
  word: 'certificate',
  description: say('add.selfSignedIssuerCertificateTls'),
  questions: [ADD_QUESTIONS.service],
  ask: askCertificate,
};

/** X.509 has room for 64 characters; clients hold an authority by its key, not by this name. */
function commonNameOf(authority: string): string {
  return authority.slice(0, 64).replace(/(?<![-.])[-.]+$/, '');
}

async function askCertificate(context: AppContext): Promise<Answered> {
  const { ask, gitops, templates } = context;
  const app = await askExistingApp(context);
  const sight = await see(context, app);
  const [best] = rankBackends(sight.services, app.name);
  const choices = sight.services.map(({ name }) => ({ value: name, name }));
  const service = await (choices.length > 0
    ? ask.choose(
        ADD_QUESTIONS.service,
        choices,
        best && { value: best.service, why: best.why, sure: choices.length === 1 },
      )
    : ask.text(ADD_QUESTIONS.service));
  ask.requireAnswers();
  const name = service ?? app.name;
  const inside = `${name}.${namespaceOf(app)}`;
  const resource = settleResource(context, app, {
    names: [{ name: `${name}-tls`, file: `${name}-certificate.yaml` }],
    render: certificate =>
      renderTemplate(templates['resources/certificate.yaml'], {
        name: certificate,
        authority: `${name}-ca`,
        commonName: commonNameOf(`${name}-ca`),
        selfSigned: `${name}-selfsigned`,
        dnsNames: [name, inside, `${inside}.svc`, `${inside}.svc.cluster.local`],
      }),
    why: say('add.tlsSvc', { inside }),
  });
  const mount = say('add.serverMountsSecretTlsClients', { name });
  const notes = [mount, ...sightNotes(sight), ...missingChart(gitops.repository, 'cert-manager')];
  return { app, request: { kind: 'resource', resource }, notes, unsealed: [], moreAnswers: [] };
}
