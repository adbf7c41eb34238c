// slipway-renderer renders Helm charts and kustomizations with Helm's and Kustomize's own engines.
//
// It reads requests as JSON lines and answers in JSON lines (protocol.go), one job at a time, and ends with its input. It has no
// environment, reads and writes no files, and asks no network. Whoever starts it starts as many as there are jobs at a time,
// and another one when it ends. See docs/renderer.md.
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"
)

func main() {
	memory := flag.Uint64("memory", 1024, "MiB of memory that the process may hold")
	limit := flag.Duration("time", time.Minute, "time that a job may take")
	version := flag.Bool("version", false, "print the versions of the engines")
	flag.Parse()
	if *version {
		found := engines()
		fmt.Printf("helm %s, kustomize %s, Kubernetes %s\n", found.Helm, found.Kustomize, found.KubeVersion)
		return
	}
	limits := Limits{memory: *memory << 20, time: *limit, output: 128 << 20, line: 512 << 20}
	// One job, and the collector beside it.
	runtime.GOMAXPROCS(2)
	limits.apply()
	goOffline()
	// Answers alone go to stdout, whatever an engine prints.
	out := os.Stdout
	os.Stdout = os.Stderr
	newWorker(limits, out).serve(os.Stdin)
}
