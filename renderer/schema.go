package main

import (
	"bytes"
	"errors"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"helm.sh/helm/v3/pkg/chart"
)

// withoutOutsideSchemas drops the values schemas that refer to other documents: helm would fetch these from the network or
// read them from the disk. It returns a warning for each.
func withoutOutsideSchemas(chart *chart.Chart) []string {
	var warnings []string
	if chart.Schema != nil {
		if outside := outsideReference(chart.Schema); outside != "" {
			chart.Schema = nil
			warnings = append(warnings, "the values schema of chart "+chart.Name()+" was not used: it refers to "+outside)
		}
	}
	for _, dependency := range chart.Dependencies() {
		warnings = append(warnings, withoutOutsideSchemas(dependency)...)
	}
	return warnings
}

var errOutside = errors.New("outside")

// seenLoader notes the first document that a schema asks for and gives none.
type seenLoader struct{ seen string }

func (loader *seenLoader) Load(url string) (any, error) {
	// helm takes any value for these, without a request.
	if strings.HasPrefix(url, "urn:") {
		return true, nil
	}
	if loader.seen == "" {
		loader.seen = url
	}
	return nil, errOutside
}

// outsideReference compiles the schema as helm does, with a loader that gives nothing.
func outsideReference(schema []byte) string {
	loader := &seenLoader{}
	// A schema that the compiler cannot take is helm's to complain about.
	defer func() { _ = recover() }()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return ""
	}
	compiler := jsonschema.NewCompiler()
	compiler.UseLoader(loader)
	const name = "file:///values.schema.json"
	if compiler.AddResource(name, document) == nil {
		_, _ = compiler.Compile(name)
	}
	return loader.seen
}
