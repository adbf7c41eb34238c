package main

import "syscall"

// setSystemLimits bounds the data of this process, which counts what can be written, not what is merely reserved, and
// forbids files and core dumps.
func setSystemLimits(memory uint64) {
	for resource, limit := range map[int]uint64{
		syscall.RLIMIT_DATA:  memory,
		syscall.RLIMIT_FSIZE: 0,
		syscall.RLIMIT_CORE:  0,
	} {
		// A lower limit that is there already stands.
		_ = syscall.Setrlimit(resource, &syscall.Rlimit{Cur: limit, Max: limit})
	}
}
