package main

import (
	"fmt"
	"strings"

	"sigs.k8s.io/kustomize/api/types"
)

// Kinds of failure: what the engines say of the files, a job that is none, and a limit that was met.
const (
	kindRender = "render"
	kindInput  = "input"
	kindLimit  = "limit"
)

// Failure is how a job ends that gives no manifests.
type Failure struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
}

func (failure *Failure) Error() string { return failure.Message }

func failf(kind, format string, values ...any) *Failure {
	return &Failure{Kind: kind, Message: fmt.Sprintf(format, values...)}
}

// noGit is what kustomize says when it would fetch a base: this program has no PATH.
const noGit = "no 'git' program on path"

// asFailure turns an engine's error into an answer, with paths as they are in the repository.
func asFailure(err error) *Failure {
	if failure, is := err.(*Failure); is {
		return failure
	}
	message := cleanPlace(err.Error())
	if strings.Contains(message, noGit) || strings.Contains(message, errRemote.Error()) {
		message = "the renderer fetches nothing, and this refers to something remote: " + message
	}
	if types.IsErrOnlyBuiltinPluginsAllowed(err) {
		message = "the renderer runs no functions, plugins or containers: " + message
	}
	return &Failure{Kind: kindRender, Message: message}
}

func cleanPlace(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, root+"/", ""), root, ".")
}
