import type { Rule } from '../rule.ts';
import {
  applicationPathMissing,
  applicationValuesMissing,
  applicationRevisionFloating,
  applicationRefTwice,
  applicationOciScheme,
  applicationProjectForbids,
  sourceOverride,
} from './deliveries/argo-rules.ts';
import {
  releaseSourceMissing,
  releaseTwoSources,
  releaseVersionFloating,
  releaseValuesMissing,
  releaseValuesUnhashedStale,
  releaseSubstitution,
  fluxApiRemoved,
  ksNotListed,
  ksPathMissing,
} from './deliveries/flux-rules.ts';
import { releaseCrdsSkipped } from './release-crds-skipped.ts';
import { appName } from './app-name.ts';
import { appNamespace } from './app-namespace.ts';
import { appRemoved } from './app-removed.ts';
import { chartIncludeCrds } from './chart-include-crds.ts';
import { chartLocalMissing } from './chart-local-missing.ts';
import { chartName } from './chart-name.ts';
import { chartNamespace } from './chart-namespace.ts';
import { chartOutdated } from './chart-outdated.ts';
import { chartReleaseName } from './chart-release-name.ts';
import { chartRepoUrl } from './chart-repo-url.ts';
import { chartRepoVersionPair } from './chart-repo-version-pair.ts';
import { chartRepublished } from './chart-republished.ts';
import { chartVersionExact } from './chart-version-exact.ts';
import { deprecatedField } from './deprecated-field.ts';
import { deprecatedKind } from './deprecated-kind.ts';
import { gitignoreCharts } from './gitignore-charts.ts';
import { imageNameShort } from './image-name-short.ts';
import { imagePastMirror } from './image-past-mirror.ts';
import { imagePrefixTwice } from './image-prefix-twice.ts';
import { imagePrefixMissing } from './image-prefix-missing.ts';
import { kustomizationShape } from './kustomization-shape.ts';
import { listedButAbsent } from './listed-but-absent.ts';
import { listedTwice } from './listed-twice.ts';
import { objectNamespace } from './object-namespace.ts';
import { oddFile } from './odd-file.ts';
import { presentButUnlisted } from './present-but-unlisted.ts';
import { remoteRef } from './remote-ref.ts';
import { renderFailed } from './render-failed.ts';
import { renderRefused } from './render-refused.ts';
import { routeBackend } from './route-backend.ts';
import { routeDomains } from './route-domains.ts';
import { routeHostTaken } from './route-host-taken.ts';
import { routeHostname } from './route-hostname.ts';
import { routeParent } from './route-parent.ts';
import { schemaInvalid } from './schema-invalid.ts';
import { sealedSecretScope } from './sealed-secret-scope.ts';
import { sealedSecretShape } from './sealed-secret-shape.ts';
import { sealedSecretStub } from './sealed-secret-stub.ts';
import { secretPlaintext } from './secret-plaintext.ts';
import { secretValue } from './secret-value.ts';
import { suppressionReason } from './suppression-reason.ts';
import { suppressionUnused } from './suppression-unused.ts';
import { toolPair } from './tool-pair.ts';
import { twinApp } from './twin-app.ts';
import { valuesFileMissing } from './values-file-missing.ts';
import { valuesFileName } from './values-file-name.ts';
import { valuesFullCopy } from './values-full-copy.ts';
import { valuesSchema } from './values-schema.ts';
import { valuesUnused } from './values-unused.ts';
import { yamlSyntax } from './yaml-syntax.ts';
import { kindNotServed } from './kind-not-served.ts';
import { objectRefused } from './object-refused.ts';
import { clusterRefused } from './cluster-refused.ts';
import { clusterNotAsked } from './cluster-not-asked.ts';
import { imageBumpUnmatched } from './image-bump-unmatched.ts';
import { imageTagMutable } from './image-tag-mutable.ts';
import { promotionBehind, promotionSkips } from './promotion-rules.ts';
import { baseHasBase } from './base-has-base.ts';
import { overlayRepeatsBase } from './overlay-repeats-base.ts';
import { generatorHashInChart } from './generator-hash-in-chart.ts';
import { applicationNameTaken } from './application-name-taken.ts';
import { applicationsetEmpty } from './applicationset-empty.ts';
import { rootCascades } from './root-cascades.ts';
import { capiDeleteUnguarded, capiNamespaceTogether, capiValidateOff } from './capi/guard-rules.ts';
import { capiOwnedNotPruned, capiVersionSkew } from './capi/change-rules.ts';
import { capiApiDeprecated, capiSecretPlaintext } from './capi/object-rules.ts';
import { generatorInvalid } from './generator-invalid.ts';
import { generatorTestFails } from './generator-test-fails.ts';
import {
  applicationFight,
  applicationNameInvalid,
  applicationsetDeletes,
  applicationsetRollingAutosync,
  rootMissesChild,
} from './set-rules.ts';
import {
  blastRadius,
  clusterInvalid,
  clusterTwoMasters,
  clusterUnknown,
  hubHoldsAdmin,
} from './cluster-rules.ts';

/** Every rule by its code, in the order in which documents list them. A code is for ever: comments and configurations name it. */
export const RULES = {
  'yaml-syntax': yamlSyntax,
  'odd-file': oddFile,
  'kustomization-shape': kustomizationShape,
  'chart-name': chartName,
  'chart-repo-version-pair': chartRepoVersionPair,
  'chart-repo-url': chartRepoUrl,
  'chart-version-exact': chartVersionExact,
  'remote-ref': remoteRef,
  'chart-release-name': chartReleaseName,
  'chart-namespace': chartNamespace,
  'chart-include-crds': chartIncludeCrds,
  'chart-local-missing': chartLocalMissing,
  'values-file-name': valuesFileName,
  'values-file-missing': valuesFileMissing,
  'values-full-copy': valuesFullCopy,
  'values-schema': valuesSchema,
  'values-unused': valuesUnused,
  'app-namespace': appNamespace,
  'listed-but-absent': listedButAbsent,
  'present-but-unlisted': presentButUnlisted,
  'listed-twice': listedTwice,
  'gitignore-charts': gitignoreCharts,
  'app-name': appName,
  'twin-app': twinApp,
  'app-removed': appRemoved,
  'image-prefix-missing': imagePrefixMissing,
  'image-prefix-twice': imagePrefixTwice,
  'image-past-mirror': imagePastMirror,
  'image-name-short': imageNameShort,
  'route-hostname': routeHostname,
  'route-domains': routeDomains,
  'route-host-taken': routeHostTaken,
  'route-parent': routeParent,
  'route-backend': routeBackend,
  'secret-plaintext': secretPlaintext,
  'secret-value': secretValue,
  'sealed-secret-stub': sealedSecretStub,
  'sealed-secret-shape': sealedSecretShape,
  'sealed-secret-scope': sealedSecretScope,
  'chart-republished': chartRepublished,
  'chart-outdated': chartOutdated,
  'deprecated-field': deprecatedField,
  'deprecated-kind': deprecatedKind,
  'render-failed': renderFailed,
  'render-refused': renderRefused,
  'object-namespace': objectNamespace,
  'schema-invalid': schemaInvalid,
  'tool-pair': toolPair,
  'suppression-reason': suppressionReason,
  'suppression-unused': suppressionUnused,
  'kind-not-served': kindNotServed,
  'object-refused': objectRefused,
  'cluster-refused': clusterRefused,
  'cluster-not-asked': clusterNotAsked,
  'release-source-missing': releaseSourceMissing,
  'release-two-sources': releaseTwoSources,
  'release-version-floating': releaseVersionFloating,
  'release-values-missing': releaseValuesMissing,
  'release-values-unhashed-stale': releaseValuesUnhashedStale,
  'release-substitution': releaseSubstitution,
  'flux-api-removed': fluxApiRemoved,
  'ks-path-missing': ksPathMissing,
  'ks-not-listed': ksNotListed,
  'application-path-missing': applicationPathMissing,
  'application-values-missing': applicationValuesMissing,
  'application-revision-floating': applicationRevisionFloating,
  'application-ref-twice': applicationRefTwice,
  'application-oci-scheme': applicationOciScheme,
  'application-project-forbids': applicationProjectForbids,
  'source-override': sourceOverride,
  'release-crds-skipped': releaseCrdsSkipped,
  'image-bump-unmatched': imageBumpUnmatched,
  'image-tag-mutable': imageTagMutable,
  'promotion-behind': promotionBehind,
  'promotion-skips': promotionSkips,
  'base-has-base': baseHasBase,
  'overlay-repeats-base': overlayRepeatsBase,
  'generator-hash-in-chart': generatorHashInChart,
  'application-name-taken': applicationNameTaken,
  'applicationset-empty': applicationsetEmpty,
  'root-cascades': rootCascades,
  'capi-delete-unguarded': capiDeleteUnguarded,
  'capi-namespace-together': capiNamespaceTogether,
  'capi-owned-not-pruned': capiOwnedNotPruned,
  'capi-version-skew': capiVersionSkew,
  'capi-api-deprecated': capiApiDeprecated,
  'capi-validate-off': capiValidateOff,
  'capi-secret-plaintext': capiSecretPlaintext,
  'generator-invalid': generatorInvalid,
  'generator-test-fails': generatorTestFails,
  'application-name-invalid': applicationNameInvalid,
  'applicationset-deletes': applicationsetDeletes,
  'applicationset-rolling-autosync': applicationsetRollingAutosync,
  'root-misses-child': rootMissesChild,
  'application-fight': applicationFight,
  'cluster-invalid': clusterInvalid,
  'cluster-unknown': clusterUnknown,
  'cluster-two-masters': clusterTwoMasters,
  'blast-radius': blastRadius,
  'hub-holds-admin': hubHoldsAdmin,
} as const satisfies Record<string, Rule>;

export type RuleCode = keyof typeof RULES;
