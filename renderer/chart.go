package main

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"strings"

	"helm.sh/helm/v3/pkg/chart"
	"helm.sh/helm/v3/pkg/chart/loader"
	"helm.sh/helm/v3/pkg/ignore"
)

var byteOrderMark = []byte{0xEF, 0xBB, 0xBF}

// loadChart reads a chart's folder as helm does: in its order, without what .helmignore names.
func loadChart(files *Files, folder string) (*chart.Chart, error) {
	rules, err := ignoreRules(files, folder)
	if err != nil {
		return nil, err
	}
	var buffered []*loader.BufferedFile
	err = files.Walk(folder, func(place string, info fs.FileInfo, err error) error {
		name := strings.TrimPrefix(place, folder+"/")
		switch {
		case err != nil:
			return err
		case place == folder:
			return nil
		case rules.Ignore(name, info) && info.IsDir():
			return filepath.SkipDir
		case rules.Ignore(name, info) || info.IsDir():
			return nil
		case info.Size() > loader.MaxDecompressedFileSize:
			return failf(kindRender, "chart file %q is larger than the maximum file size %d", name, loader.MaxDecompressedFileSize)
		}
		data := bytes.TrimPrefix(files.content[place], byteOrderMark)
		buffered = append(buffered, &loader.BufferedFile{Name: name, Data: data})
		return nil
	})
	if err != nil {
		return nil, err
	}
	return loader.LoadFiles(buffered)
}

func ignoreRules(files *Files, folder string) (*ignore.Rules, error) {
	rules := ignore.Empty()
	if content, is := files.content[folder+"/"+ignore.HelmIgnore]; is {
		parsed, err := ignore.Parse(bytes.NewReader(content))
		if err != nil {
			return nil, err
		}
		rules = parsed
	}
	rules.AddDefaults()
	return rules, nil
}
