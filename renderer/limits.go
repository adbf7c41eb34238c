package main

import (
	"fmt"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// Limits of a process and of its jobs.
type Limits struct {
	// memory is what the process may hold, in bytes.
	memory uint64
	time   time.Duration
	// output is the size of a job's manifests, line that of a request, in bytes.
	output int
	line   int
}

func (limits Limits) timeOf(request Request) time.Duration {
	if request.TimeLimit > 0 {
		return time.Duration(request.TimeLimit) * time.Millisecond
	}
	return limits.time
}

// apply sets what the runtime and the system enforce: garbage is collected in time, recursion ends before memory does, and the
// process cannot write files nor take more than an eighth above the memory that it may.
func (limits Limits) apply() {
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(int64(limits.memory / 2))
	debug.SetMaxStack(int(limits.memory / 4))
	setSystemLimits(limits.memory + limits.memory/8)
}

const memoryPause = 10 * time.Millisecond

// watchMemory ends a job that takes too much while there is still room to say so.
func (worker *Worker) watchMemory() {
	samples := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for {
		time.Sleep(memoryPause)
		metrics.Read(samples)
		held := samples[0].Value.Uint64() - samples[1].Value.Uint64()
		if held > worker.limits.memory {
			worker.stop(fmt.Sprintf("took more than %d MiB of memory", worker.limits.memory>>20))
		}
	}
}
