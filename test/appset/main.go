// Which Applications an ApplicationSet makes of a repository, as JSON: Argo CD's own generators and templates. Prints one line
// for each file: appset <repository> <applicationset.yaml>…
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/argoproj/argo-cd/v3/applicationset/controllers/template"
	"github.com/argoproj/argo-cd/v3/applicationset/generators"
	"github.com/argoproj/argo-cd/v3/applicationset/utils"
	v1alpha1 "github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	log "github.com/sirupsen/logrus"
	"k8s.io/apimachinery/pkg/runtime"
	"sigs.k8s.io/controller-runtime/pkg/client"
	"sigs.k8s.io/controller-runtime/pkg/client/fake"
	"sigs.k8s.io/yaml"
)

// The two questions that its repository server answers, by the same means: git's own list of files, the folders of the checkout.
type checkout struct{ root string }

func (c checkout) GetFiles(_ context.Context, _, _, _, pattern string, _, _ bool) (map[string][]byte, error) {
	out, err := exec.Command("git", "-C", c.root, "ls-files", "--full-name", "-z", "--", pattern).Output()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, name := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if name == "" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(c.root, name))
		if err != nil {
			return nil, err
		}
		files[name] = text
	}
	return files, nil
}

func (c checkout) GetDirectories(context.Context, string, string, string, bool, bool) ([]string, error) {
	var folders []string
	err := filepath.WalkDir(c.root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || path == c.root {
			return err
		}
		if strings.HasPrefix(entry.Name(), ".") {
			return filepath.SkipDir
		}
		relative, err := filepath.Rel(c.root, path)
		folders = append(folders, filepath.ToSlash(relative))
		return err
	})
	return folders, err
}

type application struct {
	Name      string   `json:"name"`
	Paths     []string `json:"paths"`
	Namespace string   `json:"namespace"`
}

type answer struct {
	Applications []application `json:"applications"`
	Error        string        `json:"error,omitempty"`
}

func main() {
	log.SetLevel(log.PanicLevel)
	for _, file := range os.Args[2:] {
		applications, err := applicationsOf(checkout{os.Args[1]}, file)
		given := answer{Applications: applications}
		if err != nil {
			given.Error = err.Error()
		}
		line, err := json.Marshal(given)
		if err != nil {
			panic(err)
		}
		fmt.Println(string(line))
	}
}

func applicationsOf(repository checkout, file string) ([]application, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var set v1alpha1.ApplicationSet
	if err := yaml.UnmarshalStrict(text, &set); err != nil {
		return nil, err
	}
	set.Namespace = "argo-cd"
	made, _, err := template.GenerateApplications(log.NewEntry(log.StandardLogger()), set, generatorsFor(repository), &utils.Render{}, clientWith("default"))
	applications := []application{}
	for _, each := range made {
		one := application{Name: each.Name, Namespace: each.Spec.Destination.Namespace, Paths: []string{}}
		for _, source := range each.Spec.GetSources() {
			one.Paths = append(one.Paths, source.Path)
		}
		applications = append(applications, one)
	}
	return applications, err
}

// As its own `GetGenerators` nests them; those that ask a cluster or another server are left out.
func generatorsFor(repository checkout) map[string]generators.Generator {
	terminal := map[string]generators.Generator{
		"List": generators.NewListGenerator(),
		"Git":  generators.NewGitGenerator(repository, "argo-cd"),
	}
	around := func(inner map[string]generators.Generator) map[string]generators.Generator {
		outer := map[string]generators.Generator{
			"Matrix": generators.NewMatrixGenerator(inner),
			"Merge":  generators.NewMergeGenerator(inner),
		}
		for name, generator := range terminal {
			outer[name] = generator
		}
		return outer
	}
	return around(around(terminal))
}

func clientWith(project string) client.Client {
	scheme := runtime.NewScheme()
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		panic(err)
	}
	known := &v1alpha1.AppProject{}
	known.Name, known.Namespace = project, "argo-cd"
	return fake.NewClientBuilder().WithScheme(scheme).WithObjects(known).Build()
}
