package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	adminFiles  = 12
	filesBudget = 400.0 // megabytes: what a small host has for it, beside its system
)

// longFiles are what is made of a whole draft.
var longFiles = []string{"export/site.yaml", "export/inventory.json", "export/inventory.csv", "publish", "preview"}

// measureFiles measures the memory of the server while one person asks for each of
// longFiles many times at once, before anything else is asked of it. The most that a
// process ever held is what Linux says; elsewhere there is nothing to ask.
func (p *administrator) measureFiles(ctx context.Context, dir string) ([]measure, error) {
	server, err := processOf(filepath.Join(dir, "samtykke"))
	if err != nil || server == "" {
		return nil, err
	}
	rest, err := peakOf(server)
	if err != nil {
		return nil, err
	}
	found := []measure{{Name: "memory before, at most", Value: rest, Unit: "MB"}}
	for _, path := range longFiles {
		come, err := p.together(ctx, "/sites/site-2/"+path)
		if err != nil {
			return nil, err
		}
		most, err := peakOf(server)
		if err != nil {
			return nil, err
		}
		found = append(found,
			measure{fmt.Sprintf("after %d × %s, at most", adminFiles, path), most, "MB", fmt.Sprintf("≤ %g", filesBudget), most <= filesBudget},
			measure{Name: "  of which answered with the page", Value: float64(come)})
	}
	return found, nil
}

// together asks for a page many times at once, and gives how many have got it. The others
// were told to come again later.
func (p *administrator) together(ctx context.Context, path string) (come int, err error) {
	type answered struct {
		status int
		err    error
	}
	answers := make(chan answered)
	for range adminFiles {
		go func() {
			status, err := p.status(ctx, path)
			answers <- answered{status, err}
		}()
	}
	for range adminFiles {
		switch got := <-answers; {
		case got.err != nil:
			err = errors.Join(err, got.err)
		case got.status == http.StatusOK:
			come++
		case got.status != http.StatusServiceUnavailable:
			err = errors.Join(err, fmt.Errorf("%s was answered with %d", path, got.status))
		}
	}
	return come, err
}

// status gets a page, and gives how it was answered.
func (p *administrator) status(ctx context.Context, path string) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.address+path, http.NoBody)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Cookie", strings.Join(p.cookies, "; "))
	answer, err := p.client.Do(request)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	_, err = io.Copy(io.Discard, answer.Body)
	return answer.StatusCode, err
}

// peakOf gives the most memory that a process has held, in megabytes.
func peakOf(process string) (float64, error) {
	status, err := os.ReadFile(filepath.Join(process, "status"))
	if err != nil {
		return 0, err
	}
	for line := range bytes.Lines(status) {
		if rest, found := bytes.CutPrefix(line, []byte("VmHWM:")); found {
			kilobytes, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(string(rest)), " kB"), 64)
			return kilobytes / 1024, err
		}
	}
	return 0, errors.New("the system does not say how much memory the server holds")
}

// processOf gives the folder of the process that runs a program, "" for none.
func processOf(program string) (string, error) {
	all, err := filepath.Glob("/proc/[0-9]*")
	if err != nil {
		return "", err
	}
	for _, each := range all {
		if runs, err := os.Readlink(filepath.Join(each, "exe")); err == nil && runs == program {
			return each, nil
		}
	}
	return "", nil
}
