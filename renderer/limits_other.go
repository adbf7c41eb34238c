//go:build !linux

package main

import "syscall"

// setSystemLimits forbids files and core dumps. Memory is bounded by watchMemory alone: these systems do not enforce its limits.
func setSystemLimits(uint64) {
	for _, resource := range []int{syscall.RLIMIT_FSIZE, syscall.RLIMIT_CORE} {
		_ = syscall.Setrlimit(resource, &syscall.Rlimit{})
	}
}
