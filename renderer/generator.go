package main

import (
	"bytes"
	"fmt"
	"path"
	_ "unsafe" // for go:linkname

	"sigs.k8s.io/kustomize/api/builtins"
	"sigs.k8s.io/kustomize/api/konfig"
	"sigs.k8s.io/kustomize/api/resmap"
	"sigs.k8s.io/kustomize/kyaml/kio"
	kyaml "sigs.k8s.io/kustomize/kyaml/yaml"
	"sigs.k8s.io/kustomize/kyaml/yaml/merge2"
	"sigs.k8s.io/yaml"
)

// kustomize's table of built-in generators, by kind. The one entry for Helm is replaced by ours, so that everything around it
// (order, namespaces, hashes, origins) stays kustomize's own. See docs/renderer.md for why it is done so.
//
//go:linkname generators sigs.k8s.io/kustomize/api/internal/plugins/builtinhelpers.GeneratorFactories
var generators map[int]func() resmap.GeneratorPlugin

// useGenerator makes kustomize build its Helm generators with our function.
// It fails where kustomize has no such generator, or more than one: then this program does not fit its version.
func useGenerator(make func() resmap.GeneratorPlugin) error {
	var found []int
	for kind, factory := range generators {
		switch factory().(type) {
		case *builtins.HelmChartInflationGeneratorPlugin, *generator:
			found = append(found, kind)
		}
	}
	if len(found) != 1 {
		return fmt.Errorf("kustomize has %d generators for Helm charts instead of one", len(found))
	}
	generators[found[0]] = make
	return nil
}

// generator renders a chart of a kustomization. It is configured by kustomize's own generator, and differs from it in that it
// starts no helm, pulls nothing, and reads the files of the job.
type generator struct {
	builtins.HelmChartInflationGeneratorPlugin
	helpers *resmap.PluginHelpers
	files   *Files
	warn    func(...string)
}

// String names the chart in errors of kustomize's.
func (own *generator) String() string { return "chart " + own.Name }

// Config implements resmap.Configurable.
func (own *generator) Config(helpers *resmap.PluginHelpers, config []byte) error {
	own.helpers = helpers
	// Otherwise kustomize makes a folder on the disk. A configHome of the kustomization is not read by anything either.
	own.ConfigHome = "/none"
	return own.HelmChartInflationGeneratorPlugin.Config(helpers, config)
}

// Generate implements resmap.Generator.
func (own *generator) Generate() (resmap.ResMap, error) {
	folder := chartFolder(own.home(), own.HelmChart)
	if !own.files.IsDir(folder) {
		return nil, own.absent(folder)
	}
	values, err := own.values()
	if err != nil {
		return nil, err
	}
	chart, err := loadChart(own.files, folder)
	if err != nil {
		return nil, own.failed(err)
	}
	text, warnings, err := Template{chart: chart, values: values, options: own.HelmChart}.run()
	own.warn(warnings...)
	if err != nil {
		return nil, own.failed(err)
	}
	return own.resources([]byte(text))
}

func (own *generator) home() string {
	if path.IsAbs(own.ChartHome) {
		return path.Clean(own.ChartHome)
	}
	return path.Join(own.helpers.Loader().Root(), own.ChartHome)
}

func (own *generator) absent(folder string) error {
	if own.Repo == "" {
		return fmt.Errorf("no repo specified for pull, no chart found at '%s'", folder)
	}
	return fmt.Errorf("chart %s %s of %s is not in '%s', and the renderer fetches nothing",
		own.Name, own.Version, own.Repo, folder)
}

func (own *generator) failed(err error) error {
	return fmt.Errorf("helm template of chart %s: %w", own.Name, err)
}

// values are the files that helm would get: the values file, with the inline values in it, and the additional ones.
func (own *generator) values() ([][]byte, error) {
	content, err := own.valuesFile()
	if err != nil {
		return nil, err
	}
	files := [][]byte{content}
	for _, name := range own.AdditionalValuesFiles {
		content, err := own.files.ReadFile(name)
		if err != nil {
			return nil, own.failed(err)
		}
		files = append(files, content)
	}
	return files, nil
}

func (own *generator) valuesFile() ([]byte, error) {
	if len(own.ValuesInline) > 0 && own.ValuesMerge == "replace" {
		return yaml.Marshal(own.ValuesInline)
	}
	content, err := own.helpers.Loader().Load(own.ValuesFile)
	if err != nil || len(own.ValuesInline) == 0 {
		return content, err
	}
	return own.withInline(content)
}

// withInline merges the inline values as kustomize does: `override` lets them win, `merge` lets the file win.
func (own *generator) withInline(content []byte) ([]byte, error) {
	file, err := kyaml.Parse(string(content))
	if err != nil {
		return nil, fmt.Errorf("could not parse values file into rnode: %w", err)
	}
	inline, err := kyaml.FromMap(own.ValuesInline)
	if err != nil {
		return nil, fmt.Errorf("could not parse values inline into rnode: %w", err)
	}
	over, under := inline, file
	if own.ValuesMerge == "merge" {
		over, under = file, inline
	}
	merged, err := merge2.Merge(over, under, kyaml.MergeOptions{})
	if err != nil {
		return nil, fmt.Errorf("could not merge values: %w", err)
	}
	values, err := merged.Map()
	if err != nil {
		return nil, fmt.Errorf("could not parse merged values into map: %w", err)
	}
	return yaml.Marshal(values)
}

// resources parses what was rendered. What kustomize cannot take as a whole it may take node by node.
func (own *generator) resources(text []byte) (resmap.ResMap, error) {
	factory := own.helpers.ResmapFactory()
	found, parseError := factory.NewResMapFromBytes(text)
	if parseError != nil {
		nodes, err := (&kio.ByteReader{Reader: bytes.NewReader(text), OmitReaderAnnotations: true}).Read()
		if err != nil {
			return nil, fmt.Errorf("error reading helm output: %w", err)
		}
		if len(nodes) == 0 {
			return nil, fmt.Errorf("could not parse bytes into resource map: %w", parseError)
		}
		if found, err = factory.NewResMapFromRNodeSlice(nodes); err != nil {
			return nil, fmt.Errorf("could not parse rnode slice into resource map: %w", err)
		}
	}
	for _, resource := range found.Resources() {
		if err := resource.PipeE(kyaml.SetAnnotation(konfig.HelmGeneratedAnnotation, "true")); err != nil {
			return nil, fmt.Errorf("failed to set helm annotation: %w", err)
		}
	}
	return found, nil
}
