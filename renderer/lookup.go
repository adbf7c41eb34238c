package main

import (
	"context"
	"slices"

	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/client-go/dynamic"
)

// noCluster answers `lookup` as `helm template` does, with nothing, and notes what was asked for: a cluster might have had it.
type noCluster struct{ asked []string }

// GetClientFor implements engine.ClientProvider.
func (cluster *noCluster) GetClientFor(apiVersion, kind string) (dynamic.NamespaceableResourceInterface, bool, error) {
	if what := apiVersion + " " + kind; !slices.Contains(cluster.asked, what) {
		cluster.asked = append(cluster.asked, what)
	}
	return nothing{}, true, nil
}

func (cluster *noCluster) warnings(chart string) []string {
	var warnings []string
	for _, what := range cluster.asked {
		warnings = append(warnings, "chart "+chart+" looks "+what+" up in the cluster: it was rendered as if there were none")
	}
	return warnings
}

// nothing has no objects of any kind. What a template cannot call is not there.
type nothing struct {
	dynamic.NamespaceableResourceInterface
}

func (nothing) Namespace(string) dynamic.ResourceInterface { return nothing{} }

func (nothing) Get(_ context.Context, name string, _ metav1.GetOptions, _ ...string) (*unstructured.Unstructured, error) {
	return nil, errors.NewNotFound(schema.GroupResource{}, name)
}

func (nothing) List(context.Context, metav1.ListOptions) (*unstructured.UnstructuredList, error) {
	return nil, errors.NewNotFound(schema.GroupResource{}, "")
}
