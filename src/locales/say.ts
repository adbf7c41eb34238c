import type { Language, Text } from '../text/language.ts';
import type { Plural, Translated } from './args.ts';
import { add } from './en/add.ts';
import { adopt } from './en/adopt.ts';
import { apps } from './en/apps.ts';
import { fleet } from './en/fleet.ts';
import { ask } from './en/ask.ts';
import { build } from './en/build.ts';
import { bump } from './en/bump.ts';
import { capi } from './en/capi.ts';
import { capiRules } from './en/capi-rules.ts';
import { charts } from './en/charts.ts';
import { check } from './en/check.ts';
import { cli } from './en/cli.ts';
import { cluster } from './en/cluster.ts';
import { convert } from './en/convert.ts';
import { deliveries } from './en/deliveries.ts';
import { deliveryRules } from './en/delivery-rules.ts';
import { fleetRules } from './en/fleet-rules.ts';
import { environmentRules } from './en/environment-rules.ts';
import { diff } from './en/diff.ts';
import { doctor } from './en/doctor.ts';
import { completion } from './en/completion.ts';
import { explain } from './en/explain.ts';
import { generators } from './en/generators.ts';
import { init } from './en/init.ts';
import { mcp } from './en/mcp.ts';
import { map } from './en/map.ts';
import { mergeValues } from './en/merge-values.ts';
import { move } from './en/move.ts';
import { newApp } from './en/new-app.ts';
import { onboard } from './en/onboard.ts';
import { outdated } from './en/outdated.ts';
import { output } from './en/output.ts';
import { preview } from './en/preview.ts';
import { render } from './en/render.ts';
import { repository } from './en/repository.ts';
import { risks } from './en/risks.ts';
import { rules } from './en/rules.ts';
import { chartRules } from './en/chart-rules.ts';
import { scaffold } from './en/scaffold.ts';
import { schema } from './en/schema.ts';
import { seal } from './en/seal.ts';
import { sealing } from './en/sealing.ts';
import { system } from './en/system.ts';
import { policies } from './en/policies.ts';
import { promote } from './en/promote.ts';
import { proof } from './en/proof.ts';
import { shard } from './en/shard.ts';
import { breaking } from './en/breaking.ts';
import { network } from './en/network.ts';
import { text } from './en/text.ts';
import { undo } from './en/undo.ts';
import { update } from './en/update.ts';
import { upgrade } from './en/upgrade.ts';
import { values } from './en/values.ts';
import { yaml } from './en/yaml.ts';
import { add as addZh } from './zh-CN/add.ts';
import { adopt as adoptZh } from './zh-CN/adopt.ts';
import { apps as appsZh } from './zh-CN/apps.ts';
import { fleet as fleetZh } from './zh-CN/fleet.ts';
import { ask as askZh } from './zh-CN/ask.ts';
import { build as buildZh } from './zh-CN/build.ts';
import { bump as bumpZh } from './zh-CN/bump.ts';
import { capi as capiZh } from './zh-CN/capi.ts';
import { capiRules as capiRulesZh } from './zh-CN/capi-rules.ts';
import { charts as chartsZh } from './zh-CN/charts.ts';
import { check as checkZh } from './zh-CN/check.ts';
import { cli as cliZh } from './zh-CN/cli.ts';
import { cluster as clusterZh } from './zh-CN/cluster.ts';
import { convert as convertZh } from './zh-CN/convert.ts';
import { deliveries as deliveriesZh } from './zh-CN/deliveries.ts';
import { deliveryRules as deliveryRulesZh } from './zh-CN/delivery-rules.ts';
import { fleetRules as fleetRulesZh } from './zh-CN/fleet-rules.ts';
import { environmentRules as environmentRulesZh } from './zh-CN/environment-rules.ts';
import { diff as diffZh } from './zh-CN/diff.ts';
import { doctor as doctorZh } from './zh-CN/doctor.ts';
import { completion as completionZh } from './zh-CN/completion.ts';
import { explain as explainZh } from './zh-CN/explain.ts';
import { generators as generatorsZh } from './zh-CN/generators.ts';
import { init as initZh } from './zh-CN/init.ts';
import { mcp as mcpZh } from './zh-CN/mcp.ts';
import { map as mapZh } from './zh-CN/map.ts';
import { mergeValues as mergeValuesZh } from './zh-CN/merge-values.ts';
import { move as moveZh } from './zh-CN/move.ts';
import { newApp as newAppZh } from './zh-CN/new-app.ts';
import { onboard as onboardZh } from './zh-CN/onboard.ts';
import { outdated as outdatedZh } from './zh-CN/outdated.ts';
import { output as outputZh } from './zh-CN/output.ts';
import { preview as previewZh } from './zh-CN/preview.ts';
import { render as renderZh } from './zh-CN/render.ts';
import { repository as repositoryZh } from './zh-CN/repository.ts';
import { risks as risksZh } from './zh-CN/risks.ts';
import { rules as rulesZh } from './zh-CN/rules.ts';
import { chartRules as chartRulesZh } from './zh-CN/chart-rules.ts';
import { scaffold as scaffoldZh } from './zh-CN/scaffold.ts';
import { schema as schemaZh } from './zh-CN/schema.ts';
import { seal as sealZh } from './zh-CN/seal.ts';
import { sealing as sealingZh } from './zh-CN/sealing.ts';
import { system as systemZh } from './zh-CN/system.ts';
import { policies as policiesZh } from './zh-CN/policies.ts';
import { promote as promoteZh } from './zh-CN/promote.ts';
import { proof as proofZh } from './zh-CN/proof.ts';
import { shard as shardZh } from './zh-CN/shard.ts';
import { breaking as breakingZh } from './zh-CN/breaking.ts';
import { network as networkZh } from './zh-CN/network.ts';
import { text as textZh } from './zh-CN/text.ts';
import { undo as undoZh } from './zh-CN/undo.ts';
import { update as updateZh } from './zh-CN/update.ts';
import { upgrade as upgradeZh } from './zh-CN/upgrade.ts';
import { values as valuesZh } from './zh-CN/values.ts';
import { yaml as yamlZh } from './zh-CN/yaml.ts';

/** Every sentence in English, by key. */
const en = {
  ...add,
  ...adopt,
  ...apps,
  ...fleet,
  ...ask,
  ...build,
  ...bump,
  ...charts,
  ...check,
  ...cli,
  ...cluster,
  ...convert,
  ...deliveries,
  ...deliveryRules,
  ...fleetRules,
  ...diff,
  ...doctor,
  ...completion,
  ...explain,
  ...generators,
  ...init,
  ...mcp,
  ...map,
  ...mergeValues,
  ...move,
  ...newApp,
  ...onboard,
  ...outdated,
  ...output,
  ...preview,
  ...render,
  ...repository,
  ...risks,
  ...rules,
  ...environmentRules,
  ...capi,
  ...policies,
  ...capiRules,
  ...chartRules,
  ...scaffold,
  ...schema,
  ...seal,
  ...sealing,
  ...system,
  ...promote,
  ...proof,
  ...shard,
  ...breaking,
  ...network,
  ...text,
  ...undo,
  ...update,
  ...upgrade,
  ...values,
  ...yaml,
};

/** The same in Chinese: a key that is missing, or takes something else, does not compile. */
const zhCN = {
  ...addZh,
  ...adoptZh,
  ...appsZh,
  ...fleetZh,
  ...askZh,
  ...buildZh,
  ...bumpZh,
  ...chartsZh,
  ...checkZh,
  ...cliZh,
  ...clusterZh,
  ...convertZh,
  ...deliveriesZh,
  ...deliveryRulesZh,
  ...fleetRulesZh,
  ...diffZh,
  ...doctorZh,
  ...completionZh,
  ...explainZh,
  ...generatorsZh,
  ...initZh,
  ...mcpZh,
  ...mapZh,
  ...mergeValuesZh,
  ...moveZh,
  ...newAppZh,
  ...onboardZh,
  ...outdatedZh,
  ...outputZh,
  ...previewZh,
  ...renderZh,
  ...repositoryZh,
  ...risksZh,
  ...rulesZh,
  ...environmentRulesZh,
  ...capiZh,
  ...policiesZh,
  ...capiRulesZh,
  ...chartRulesZh,
  ...scaffoldZh,
  ...schemaZh,
  ...sealZh,
  ...sealingZh,
  ...systemZh,
  ...promoteZh,
  ...proofZh,
  ...shardZh,
  ...breakingZh,
  ...networkZh,
  ...textZh,
  ...undoZh,
  ...updateZh,
  ...upgradeZh,
  ...valuesZh,
  ...yamlZh,
} satisfies Translated<typeof en>;

/** Every sentence in every language, by key. */
export const CATALOGUES = { en, 'zh-CN': zhCN } as const satisfies Record<Language, unknown>;

const SPOKEN = Object.keys(CATALOGUES) as Language[];

export type MessageKey = keyof typeof en;

type ArgsOf<Key extends MessageKey> = (typeof en)[Key] extends (args: infer Given, plural: Plural) => string
  ? [args: { readonly [Name in keyof Given]: Given[Name] | Text }]
  : [];

/** The sentence of a key in every language. An argument that is a text itself is taken in the same language. */
export function say<Key extends MessageKey>(key: Key, ...[args]: ArgsOf<Key>): Text {
  return Object.fromEntries(SPOKEN.map(language => [language, sentence(key, language, args)])) as Text;
}

type Sentence = string | ((args: Record<string, unknown>, plural: Plural) => string);

function sentence(key: MessageKey, language: Language, args: object | undefined): string {
  const written = CATALOGUES[language][key] as Sentence;
  if (typeof written === 'string') return written;
  const given = Object.entries(args ?? {}).map(([name, value]) => [
    name,
    isText(value) ? marked(value[language], language) : value,
  ]);
  return spaced(written(Object.fromEntries(given) as Record<string, unknown>, plural));
}

/** Where a text begins that was put into a Chinese sentence, and begins with a Latin word. */
const SEAM = '\u0001';

function marked(words: string, language: Language): string {
  return language === 'zh-CN' && /^[a-z\d]/i.test(words) ? SEAM + words : words;
}

/** A Latin word keeps its distance from the Chinese one before it. */
function spaced(words: string): string {
  return words.replaceAll(/([\u3400-\u9fff])\u0001/g, '$1 ').replaceAll(SEAM, '');
}

function isText(value: unknown): value is Text {
  return typeof value === 'object' && value !== null && 'en' in value;
}

/** `1 error`, `2 errors`: the number, and the word in the form that English has for it. Chinese has one form. */
export function plural(count: unknown, one: string, other = `${one}s`): string {
  return `${String(count)} ${Number(count) === 1 ? one : other}`;
}
