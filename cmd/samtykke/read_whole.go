package main

import (
	"fmt"
	"io"
	"os"
)

// maxRead is more than any file takes that a verb reads whole, in bytes.
const maxRead = 64 << 20

// readWhole reads a file that a person names. One that has no end, such as a
// device, does not take all memory.
func readWhole(path string) ([]byte, error) {
	file, err := os.Open(path) //nolint:gosec // the person names the file
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, maxRead+1))
	if err != nil {
		return nil, err
	}
	if len(text) > maxRead {
		return nil, fmt.Errorf("%s is larger than %d MB, so it is not read: is it the right file?", path, maxRead>>20)
	}
	return text, nil
}
