package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"sigs.k8s.io/kustomize/api/types"
)

// Request is one line of stdin. Contents travel once each, in `blobs`; everything else names them by their SHA-256.
type Request struct {
	ID int64  `json:"id"`
	Op string `json:"op"`
	// Blobs is for op `blobs`: contents by the hexadecimal SHA-256.
	Blobs map[string][]byte `json:"blobs"`

	// Files are by path: of the repository for op `build`, of the chart for op `template`.
	Files map[string]string `json:"files"`
	// Folder is the app's, for op `build`.
	Folder string `json:"folder"`

	// Archive is the chart of op `template` where it is no folder of files.
	Archive   string   `json:"archive"`
	Release   string   `json:"release"`
	Namespace string   `json:"namespace"`
	Values    []string `json:"values"`

	KubeVersion string   `json:"kubeVersion"`
	APIVersions []string `json:"apiVersions"`
	// TimeLimit is in milliseconds; none is the program's own.
	TimeLimit int64 `json:"timeLimit"`
}

// Answer is one line of stdout.
type Answer struct {
	ID        int64    `json:"id"`
	Manifests string   `json:"manifests,omitempty"`
	Warnings  []string `json:"warnings,omitempty"`
	Engines   *Engines `json:"engines,omitempty"`
	Error     *Failure `json:"error,omitempty"`
	// Last says that this process takes no further job.
	Last bool `json:"last,omitempty"`
}

// Blobs are contents by their SHA-256.
type Blobs map[string][]byte

func (blobs Blobs) add(more map[string][]byte) error {
	for name, content := range more {
		digest := sha256.Sum256(content)
		if hex.EncodeToString(digest[:]) != name {
			return failf(kindInput, "a blob is not what its name %.80q says", name)
		}
		blobs[name] = content
	}
	return nil
}

func (blobs Blobs) get(name string) ([]byte, error) {
	content, is := blobs[name]
	if !is {
		return nil, failf(kindInput, "no blob has the name %.80q", name)
	}
	return content, nil
}

func (blobs Blobs) files(names map[string]string) (*Files, error) {
	contents := make(map[string][]byte, len(names))
	for place, name := range names {
		content, err := blobs.get(name)
		if err != nil {
			return nil, err
		}
		contents[place] = content
	}
	return newFiles(contents)
}

// do renders what a request asks for.
func (blobs Blobs) do(request Request) (string, []string, error) {
	switch request.Op {
	case "build":
		return blobs.build(request)
	case "template":
		return blobs.template(request)
	}
	return "", nil, failf(kindInput, "no op is called %.80q", request.Op)
}

func (blobs Blobs) build(request Request) (string, []string, error) {
	files, err := blobs.files(request.Files)
	if err != nil {
		return "", nil, err
	}
	job := Build{files, request.Folder, request.KubeVersion, request.APIVersions}
	return job.run()
}

func (blobs Blobs) template(request Request) (string, []string, error) {
	chart, err := blobs.chart(request)
	if err != nil {
		return "", nil, err
	}
	job := Template{chart: chart, options: types.HelmChart{
		ReleaseName: request.Release,
		Namespace:   request.Namespace,
		KubeVersion: request.KubeVersion,
		ApiVersions: request.APIVersions,
		IncludeCRDs: true,
	}}
	for _, name := range request.Values {
		content, err := blobs.get(name)
		if err != nil {
			return "", nil, err
		}
		job.values = append(job.values, content)
	}
	return job.run()
}

func (blobs Blobs) chart(request Request) (*chart.Chart, error) {
	if request.Archive == "" {
		files, err := blobs.files(request.Files)
		if err != nil {
			return nil, err
		}
		return loadChart(files, root)
	}
	archive, err := blobs.get(request.Archive)
	if err != nil {
		return nil, err
	}
	return loader.LoadArchive(bytes.NewReader(archive))
}
