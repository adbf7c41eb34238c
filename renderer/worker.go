package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"time"
)

// Worker does one job after the other. What a job leaves behind that cannot be undone ends the process, with the answer before it.
type Worker struct {
	limits Limits
	blobs  Blobs

	// The lock is held while answering: a job has one answer, its own or that of the limit which it met.
	lock    sync.Mutex
	out     io.Writer
	current int64
	busy    bool
}

func newWorker(limits Limits, out io.Writer) *Worker {
	return &Worker{limits: limits, blobs: Blobs{}, out: out}
}

// serve reads requests until the input ends. A reader of its own notices that end in the middle of a job too.
func (worker *Worker) serve(in io.Reader) {
	lines := make(chan []byte)
	go func() {
		defer os.Exit(0)
		reader := bufio.NewReaderSize(in, 1<<20)
		for {
			line, err := readLine(reader, worker.limits.line)
			if err != nil {
				if !errors.Is(err, io.EOF) {
					fmt.Fprintln(os.Stderr, err)
				}
				return
			}
			lines <- line
		}
	}()
	go worker.watchMemory()
	for line := range lines {
		worker.take(line)
	}
}

func readLine(reader *bufio.Reader, limit int) ([]byte, error) {
	var line []byte
	for {
		part, err := reader.ReadSlice('\n')
		if len(line)+len(part) > limit {
			return nil, fmt.Errorf("a request is longer than %d bytes", limit)
		}
		line = append(line, part...)
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, err
		}
	}
}

func (worker *Worker) take(line []byte) {
	if len(bytes.TrimSpace(line)) == 0 {
		return
	}
	var request Request
	if err := json.Unmarshal(line, &request); err != nil {
		worker.answer(Answer{ID: request.ID, Error: failf(kindInput, "not a request: %v", err)})
		return
	}
	switch request.Op {
	case "blobs":
		if err := worker.blobs.add(request.Blobs); err != nil {
			worker.answer(Answer{ID: request.ID, Error: asFailure(err)})
		}
	case "engines":
		found := engines()
		worker.answer(Answer{ID: request.ID, Engines: &found})
	default:
		worker.render(request)
	}
}

// render does a job within its limit of time. A panic may have left an engine's locks and tables as they must not be.
func (worker *Worker) render(request Request) {
	worker.begin(request.ID)
	timer := time.AfterFunc(worker.limits.timeOf(request), func() {
		worker.stop("took more than " + worker.limits.timeOf(request).String())
	})
	defer timer.Stop()
	answer := Answer{ID: request.ID}
	defer func() {
		if reason := recover(); reason != nil {
			answer = Answer{ID: request.ID, Last: true, Error: failf(kindRender, "an engine gave up: %.2000v", reason)}
		}
		worker.finish(answer)
	}()
	manifests, warnings, err := worker.blobs.do(request)
	answer.Warnings = warnings
	switch {
	case err != nil:
		answer.Error = asFailure(err)
	case len(manifests) > worker.limits.output:
		answer.Error = failf(kindLimit, "the manifests take more than %d MiB", worker.limits.output>>20)
	default:
		answer.Manifests = manifests
	}
}

func (worker *Worker) begin(id int64) {
	worker.lock.Lock()
	defer worker.lock.Unlock()
	worker.current, worker.busy = id, true
}

func (worker *Worker) finish(answer Answer) {
	worker.lock.Lock()
	defer worker.lock.Unlock()
	worker.busy = false
	worker.write(answer)
	if answer.Last {
		os.Exit(0)
	}
}

// stop ends the job at work, which cannot be interrupted, and with it this process.
func (worker *Worker) stop(why string) {
	worker.lock.Lock()
	defer worker.lock.Unlock()
	if !worker.busy {
		return
	}
	worker.write(Answer{ID: worker.current, Last: true, Error: failf(kindLimit, "rendering %s", why)})
	os.Exit(0)
}

func (worker *Worker) answer(answer Answer) {
	worker.lock.Lock()
	defer worker.lock.Unlock()
	worker.write(answer)
}

func (worker *Worker) write(answer Answer) {
	encoder := json.NewEncoder(worker.out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(answer); err != nil {
		os.Exit(1)
	}
}
