// Which Applications an ApplicationSet makes of a repository, as JSON: Argo CD's own generators and templates. Prints one line
// for each file: appset <repository> <applicationset.yaml>…. The clusters are the Secrets of `secrets/clusters.yaml` there.
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
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/kubernetes"
	corev1client "k8s.io/client-go/kubernetes/typed/core/v1"
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
	Name       string            `json:"name"`
	Paths      []string          `json:"paths"`
	Charts     []string          `json:"charts"`
	Namespace  string            `json:"namespace"`
	Server     string            `json:"server"`
	Cluster    string            `json:"cluster"`
	Project    string            `json:"project"`
	Labels     map[string]string `json:"labels"`
	Finalizers []string          `json:"finalizers"`
	Automated  bool              `json:"automated"`
}

// What asks for the Secrets of clusters gets those of the repository.
type clusters struct {
	kubernetes.Interface
	secrets []corev1.Secret
}

type core struct {
	corev1client.CoreV1Interface
	secrets []corev1.Secret
}

type secrets struct {
	corev1client.SecretInterface
	list []corev1.Secret
}

func (c clusters) CoreV1() corev1client.CoreV1Interface { return core{secrets: c.secrets} }

func (c core) Secrets(string) corev1client.SecretInterface { return secrets{list: c.secrets} }

func (s secrets) List(context.Context, metav1.ListOptions) (*corev1.SecretList, error) {
	return &corev1.SecretList{Items: s.list}, nil
}

func clustersOf(root string) ([]corev1.Secret, error) {
	text, err := os.ReadFile(filepath.Join(root, "secrets", "clusters.yaml"))
	if os.IsNotExist(err) {
		return nil, nil
	}
	var found []corev1.Secret
	for _, document := range strings.Split(string(text), "\n---\n") {
		var secret corev1.Secret
		if err := yaml.UnmarshalStrict([]byte(document), &secret); err != nil {
			return nil, err
		}
		if secret.Data == nil {
			secret.Data = map[string][]byte{}
		}
		for key, value := range secret.StringData {
			secret.Data[key] = []byte(value)
		}
		secret.StringData, secret.Namespace = nil, "argo-cd"
		found = append(found, secret)
	}
	return found, err
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
	// A field that its definition does not know is pruned by the API server.
	var set v1alpha1.ApplicationSet
	if err := yaml.Unmarshal(text, &set); err != nil {
		return nil, err
	}
	set.Namespace = "argo-cd"
	known, err := clustersOf(repository.root)
	if err != nil {
		return nil, err
	}
	made, _, err := template.GenerateApplications(log.NewEntry(log.StandardLogger()), set, generatorsFor(repository, projectOf(set), known), &utils.Render{}, clientWith(projectOf(set), nil))
	if err != nil {
		// Its controller makes none where one generator fails.
		return []application{}, err
	}
	applications := []application{}
	for _, each := range made {
		to := each.Spec.Destination
		one := application{Name: each.Name, Namespace: to.Namespace, Server: to.Server, Cluster: to.Name, Paths: []string{}, Charts: []string{}}
		one.Project, one.Labels, one.Finalizers = each.Spec.Project, each.Labels, each.Finalizers
		one.Automated = each.Spec.SyncPolicy != nil && each.Spec.SyncPolicy.Automated != nil
		for _, source := range each.Spec.GetSources() {
			one.Paths = append(one.Paths, source.Path)
			one.Charts = append(one.Charts, source.Chart+"@"+source.TargetRevision)
		}
		applications = append(applications, one)
	}
	return applications, err
}

// The project of a set is there, whatever it is called.
func projectOf(set v1alpha1.ApplicationSet) string {
	if name := set.Spec.Template.Spec.Project; name != "" {
		return name
	}
	return "default"
}

// As its own `GetGenerators` nests them; those that ask another server are left out.
func generatorsFor(repository checkout, project string, known []corev1.Secret) map[string]generators.Generator {
	terminal := map[string]generators.Generator{
		"List":     generators.NewListGenerator(),
		"Git":      generators.NewGitGenerator(repository, "argo-cd"),
		"Clusters": generators.NewClusterGenerator(context.Background(), clientWith(project, known), clusters{secrets: known}, "argo-cd"),
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

func clientWith(project string, objects []corev1.Secret) client.Client {
	scheme := runtime.NewScheme()
	if err := corev1.AddToScheme(scheme); err != nil {
		panic(err)
	}
	if err := v1alpha1.AddToScheme(scheme); err != nil {
		panic(err)
	}
	known := &v1alpha1.AppProject{}
	known.Name, known.Namespace = project, "argo-cd"
	builder := fake.NewClientBuilder().WithScheme(scheme).WithObjects(known)
	for _, each := range objects {
		builder = builder.WithObjects(each.DeepCopy())
	}
	return builder.Build()
}
