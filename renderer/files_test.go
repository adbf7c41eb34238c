package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"helm.sh/helm/v3/pkg/chart/loader"
	"sigs.k8s.io/kustomize/kyaml/filesys"
)

func filesOf(t *testing.T, byPath map[string]string) *Files {
	t.Helper()
	contents := map[string][]byte{}
	for name, text := range byPath {
		contents[name] = []byte(text)
	}
	files, err := newFiles(contents)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var tree = map[string]string{
	"a/b c.yaml": "1", "a/b/é.yaml": "2", "a/b-c.yaml": "3", "a/.hidden": "4", "top.yaml": "5", "a/b/c/d": "6", "[x]/y": "7",
}

// The memory answers as a disk with the same files does.
func TestFilesAnswerAsADiskDoes(t *testing.T) {
	folder, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range tree {
		place := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(place, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	memory, disk := filesOf(t, tree), filesys.MakeFsOnDisk()
	names := []string{"", "a", "a/", "a/b", "a/b/../b-c.yaml", "top.yaml", "top.yaml/x", "none", "a/b/none", "[x]", "a/b c.yaml", "./a//b"}
	for _, name := range names {
		inMemory, onDisk := root+"/"+name, folder+"/"+name
		same(t, "IsDir "+name, memory.IsDir(inMemory), disk.IsDir(onDisk))
		same(t, "Exists "+name, memory.Exists(inMemory), disk.Exists(onDisk))
		content, memoryErr := memory.ReadFile(inMemory)
		expected, diskErr := disk.ReadFile(onDisk)
		same(t, "ReadFile "+name, string(content), string(expected))
		// Of a path below a file a disk says that this is no folder.
		if name != "top.yaml/x" {
			same(t, "ReadFile "+name, relative(memoryErr, root), relative(diskErr, folder))
		}
		entries, _ := memory.ReadDir(inMemory)
		listed, _ := disk.ReadDir(onDisk)
		same(t, "ReadDir "+name, strings.Join(entries, ","), strings.Join(listed, ","))
		dir, base, memoryErr := memory.CleanedAbs(inMemory)
		diskDir, diskBase, diskErr := disk.CleanedAbs(onDisk)
		same(t, "CleanedAbs "+name, strings.TrimPrefix(string(dir), root)+"|"+base, strings.TrimPrefix(string(diskDir), folder)+"|"+diskBase)
		same(t, "CleanedAbs "+name, memoryErr == nil, diskErr == nil)
	}
	for _, pattern := range []string{"a/*", "*/*.yaml", "a/.*", "a/[bc]*", "*", "none/*"} {
		found, _ := memory.Glob(root + "/" + pattern)
		expected, _ := disk.Glob(folder + "/" + pattern)
		var files []string
		for _, name := range expected {
			if !disk.IsDir(name) {
				files = append(files, name)
			}
		}
		same(t, "Glob "+pattern, cut(found, root), cut(files, folder))
	}
	same(t, "Walk", walked(t, memory, root), walked(t, disk, folder))
}

func walked(t *testing.T, files filesys.FileSystem, folder string) string {
	t.Helper()
	var seen []string
	err := files.Walk(folder, func(place string, info fs.FileInfo, err error) error {
		if err != nil {
			return err
		}
		if info.Name() == "c" {
			return filepath.SkipDir
		}
		seen = append(seen, strings.TrimPrefix(place, folder))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(seen, "\n")
}

func same[T comparable](t *testing.T, what string, found, expected T) {
	t.Helper()
	if found != expected {
		t.Errorf("%s: %v instead of %v", what, found, expected)
	}
}

func relative(err error, folder string) string {
	if err == nil {
		return ""
	}
	return strings.ReplaceAll(err.Error(), folder, "")
}

func cut(names []string, folder string) string {
	return strings.ReplaceAll(strings.Join(names, ","), folder, "")
}

func TestNothingIsAboveTheRoot(t *testing.T) {
	files := filesOf(t, tree)
	for _, name := range []string{"/etc/passwd", root + "/../etc/passwd", "../top.yaml", root + "/../top.yaml", "../../../../proc/self/environ"} {
		if files.Exists(name) {
			t.Errorf("%s exists", name)
		}
	}
	for _, bad := range []string{"", ".", "..", "/a", "a/", "a//b", "a/../b", "./a", "a\x00b"} {
		if _, err := newFiles(map[string][]byte{bad: nil}); err == nil {
			t.Errorf("%q is taken as a path", bad)
		}
	}
	if _, err := newFiles(map[string][]byte{"a": nil, "a/b": nil}); err == nil {
		t.Error("a file is a folder too")
	}
}

// What helm reads of a folder on the disk is what is read of one in memory, in the same order.
func TestChartsAreLoadedAsFromADisk(t *testing.T) {
	chart := map[string]string{
		"Chart.yaml":                     "apiVersion: v2\nname: c\nversion: 1.0.0\n",
		"values.yaml":                    "\ufeffa: 1\n",
		".helmignore":                    "# comment\n*.bak\n/docs/\nsecret/\n",
		"a.bak":                          "ignored",
		"docs/x.md":                      "ignored",
		"deep/secret/x":                  "ignored",
		"files/b":                        "b",
		"files-a":                        "a",
		"files/a/z":                      "z",
		"templates/b.yaml":               "b: 1",
		"templates/a.yaml":               "a: 1",
		"templates/.x.yaml":              "ignored",
		"templates/a-b/c.yaml":           "c: 1",
		"templates/a/c.yaml":             "c: 1",
		"crds/b.yaml":                    "b: 1",
		"crds/a.yaml":                    "a: 1",
		"charts/sub/Chart.yaml":          "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
		"charts/sub/templates/x.yaml":    "x: 1",
		"charts/_skipped/Chart.yaml":     "no chart",
		"charts/sub/charts/s/Chart.yaml": "apiVersion: v2\nname: s\nversion: 1.0.0\n",
	}
	folder := t.TempDir()
	inRepository := map[string]string{}
	for name, text := range chart {
		place := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(place, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		inRepository["app/charts/c/"+name] = text
	}
	expected, err := loader.LoadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	found, err := loadChart(filesOf(t, inRepository), root+"/app/charts/c")
	if err != nil {
		t.Fatal(err)
	}
	if len(found.Raw) < 10 || !reflect.DeepEqual(found, expected) {
		t.Errorf("%d files instead of %d, or others", len(found.Raw), len(expected.Raw))
	}
}
