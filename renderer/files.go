package main

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"sort"
	"strings"
	"syscall"
	"time"

	"sigs.k8s.io/kustomize/kyaml/filesys"
)

// root is where the files of a job are. A path above it leads nowhere.
const root = "/slipway-repository"

var errReadOnly = errors.New("the renderer writes no files")

// Files are a job's files in memory, by absolute path; kustomize's own in-memory file system refuses names such as `a b.yaml`.
type Files struct {
	content map[string][]byte
	// folders holds the sorted names of the entries of each folder.
	folders map[string][]string
}

// newFiles places files below the root. Their paths are relative and clean.
func newFiles(byPath map[string][]byte) (*Files, error) {
	files := &Files{content: map[string][]byte{}, folders: map[string][]string{"/": nil, root: nil}}
	for name, content := range byPath {
		if !fs.ValidPath(name) || name == "." || strings.ContainsRune(name, 0) {
			return nil, failf(kindInput, "%q is no path within the repository", name)
		}
		files.content[root+"/"+name] = content
	}
	for name := range files.content {
		if err := files.addFolders(name); err != nil {
			return nil, err
		}
	}
	for _, entries := range files.folders {
		sort.Strings(entries)
	}
	return files, nil
}

func (files *Files) addFolders(name string) error {
	for name != root {
		folder := path.Dir(name)
		if _, isFile := files.content[folder]; isFile {
			return failf(kindInput, "%s is a file and a folder", cleanPlace(folder))
		}
		entries, known := files.folders[folder]
		files.folders[folder] = append(entries, path.Base(name))
		if known && folder != root {
			return nil
		}
		name = folder
	}
	return nil
}

func absolute(name string) string {
	if name == "" {
		return ""
	}
	if !path.IsAbs(name) {
		name = root + "/" + name
	}
	return path.Clean(name)
}

func missing(operation, name string) error {
	return &fs.PathError{Op: operation, Path: name, Err: syscall.ENOENT}
}

// IsDir implements filesys.FileSystem.
func (files *Files) IsDir(name string) bool {
	_, is := files.folders[absolute(name)]
	return is
}

// Exists implements filesys.FileSystem.
func (files *Files) Exists(name string) bool {
	_, is := files.content[absolute(name)]
	return is || files.IsDir(name)
}

// ReadDir implements filesys.FileSystem.
func (files *Files) ReadDir(name string) ([]string, error) {
	entries, is := files.folders[absolute(name)]
	if !is {
		return nil, missing("open", name)
	}
	return append([]string(nil), entries...), nil
}

// ReadFile implements filesys.FileSystem.
func (files *Files) ReadFile(name string) ([]byte, error) {
	content, is := files.content[absolute(name)]
	if is {
		return append([]byte(nil), content...), nil
	}
	if files.IsDir(name) {
		return nil, &fs.PathError{Op: "read", Path: name, Err: syscall.EISDIR}
	}
	return nil, missing("open", name)
}

// CleanedAbs implements filesys.FileSystem.
func (files *Files) CleanedAbs(name string) (filesys.ConfirmedDir, string, error) {
	place := absolute(name)
	if files.IsDir(place) && place != "" {
		return filesys.ConfirmedDir(place), "", nil
	}
	if _, is := files.content[place]; is {
		return filesys.ConfirmedDir(path.Dir(place)), path.Base(place), nil
	}
	return "", "", missing("lstat", name)
}

// Glob implements filesys.FileSystem. Hidden files match a hidden pattern only, as on a disk.
func (files *Files) Glob(pattern string) ([]string, error) {
	pattern = absolute(pattern)
	var found []string
	for name := range files.content {
		matched, err := path.Match(pattern, name)
		if err != nil {
			return nil, err
		}
		if matched && (filesys.IsHiddenFilePath(pattern) || !strings.HasPrefix(path.Base(name), ".")) {
			found = append(found, name)
		}
	}
	sort.Strings(found)
	return found, nil
}

// Walk implements filesys.FileSystem.
func (files *Files) Walk(name string, visit filepath.WalkFunc) error {
	place := absolute(name)
	if !files.Exists(place) {
		return visit(name, nil, missing("lstat", name))
	}
	err := files.walk(place, visit)
	if errors.Is(err, filepath.SkipDir) || errors.Is(err, filepath.SkipAll) {
		return nil
	}
	return err
}

func (files *Files) walk(place string, visit filepath.WalkFunc) error {
	entries, isFolder := files.folders[place]
	info := fileInfo{name: path.Base(place), size: len(files.content[place]), folder: isFolder}
	if err := visit(place, info, nil); err != nil {
		if isFolder && errors.Is(err, filepath.SkipDir) {
			return nil
		}
		return err
	}
	for _, entry := range entries {
		if err := files.walk(path.Join(place, entry), visit); err != nil {
			if errors.Is(err, filepath.SkipDir) {
				return nil
			}
			return err
		}
	}
	return nil
}

// Create implements filesys.FileSystem.
func (*Files) Create(string) (filesys.File, error) { return nil, errReadOnly }

// Mkdir implements filesys.FileSystem.
func (*Files) Mkdir(string) error { return errReadOnly }

// MkdirAll implements filesys.FileSystem.
func (*Files) MkdirAll(string) error { return errReadOnly }

// RemoveAll implements filesys.FileSystem.
func (*Files) RemoveAll(string) error { return errReadOnly }

// WriteFile implements filesys.FileSystem.
func (*Files) WriteFile(string, []byte) error { return errReadOnly }

// Open implements filesys.FileSystem; the engines read whole files.
func (*Files) Open(string) (filesys.File, error) { return nil, errReadOnly }

type fileInfo struct {
	name   string
	size   int
	folder bool
}

func (info fileInfo) Name() string       { return info.name }
func (info fileInfo) Size() int64        { return int64(info.size) }
func (info fileInfo) ModTime() time.Time { return time.Time{} }
func (info fileInfo) IsDir() bool        { return info.folder }
func (info fileInfo) Sys() any           { return nil }
func (info fileInfo) Mode() fs.FileMode {
	if info.folder {
		return fs.ModeDir | 0o755
	}
	return 0o644
}
