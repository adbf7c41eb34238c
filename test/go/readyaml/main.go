// readyaml says what Go's YAML takes: a JSON list of texts on stdin, a JSON list of answers on stdout. `helm` is what
// helm reads (go-yaml v2 through sigs.k8s.io/yaml, the first document), `documents` what kustomize reads (go-yaml v3).
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	yaml3 "sigs.k8s.io/yaml/goyaml.v3"

	"sigs.k8s.io/yaml"
)

type answer struct {
	Helm      json.RawMessage   `json:"helm,omitempty"`
	HelmError string            `json:"helmError,omitempty"`
	Documents []json.RawMessage `json:"documents,omitempty"`
	Error     string            `json:"error,omitempty"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	answers := make([]answer, len(texts))
	for index, text := range texts {
		answers[index] = read([]byte(text))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func read(text []byte) answer {
	var result answer
	if data, err := yaml.YAMLToJSON(text); err != nil {
		result.HelmError = err.Error()
	} else {
		result.Helm = data
	}
	documents, err := readAll(text)
	if err != nil {
		result.Error = err.Error()
	} else {
		result.Documents = documents
	}
	return result
}

func readAll(text []byte) (documents []json.RawMessage, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	documents = []json.RawMessage{}
	decoder := yaml3.NewDecoder(bytes.NewReader(text))
	for {
		var node yaml3.Node
		if err := decoder.Decode(&node); err == io.EOF {
			return documents, nil
		} else if err != nil {
			return nil, err
		}
		var value any
		if err := node.Decode(&value); err != nil {
			return nil, err
		}
		document, err := json.Marshal(plain(value))
		if err != nil {
			return nil, err
		}
		documents = append(documents, document)
	}
}

// plain turns keys of any scalar type into text, as JSON needs them.
func plain(value any) any {
	switch value := value.(type) {
	case map[any]any:
		result := map[string]any{}
		for key, inner := range value {
			result[fmt.Sprint(key)] = plain(inner)
		}
		return result
	case map[string]any:
		result := map[string]any{}
		for key, inner := range value {
			result[key] = plain(inner)
		}
		return result
	case []any:
		result := make([]any, len(value))
		for index, inner := range value {
			result[index] = plain(inner)
		}
		return result
	default:
		return value
	}
}
