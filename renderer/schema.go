package main

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"helm.sh/helm/v3/pkg/chart"
)

// checkSchemas drops the values schemas that refer to other documents, with a warning for each: helm would fetch these from the
// network or read them from the disk. A schema that does not compile is an error here: the order in which a compiler meets its
// faults and its references is not the same every time, so that helm might still ask for one.
func checkSchemas(chart *chart.Chart) ([]string, error) {
	var warnings []string
	if chart.Schema != nil {
		outside, err := compileSchema(chart.Schema)
		switch {
		case outside != "":
			chart.Schema = nil
			warnings = append(warnings, "the values schema of chart "+chart.Name()+" was not used: it refers to "+outside)
		case err != nil:
			return nil, fmt.Errorf("the values schema of chart %s cannot be used: %w", chart.Name(), err)
		}
	}
	for _, dependency := range chart.Dependencies() {
		more, err := checkSchemas(dependency)
		if err != nil {
			return nil, err
		}
		warnings = append(warnings, more...)
	}
	return warnings, nil
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

// compileSchema compiles as helm does, with a loader that gives nothing. It returns what the schema asked for, or why it is none.
func compileSchema(schema []byte) (outside string, err error) {
	defer func() {
		if reason := recover(); reason != nil {
			err = fmt.Errorf("unable to validate schema: %v", reason)
		}
	}()
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(schema))
	if err != nil {
		return "", err
	}
	loader := &seenLoader{}
	compiler := jsonschema.NewCompiler()
	compiler.UseLoader(loader)
	const name = "file:///values.schema.json"
	if err := compiler.AddResource(name, document); err != nil {
		return "", err
	}
	_, err = compiler.Compile(name)
	return loader.seen, err
}
