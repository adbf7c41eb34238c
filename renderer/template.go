package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"path"
	"slices"
	"strings"
	"text/template"

	"github.com/Masterminds/sprig/v3"
	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chartutil"
	"helm.sh/helm/v3/pkg/engine"
	"helm.sh/helm/v3/pkg/release"
	"helm.sh/helm/v3/pkg/releaseutil"
	"sigs.k8s.io/kustomize/api/types"
	"sigs.k8s.io/yaml"
)

// Template is one `helm template`: a chart with values files, the later of which win.
type Template struct {
	chart  *chart.Chart
	values [][]byte
	// options are those that kustomize has for a chart; the files in them are not looked at.
	options types.HelmChart
}

// run renders as `helm template` does without a cluster: no lookup, no DNS, no plugins and no post-renderer.
// It returns the text of helm's stdout, and warnings.
func (job Template) run() (string, []string, error) {
	name, err := releaseName(job.options)
	if err != nil {
		return "", nil, err
	}
	values, err := mergedValues(job.values)
	if err != nil {
		return "", nil, err
	}
	if err := checkChart(job.chart); err != nil {
		return "", nil, err
	}
	caps, err := capabilities(job.options.KubeVersion, splitAll(job.options.ApiVersions))
	if err != nil {
		return "", nil, err
	}
	if err := chartutil.ProcessDependenciesWithMerge(job.chart, values); err != nil {
		return "", nil, err
	}
	warnings, err := checkSchemas(job.chart)
	if err != nil {
		return "", nil, err
	}
	namespace := job.options.Namespace
	if namespace == "" {
		namespace = "default"
	}
	release := chartutil.ReleaseOptions{Name: name, Namespace: namespace, Revision: 1, IsInstall: true}
	scope, err := chartutil.ToRenderValues(job.chart, values, release, caps)
	if err != nil {
		return "", warnings, err
	}
	cluster := &noCluster{}
	text, err := render(job, scope, caps, cluster)
	return text, append(warnings, cluster.warnings(job.chart.Name())...), err
}

func render(job Template, scope chartutil.Values, caps *chartutil.Capabilities, cluster *noCluster) (string, error) {
	metadata := job.chart.Metadata
	if metadata.KubeVersion != "" && !chartutil.IsCompatibleRange(metadata.KubeVersion, caps.KubeVersion.String()) {
		return "", fmt.Errorf("chart requires kubeVersion: %s which is incompatible with Kubernetes %s",
			metadata.KubeVersion, caps.KubeVersion.String())
	}
	files, err := engine.RenderWithClientProvider(job.chart, scope, cluster)
	if err != nil {
		return "", err
	}
	for name := range files {
		if strings.HasSuffix(name, "NOTES.txt") {
			delete(files, name)
		}
	}
	hooks, manifests, err := releaseutil.SortManifests(files, nil, releaseutil.InstallOrder)
	if err != nil {
		return "", err
	}
	return printed(job, hooks, manifests), nil
}

// printed is what helm prints: CRDs and manifests in one trimmed text, hooks after it.
func printed(job Template, hooks []*release.Hook, manifests []releaseutil.Manifest) string {
	var text bytes.Buffer
	if job.options.IncludeCRDs {
		for _, crd := range job.chart.CRDObjects() {
			fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", crd.Filename, crd.File.Data)
		}
	}
	for _, manifest := range manifests {
		fmt.Fprintf(&text, "---\n# Source: %s\n%s\n", manifest.Name, manifest.Content)
	}
	var out strings.Builder
	fmt.Fprintln(&out, strings.TrimSpace(text.String()))
	if job.options.SkipHooks {
		return out.String()
	}
	for _, hook := range hooks {
		if job.options.SkipTests && slices.Contains(hook.Events, release.HookTest) {
			continue
		}
		fmt.Fprintf(&out, "---\n# Source: %s\n%s\n", hook.Path, hook.Manifest)
	}
	return out.String()
}

// releaseName is the name that `helm template` gives: `release-name` where none is named.
func releaseName(options types.HelmChart) (string, error) {
	name := options.ReleaseName
	if name != "" && options.NameTemplate != "" {
		return "", fmt.Errorf("cannot set --name-template and also specify a name")
	}
	if options.NameTemplate != "" {
		parsed, err := template.New("name-template").Funcs(nameFunctions()).Parse(options.NameTemplate)
		if err != nil {
			return "", err
		}
		var text strings.Builder
		if err := parsed.Execute(&text, nil); err != nil {
			return "", err
		}
		name = text.String()
	}
	if name == "" {
		name = "release-name"
	}
	if err := chartutil.ValidateReleaseName(name); err != nil {
		return "", fmt.Errorf("release name %q: %w", name, err)
	}
	return name, nil
}

// nameFunctions are helm's for names, without those that reach out of the process.
func nameFunctions() template.FuncMap {
	functions := sprig.TxtFuncMap()
	for _, name := range []string{"env", "expandenv"} {
		delete(functions, name)
	}
	functions["getHostByName"] = func(string) string { return "" }
	return functions
}

func mergedValues(files [][]byte) (map[string]any, error) {
	merged := map[string]any{}
	for number, content := range files {
		values := map[string]any{}
		if err := yaml.Unmarshal(content, &values); err != nil {
			return nil, fmt.Errorf("failed to parse values file %d: %w", number+1, err)
		}
		merged = overlay(merged, values)
	}
	return merged, nil
}

// overlay lays one map over another: maps in both are merged, all else is replaced. A null stays, since it deletes a default.
func overlay(under, over map[string]any) map[string]any {
	result := make(map[string]any, len(under)+len(over))
	for key, value := range under {
		result[key] = value
	}
	for key, value := range over {
		above, isMap := value.(map[string]any)
		if below, both := result[key].(map[string]any); isMap && both {
			value = overlay(below, above)
		}
		result[key] = value
	}
	return result
}

// checkChart refuses what helm does not install: library charts, and charts without their dependencies.
func checkChart(chart *chart.Chart) error {
	if kind := chart.Metadata.Type; kind != "" && kind != "application" {
		return fmt.Errorf("%s charts are not installable", kind)
	}
	var missing []string
	for _, wanted := range chart.Metadata.Dependencies {
		if wanted != nil && !slices.ContainsFunc(chart.Dependencies(), named(wanted.Name)) {
			missing = append(missing, wanted.Name)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("An error occurred while checking for chart dependencies. "+
			"You may need to run `helm dependency build` to fetch missing dependencies: "+
			"found in Chart.yaml, but missing in charts/ directory: %s", strings.Join(missing, ", "))
	}
	return nil
}

func named(name string) func(*chart.Chart) bool {
	return func(chart *chart.Chart) bool { return chart.Name() == name }
}

// splitAll takes lists apart as helm's --api-versions does: by comma.
func splitAll(lists []string) []string {
	var all []string
	for _, list := range lists {
		fields, err := csv.NewReader(strings.NewReader(list)).Read()
		if err != nil {
			fields = []string{list}
		}
		all = append(all, fields...)
	}
	return all
}

// chartFolder is where kustomize looks for a chart.
func chartFolder(home string, chart types.HelmChart) string {
	if chart.Version != "" && chart.Repo != "" {
		home = path.Join(home, chart.Name+"-"+chart.Version)
	}
	return path.Join(home, chart.Name)
}
