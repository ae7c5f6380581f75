package soak

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
)

// posters are how many visitors decide at the same time.
const posters = appenders

// Server is a target: the program as it is installed, and visitors who post to
// it from the origin.
type Server struct {
	Program, Settings, Database string // files
	Address, Origin             string
	Bundle                      string // that the visitors run
}

func (t Server) options() sqlite.Options { return sqlite.Options{Path: t.Database} }

func (t Server) start(ctx context.Context, p *promises) (prey, error) {
	s := &killable{child: child{p: p, ended: make(chan struct{}), news: make(chan struct{}, 1)}, target: t}
	s.cmd = exec.CommandContext(ctx, t.Program, "serve", "--config", t.Settings)
	s.cmd.Stdout, s.cmd.Stderr = &s.stderr, &s.stderr
	again := p.open()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	go func() {
		s.err = s.cmd.Wait()
		close(s.ended)
	}()
	s.numbers = make(chan int64)
	go s.count(again, p.sent)
	for range posters {
		s.group.Go(s.post)
	}
	return s, nil
}

// killable is a server under load.
type killable struct {
	child
	target  Server
	numbers chan int64
	group   sync.WaitGroup
}

// count hands out the numbers of decisions until the server has ended: first
// those that were never answered.
func (s *killable) count(again []int64, last int64) {
	defer close(s.numbers)
	for i := 0; ; i++ {
		n := last + int64(i-len(again)) + 1
		if i < len(again) {
			n = again[i]
		}
		select {
		case s.numbers <- n:
			s.mu.Lock()
			s.p.sent = max(s.p.sent, n)
			s.mu.Unlock()
		case <-s.ended:
			return
		}
	}
}

func (s *killable) post() {
	client := &http.Client{Timeout: aliveFor, Transport: &http.Transport{}}
	defer client.CloseIdleConnections()
	for n := range s.numbers {
		for s.failed() == nil {
			line, err := s.decide(client, n)
			if err == nil {
				s.hear(line)
				break
			}
			select {
			case <-s.ended:
			case <-time.After(time.Millisecond): // it has not begun to listen
			}
		}
	}
}

// decide posts a decision, and gives what was answered as an ack.
func (s *killable) decide(client *http.Client, n int64) ([]byte, error) {
	request, err := http.NewRequest(http.MethodPost, "http://"+s.target.Address+"/gjerdrum/decisions", strings.NewReader(bodyOf(s.target.Bundle, n)))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Origin", s.target.Origin)
	request.Header.Set("Content-Type", "text/plain;charset=utf-8")
	response, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusCreated {
		return json.Marshal(ack{N: n, Kind: "refused", Code: response.Status})
	}
	var receipt struct {
		Log struct {
			Index      int64
			Salt       []byte
			Checkpoint string
		}
	}
	if err := json.Unmarshal(body, &receipt); err != nil {
		return nil, fmt.Errorf("%q: %w", bytes.TrimSpace(body), err)
	}
	return json.Marshal(ack{N: n, Kind: "stored", Index: receipt.Log.Index, Salt: receipt.Log.Salt, Checkpoint: []byte(receipt.Log.Checkpoint)})
}

// bodyOf is the body of the n-th decision, the same each time.
func bodyOf(bundle string, n int64) string {
	d := decisionOf(n)
	return fmt.Sprintf(`{"id":%q,"token":%q,"bundle":%q,"language":"nb","method":%q,"layer":"first","choice":{"categories":{"statistics":%t}},"gpc":false,"time":%d}`,
		d.ID.String(), tokenOf(n), bundle, d.Method, n%3 == 0, time.Now().Unix())
}

func (s *killable) kill() error {
	_ = s.cmd.Process.Kill() // it may have ended already
	<-s.ended
	s.group.Wait()
	return s.wrong
}

// tokenOf is the token of the visitor who makes the n-th decision.
func tokenOf(n int64) string {
	var token [22]byte
	id := idOf(n)
	digest := consent.HashOf(id[:])
	copy(token[:6], id[:6])
	copy(token[6:], digest[:])
	return base64.RawURLEncoding.EncodeToString(token[:])
}
