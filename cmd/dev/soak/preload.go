package soak

import (
	"context"
	_ "embed"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed preload/faults.c
var faults []byte

// preload compiles what stands between SQLite and the system, and gives the
// variable that puts it there.
func preload(ctx context.Context, folder string) (string, error) {
	source, library := filepath.Join(folder, "faults.c"), filepath.Join(folder, "faults.so")
	if err := os.WriteFile(source, faults, 0o600); err != nil {
		return "", err
	}
	out, err := exec.CommandContext(ctx, "gcc", "-shared", "-fPIC", "-O1", "-Wall", "-o", library, source).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("compile faults.c (apt-get install gcc libc6-dev): %w: %s", err, out)
	}
	return "LD_PRELOAD=" + library, nil
}
