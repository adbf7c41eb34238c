package main

import (
	"bytes"
	"path"
	"slices"

	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/krusty"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/kustomize/kyaml/openapi"
)

// Build is one `kustomize build --enable-helm --load-restrictor LoadRestrictionsNone` of a folder.
type Build struct {
	files       *Files
	folder      string
	kubeVersion string
	apiVersions []string
}

// run returns the manifests, and warnings.
func (job Build) run() (string, []string, error) {
	var warnings []string
	warn := func(more ...string) { warnings = append(warnings, more...) }
	err := useGenerator(func() resmap.GeneratorPlugin { return &generator{files: job.files, warn: warn} })
	if err != nil {
		return "", nil, err
	}
	if job.mayChangeSchema() {
		openapi.ResetOpenAPI()
	}
	defer forgetSchema()
	built, err := krusty.MakeKustomizer(job.options()).Run(job.files, path.Join(root, job.folder))
	if err != nil {
		return "", warnings, err
	}
	text, err := built.AsYaml()
	return string(text), warnings, err
}

func (job Build) options() *krusty.Options {
	options := krusty.MakeDefaultOptions()
	options.Reorder = krusty.ReorderOptionUnspecified
	options.LoadRestrictions = types.LoadRestrictionsNone
	options.PluginConfig.HelmConfig = types.HelmConfig{
		Enabled:     true,
		Command:     "/none",
		KubeVersion: job.kubeVersion,
		ApiVersions: job.apiVersions,
	}
	return options
}

// mayChangeSchema says whether a kustomization has `openapi`: kustomize would lay its schema over what earlier jobs made it load.
func (job Build) mayChangeSchema() bool {
	for name, content := range job.files.content {
		isKustomization := slices.Contains(konfig.RecognizedKustomizationFileNames(), path.Base(name))
		if isKustomization && bytes.Contains(content, []byte("openapi")) {
			return true
		}
	}
	return false
}

// forgetSchema drops a schema of the job's own, which kustomize keeps for the process and the next job must not see.
func forgetSchema() {
	if openapi.GetSchemaVersion() != usualSchema {
		openapi.ResetOpenAPI()
	}
}

var usualSchema = openapi.GetSchemaVersion()
