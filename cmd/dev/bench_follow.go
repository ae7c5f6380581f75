package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// watched is how many decisions are followed.
const watched = 50

// benchFollow measures how long an administrator who follows the log waits for
// a decision: from its 201 to its line. It takes no turns: the promise is a
// time, whatever the machine.
func benchFollow(ctx context.Context, s served, _ effort) ([]measure, error) {
	bundle, err := bundleOf(ctx, s.dir)
	if err != nil {
		return nil, err
	}
	lines, err := followLog(ctx, s.dir)
	if err != nil {
		return nil, err
	}
	waits := make([]float64, 0, watched)
	for n := range watched + 1 {
		wait, err := seenAfter(ctx, s.address, decisionRequest(bundle, uint64(n)), lines)
		if err != nil {
			return nil, err
		}
		if n > 0 { // the first one waits for the program to start
			waits = append(waits, float64(wait.Microseconds())/1000)
		}
		// Lines come at every look of the follower; a decision may come between any two.
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(rand.N(500 * time.Millisecond)):
		}
	}
	slices.Sort(waits)
	median, worst := waits[watched/2], waits[watched-1]
	return []measure{
		{"follow, median", median, "ms", "≤ 1,000", median <= 1000},
		{fmt.Sprintf("follow, worst of %d", watched), worst, "ms", "≤ 1,000", worst <= 1000},
	}, nil
}

// sighting is a decision that the follower has shown.
type sighting struct {
	id string
	at time.Time
}

// followLog follows the log as an administrator does, until ctx ends.
func followLog(ctx context.Context, dir string) (<-chan sighting, error) {
	cmd := exec.CommandContext(ctx, filepath.Join(dir, "samtykke"),
		"log", "list", "gjerdrum", "--follow", "--json", "--config", filepath.Join(dir, "samtykke.yaml"))
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	seen := make(chan sighting)
	go func() {
		defer close(seen)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			now := time.Now()
			var shown struct{ ID string }
			if json.Unmarshal(lines.Bytes(), &shown) != nil {
				continue
			}
			select {
			case seen <- sighting{shown.ID, now}:
			case <-ctx.Done():
			}
		}
		_ = cmd.Wait()
	}()
	return seen, nil
}

// seenAfter posts a decision and gives the time from its 201 to its line; none
// when the line came first.
func seenAfter(ctx context.Context, address string, request []byte, lines <-chan sighting) (time.Duration, error) {
	var posted struct{ ID string }
	_, body, _ := bytes.Cut(request, []byte("\r\n\r\n"))
	if err := json.Unmarshal(body, &posted); err != nil {
		return 0, err
	}
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	if _, err := conn.Write(request); err != nil {
		return 0, err
	}
	status, err := readAnswer(bufio.NewReader(conn))
	answered := time.Now()
	if err != nil || status != http.StatusCreated {
		return 0, errors.Join(err, fmt.Errorf("the decision was answered with %d", status))
	}
	for {
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case line, more := <-lines:
			if !more {
				return 0, io.ErrUnexpectedEOF
			}
			if line.id == posted.ID {
				return max(0, line.at.Sub(answered)), nil
			}
		}
	}
}
