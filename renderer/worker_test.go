package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A test starts this binary again as the program that it tests.
func TestMain(m *testing.M) {
	if os.Getenv("SLIPWAY_TEST_PROGRAM") == "" {
		os.Exit(m.Run())
	}
	os.Args = os.Args[:1]
	main()
}

type process struct {
	t      *testing.T
	in     io.WriteCloser
	out    *bufio.Reader
	ended  chan error
	nextID int64
}

func start(t *testing.T) *process {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = []string{"SLIPWAY_TEST_PROGRAM=1"}
	in, inErr := command.StdinPipe()
	out, outErr := command.StdoutPipe()
	if inErr != nil || outErr != nil {
		t.Fatal(inErr, outErr)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	started := &process{t: t, in: in, out: bufio.NewReader(out), ended: make(chan error, 1)}
	go func() { started.ended <- command.Wait() }()
	t.Cleanup(func() { _ = command.Process.Kill() })
	return started
}

func (own *process) send(value any) {
	own.t.Helper()
	line, isLine := value.([]byte)
	if !isLine {
		var err error
		if line, err = json.Marshal(value); err != nil {
			own.t.Fatal(err)
		}
	}
	if _, err := own.in.Write(append(line, '\n')); err != nil {
		own.t.Fatal(err)
	}
}

func (own *process) answer() Answer {
	own.t.Helper()
	line, err := own.out.ReadBytes('\n')
	if err != nil {
		own.t.Fatalf("no answer: %v", err)
	}
	var answer Answer
	if err := json.Unmarshal(line, &answer); err != nil {
		own.t.Fatalf("%q is no answer: %v", line, err)
	}
	return answer
}

func (own *process) ask(request Request) Answer {
	own.t.Helper()
	own.nextID++
	request.ID = own.nextID
	own.send(request)
	for {
		if answer := own.answer(); answer.ID == request.ID {
			return answer
		}
	}
}

func requestOf(files map[string]string) (Request, Request) {
	blobs := Request{Op: "blobs", Blobs: map[string][]byte{}}
	build := Request{Op: "build", Folder: "app", Files: map[string]string{}}
	for name, text := range files {
		digest := sha256.Sum256([]byte(text))
		key := hex.EncodeToString(digest[:])
		blobs.Blobs[key] = []byte(text)
		build.Files[name] = key
	}
	return blobs, build
}

func withTemplate(text string) map[string]string {
	return map[string]string{
		"app/kustomization.yaml":          "helmCharts:\n- {name: c, releaseName: r}\n",
		"app/charts/c/Chart.yaml":         "apiVersion: v2\nname: c\nversion: 1.0.0\n",
		"app/charts/c/values.yaml":        "a: 1\n",
		"app/charts/c/templates/a.yaml":   "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ok}\n",
		"app/charts/c/templates/bad.yaml": text,
	}
}

func TestAJobIsAnswered(t *testing.T) {
	own := start(t)
	blobs, build := requestOf(withTemplate(""))
	own.send(blobs)
	answer := own.ask(build)
	if answer.Error != nil || !strings.Contains(answer.Manifests, "name: ok") {
		t.Errorf("%+v", answer)
	}
	if answer := own.ask(Request{Op: "engines"}); answer.Engines == nil || *answer.Engines != engines() {
		t.Errorf("%+v", answer)
	}
	build.Files["app/charts/c/templates/bad.yaml"] = "00"
	if answer := own.ask(build); answer.Error == nil || answer.Error.Kind != kindInput {
		t.Errorf("%+v", answer)
	}
	own.send(Request{ID: -1, Op: "blobs", Blobs: map[string][]byte{"00": []byte("other")}})
	if answer := own.answer(); answer.Error == nil || !strings.Contains(answer.Error.Message, "is not what its name") {
		t.Errorf("%+v", answer)
	}
}

func TestALimitEndsTheProcessAfterAnAnswer(t *testing.T) {
	own := start(t)
	blobs, build := requestOf(withTemplate("{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"))
	own.send(blobs)
	build.TimeLimit = 300
	answer := own.ask(build)
	if !answer.Last || answer.Error == nil || answer.Error.Message != "rendering took more than 300ms" {
		t.Errorf("%+v", answer)
	}
	own.endsBy(nil)
}

func TestTheEndOfTheInputEndsAJobToo(t *testing.T) {
	own := start(t)
	blobs, build := requestOf(withTemplate("{{ range until 100000 }}{{ range until 100000 }}{{ end }}{{ end }}"))
	own.send(blobs)
	own.send(build)
	time.Sleep(200 * time.Millisecond)
	if err := own.in.Close(); err != nil {
		t.Fatal(err)
	}
	own.endsBy(nil)
}

func (own *process) endsBy(expected error) {
	own.t.Helper()
	select {
	case err := <-own.ended:
		if err != expected {
			own.t.Errorf("it ended with %v", err)
		}
	case <-time.After(10 * time.Second):
		own.t.Error("it goes on")
	}
}

// A line may be anything. It is answered or ignored, and a good one after it gives what it gave before.
func TestMutatedLines(t *testing.T) {
	count := 500
	if text := os.Getenv("SLIPWAY_MUTATIONS"); text != "" {
		count, _ = strconv.Atoi(text)
	}
	own := start(t)
	random := rand.New(rand.NewPCG(11, uint64(count)))
	blobs, build := requestOf(withTemplate("a: {{ .Values.a }}"))
	own.send(blobs)
	good := own.ask(build)
	lines := [][]byte{mustMarshal(t, blobs), mustMarshal(t, build), mustMarshal(t, Request{Op: "engines"}), mustMarshal(t, Request{Op: "template", Archive: "00"})}
	for done := range count {
		line := lines[random.IntN(len(lines))]
		for range 1 + random.IntN(4) {
			line = mutate(random, line)
		}
		own.send(line)
		if done%20 != 19 {
			continue
		}
		answer := own.ask(build)
		if fmt.Sprint(answer.Manifests, answer.Error, answer.Last) != fmt.Sprint(good.Manifests, good.Error, good.Last) {
			t.Fatalf("after %q: %+v", line, answer)
		}
	}
}

func mustMarshal(t *testing.T, request Request) []byte {
	t.Helper()
	line, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	return line
}

func mutate(random *rand.Rand, line []byte) []byte {
	at := random.IntN(len(line) + 1)
	pieces := []string{"", "{", "}", "[", "null", `"`, ",", ":", "\\u0000", "1e999", "-1", "\xff", "\x00", "true", `"files":{"../x":""},`}
	piece := pieces[random.IntN(len(pieces))]
	rest := line[min(len(line), at+random.IntN(6)):]
	changed := append(append(append([]byte{}, line[:at]...), piece...), rest...)
	for index, one := range changed {
		if one == '\n' {
			changed[index] = ' '
		}
	}
	return changed
}
