package main

import (
	"regexp"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart"
	"sigs.k8s.io/kustomize/api/builtins"
	"sigs.k8s.io/kustomize/api/resmap"
)

// If this fails, kustomize has moved its table, and charts would be rendered by a helm of the machine or not at all.
func TestKustomizeUsesOurGenerator(t *testing.T) {
	own := &generator{}
	for range 2 {
		if err := useGenerator(func() resmap.GeneratorPlugin { return own }); err != nil {
			t.Fatal(err)
		}
	}
	count := 0
	for _, factory := range generators {
		switch made := factory(); made.(type) {
		case *builtins.HelmChartInflationGeneratorPlugin:
			t.Error("kustomize's own is still there")
		case *generator:
			count++
		}
	}
	if count != 1 || len(generators) < 4 {
		t.Errorf("%d of %d generators are ours", count, len(generators))
	}
}

func TestEngines(t *testing.T) {
	found := engines()
	for _, version := range []string{found.Helm, found.Kustomize, found.KubeVersion} {
		if !regexp.MustCompile(`^v\d+\.\d+\.\d+$`).MatchString(version) {
			t.Errorf("a version is %q: %+v", version, found)
		}
	}
	if strings.HasPrefix(found.KubeVersion, "v1.20") {
		t.Error("charts see Kubernetes 1.20")
	}
}

func TestOutsideReferences(t *testing.T) {
	for schema, expected := range map[string]string{
		`{"type": "object"}`: "",
		`{"$schema": "http://json-schema.org/draft-07/schema#", "properties": {"a": {"$ref": "#/definitions/b"}}, "definitions": {"b": {}}}`: "",
		`{"$schema": "https://json-schema.org/draft/2020-12/schema"}`:                                                                        "",
		`{"$id": "https://x.test/a", "properties": {"a": {"$ref": "https://x.test/a#/$defs/b"}}, "$defs": {"b": {}}}`:                        "",
		`{"properties": {"a": {"$ref": "urn:none"}}}`:                                                                                        "",
		`{"$ref": "https://x.test/s.json"}`:                                                                                                  "https://x.test/s.json",
		`{"$schema": "https://x.test/meta"}`:                                                                                                 "https://x.test/meta",
		`{"properties": {"a": {"$ref": "other.json#/b"}}}`:                                                                                   "file:///other.json",
		`{"properties": {"a": {"$ref": "file:///etc/passwd"}}}`:                                                                              "file:///etc/passwd",
		`{"properties": {"a": {"\u0024ref": "http://x.test/"}}}`:                                                                             "http://x.test/",
	} {
		found, err := compileSchema([]byte(schema))
		if found != expected || (err != nil) != (expected != "") {
			t.Errorf("%s refers to %q instead of %q: %v", schema, found, expected, err)
		}
	}
	inner := &chart.Chart{Metadata: &chart.Metadata{Name: "inner"}, Schema: []byte(`{"$ref": "http://x.test/"}`)}
	outer := &chart.Chart{Metadata: &chart.Metadata{Name: "outer"}, Schema: []byte(`{"type": "object"}`)}
	outer.AddDependency(inner)
	warnings, err := checkSchemas(outer)
	if err != nil || len(warnings) != 1 || inner.Schema != nil || outer.Schema == nil {
		t.Errorf("warnings %v, %v", warnings, err)
	}
	for _, broken := range []string{"not json", `{"type": 1}`, `{"$ref": "#/nowhere"}`, "null"} {
		inner.Schema = []byte(broken)
		if _, err := checkSchemas(outer); err == nil {
			t.Errorf("%s is taken as a schema", broken)
		}
	}
}

func TestValuesAreLaidOver(t *testing.T) {
	merged, err := mergedValues([][]byte{[]byte("a: {b: 1, c: [1, 2]}\nd: {e: 1}\nf: 1"), []byte("a: {b: 2, c: [3]}\nd: null\nf: {g: 1}"), nil})
	if err != nil {
		t.Fatal(err)
	}
	a, _ := merged["a"].(map[string]any)
	list, _ := a["c"].([]any)
	value, present := merged["d"]
	if a["b"] != float64(2) || len(list) != 1 || !present || value != nil {
		t.Errorf("merged: %v", merged)
	}
	if _, isMap := merged["f"].(map[string]any); !isMap {
		t.Errorf("f: %v", merged["f"])
	}
}
