package main

import (
	"fmt"
	"runtime/debug"
	"strings"

	"helm.sh/helm/v3/pkg/chartutil"
	_ "sigs.k8s.io/kustomize/kustomize/v5/commands/build" // its version names the release that the engine is from
)

// Engines says which versions render.
type Engines struct {
	Helm      string `json:"helm"`
	Kustomize string `json:"kustomize"`
	// KubeVersion is the cluster version that charts see where a job names none.
	KubeVersion string `json:"kubeVersion"`
}

// engines reads the versions from the modules that this program is built of, so that they cannot be wrong.
func engines() Engines {
	found := Engines{}
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		switch module.Path {
		case "helm.sh/helm/v3":
			found.Helm = module.Version
		case "sigs.k8s.io/kustomize/kustomize/v5":
			found.Kustomize = module.Version
		case "k8s.io/client-go":
			// v0.36.2 is the client of Kubernetes 1.36: what a release of helm takes as its default.
			minor := strings.SplitN(strings.TrimPrefix(module.Version, "v0."), ".", 2)[0]
			found.KubeVersion = fmt.Sprintf("v1.%s.0", minor)
		}
	}
	return found
}

// capabilities are what a chart sees of the cluster. helm built from its module path alone would claim 1.20.
func capabilities(kubeVersion string, apiVersions []string) (*chartutil.Capabilities, error) {
	known := engines()
	if kubeVersion == "" {
		kubeVersion = known.KubeVersion
	}
	version, err := chartutil.ParseKubeVersion(kubeVersion)
	if err != nil {
		return nil, fmt.Errorf("invalid kube version '%s': %w", kubeVersion, err)
	}
	found := chartutil.DefaultCapabilities.Copy()
	found.KubeVersion = *version
	found.HelmVersion.Version = known.Helm
	found.APIVersions = append(append(chartutil.VersionSet{}, found.APIVersions...), apiVersions...)
	return found, nil
}
