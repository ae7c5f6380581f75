package main_test

import (
	"net/http"
	"sync"
	"syscall"
	"testing"
	"time"
)

// TestF6_KilledServersLoseNoDecision kills a server under load, several times.
// Whatever it had acknowledged is in the log after the restart, exactly once;
// what it had not is sent again with the same id and is there once, too.
func TestF6_KilledServersLoseNoDecision(t *testing.T) {
	const kills, visitors, between = 3, 16, 60
	i := newInstallation(t)
	bundle := exampleBundle(t)
	sent := &outbox{acknowledged: map[string]bool{}, open: map[string]post{}}
	for range kills {
		server := i.start(t)
		sent.retry(t, server.url)
		load := sent.load(bundle, server.url, visitors)
		sent.await(t, sent.count()+between)
		server.stop(syscall.SIGKILL)
		load.Wait()
		must(t, "log", "verify", "--data", i.data)
	}
	server := i.start(t)
	midway := i.exported(t)
	checkOnce(t, midway, sent.acknowledged)
	sent.retry(t, server.url)
	all := i.exported(t)
	checkOnce(t, all, sent.acknowledged)
	must(t, "log", "verify", "--data", i.data)
	if len(all) != len(sent.acknowledged) || len(sent.open) != 0 {
		t.Errorf("%d decisions in the log, %d acknowledged, %d open", len(all), len(sent.acknowledged), len(sent.open))
	}
	t.Logf("%d decisions, %d of them sent again after a kill", len(all), sent.resent)
	if sent.resent == 0 {
		t.Error("no kill came in the middle of anything: the test proves nothing")
	}
}

// checkOnce fails when an acknowledged decision is missing or there twice.
func checkOnce(t *testing.T, all []exported, acknowledged map[string]bool) {
	t.Helper()
	times := map[string]int{}
	for _, one := range all {
		times[one.ID]++
		if times[one.ID] > 1 {
			t.Errorf("%s is in the log %d times", one.ID, times[one.ID])
		}
	}
	for id := range acknowledged {
		if times[id] != 1 {
			t.Errorf("%s was acknowledged and is in the log %d times", id, times[id])
		}
	}
}

// outbox is what the visitors' side knows of its decisions.
type outbox struct {
	sync.Mutex
	acknowledged map[string]bool
	open         map[string]post // sent, never answered
	resent       int
}

func (l *outbox) count() int {
	l.Lock()
	defer l.Unlock()
	return len(l.acknowledged)
}

func (l *outbox) note(p post, status int) {
	l.Lock()
	defer l.Unlock()
	if status == http.StatusCreated {
		l.acknowledged[p.ID] = true
		delete(l.open, p.ID)
		return
	}
	l.open[p.ID] = p
}

// load lets visitors decide, one decision after the other, until the server is gone.
func (l *outbox) load(bundle, server string, visitors int) *sync.WaitGroup {
	var group sync.WaitGroup
	for range visitors {
		group.Go(func() {
			client := &http.Client{Timeout: patience, Transport: &http.Transport{}}
			defer client.CloseIdleConnections()
			for {
				p := newPost(bundle, "accept_all", true)
				status, _, err := p.send(client, server, exampleOrigin)
				l.note(p, status)
				if err != nil {
					return
				}
			}
		})
	}
	return &group
}

// await waits until so many decisions are acknowledged.
func (l *outbox) await(t *testing.T, count int) {
	t.Helper()
	end := time.Now().Add(patience)
	for l.count() < count {
		if time.Now().After(end) {
			t.Fatalf("%d decisions are acknowledged, not %d", l.count(), count)
		}
		<-time.After(time.Millisecond)
	}
}

// retry sends again what was never answered, as a banner does.
func (l *outbox) retry(t *testing.T, server string) {
	t.Helper()
	l.Lock()
	open := make([]post, 0, len(l.open))
	for _, p := range l.open {
		open = append(open, p)
	}
	l.resent += len(open)
	l.Unlock()
	for _, p := range open {
		status, answer, err := p.send(localClient, server, exampleOrigin)
		if err != nil || status != http.StatusCreated {
			t.Fatalf("sending %s again: %d, %v: %s", p.ID, status, err, answer)
		}
		l.note(p, status)
	}
}
