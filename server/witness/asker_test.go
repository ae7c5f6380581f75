package witness_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/witness"
)

var morning = time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)

// shelf is a ledger of one tree with ten leaves. It proves nothing, but says
// what it was asked to prove, and keeps the last answer of each witness.
type shelf struct {
	consent.Ledger
	states []consent.WitnessState
	said   []consent.WitnessAnswer
}

const origin = "a.example.no/consent/torg/2026"

func (s *shelf) Trees(context.Context, consent.SiteKey) ([]consent.Tree, error) {
	old := consent.Tree{Site: "torg", Year: 2025, Origin: "a.example.no/consent/torg/2025", Size: 3, Checkpoint: []byte("x"), Witnesses: make([]consent.WitnessState, len(s.states))}
	for i := range old.Witnesses {
		old.Witnesses[i] = consent.WitnessState{Witness: s.states[i].Witness, Size: 3} // cosigned already
	}
	before := consent.Tree{Site: "torg", Year: 2026, Origin: origin[:len(origin)-2], Size: 9} // the part before this one
	now := consent.Tree{Site: "torg", Year: 2026, Origin: origin, Size: 10, Checkpoint: []byte(origin + "\n10\nroot\n\n— sig\n"), Witnesses: s.states}
	return []consent.Tree{now, before, old}, nil
}

func (s *shelf) Consistency(_ context.Context, _ string, from, to int64) ([]consent.Hash, error) {
	if from > 10 || to > 10 {
		return nil, consent.Errorf(consent.Invalid, "no_such_size", "There are ten.")
	}
	return []consent.Hash{{byte(from)}}, nil
}

func (s *shelf) Cosign(_ context.Context, answers []consent.WitnessAnswer) error {
	s.said = append(s.said, answers...)
	for i := range answers {
		for at := range s.states {
			if s.states[at].Witness == answers[i].Witness {
				s.states[at] = answers[i].WitnessState
			}
		}
	}
	return nil
}

// asking makes an asker of witnesses at those addresses. What they answer counts
// when it is the word good.
func asking(t *testing.T, clock func() time.Time, urls ...string) (*witness.Asker, *shelf, *bytes.Buffer) {
	t.Helper()
	log := new(bytes.Buffer)
	kept := &shelf{}
	options := witness.Options{
		Ledger: kept, Required: 1, Every: time.Minute, Timeout: 300 * time.Millisecond, Clock: clock, Log: slog.New(slog.NewTextHandler(log, nil)),
		Endorse: func(checkpoint []byte) ([]byte, error) { return append(bytes.Clone(checkpoint), "— host\n"...), nil },
		Verify: func(_, lines []byte, _ consent.VerifierKey) ([]byte, time.Time, error) {
			if string(lines) != "good" {
				return nil, time.Time{}, errors.New("it is not signed")
			}
			return lines, morning, nil
		},
	}
	for i, url := range urls {
		name := fmt.Sprintf("w%d.example.no/witness", i)
		kept.states = append(kept.states, consent.WitnessState{Witness: name})
		options.Peers = append(options.Peers, witness.Peer{URL: url, Key: consent.VerifierKey{Name: name, Kind: consent.KeyCosignature}})
	}
	return witness.New(options), kept, log
}

// serve answers as it is told.
func serve(t *testing.T, answer http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(answer)
	t.Cleanup(s.Close)
	return s.URL
}

func said(status int, text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, text)
	}
}

// TestAnswers: what each answer of a witness is taken for.
func TestAnswers(t *testing.T) {
	elsewhere := atomic.Int64{}
	trap := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		elsewhere.Add(1)
		_, _ = io.WriteString(w, "good")
	})
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for name, c := range map[string]struct {
		url     string
		size    int64 // cosigned afterwards
		trouble string
		forked  bool
	}{
		"it cosigns":            {serve(t, said(200, "good")), 10, "", false},
		"without its signature": {serve(t, said(200, "bad")), 0, "not signed", false},
		"it does not know us":   {serve(t, said(404, "")), 0, "does not watch this ledger", false},
		"it has another key":    {serve(t, said(403, "")), 0, "with another key", false},
		"it has seen more":      {serve(t, said(409, "12\n")), 0, "has seen 12 leaves, and there are 10", true},
		"it has another root":   {serve(t, said(409, "0\n")), 0, "another root", true},
		"it has other leaves":   {serve(t, said(422, "")), 0, "are not the first", true},
		"it names no size":      {serve(t, said(409, "<html>")), 0, "names no size", false},
		"a size with a sign":    {serve(t, said(409, "+7\n")), 0, "names no size", false},
		"it is broken":          {serve(t, said(500, "")), 0, "status 500", false},
		"it sends us elsewhere": {serve(t, http.RedirectHandler(trap, http.StatusTemporaryRedirect).ServeHTTP), 0, "status 307", false},
		"it does not stop":      {serve(t, said(200, "good"+strings.Repeat(" ", 1<<20))), 0, "not signed", false},
		"it has gone":           {closed.URL, 0, "does not answer", false},
		"it says nothing at all": {serve(t, func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // else the server does not see that the caller has gone
			<-r.Context().Done()
		}), 0, "does not answer", false},
		"it knows a little": {serve(t, func(w http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			if strings.HasPrefix(string(body), "old 4\nBAAA") {
				said(200, "good")(w, r)
				return
			}
			said(409, "4\n")(w, r)
		}), 10, "", false},
		"it names another size each time": {serve(t, func() http.HandlerFunc {
			var n atomic.Int64
			return func(w http.ResponseWriter, r *http.Request) { said(409, fmt.Sprint(n.Add(1), "\n"))(w, r) }
		}()), 0, "another size each time", false},
	} {
		t.Run(name, func(t *testing.T) {
			asker, kept, log := asking(t, func() time.Time { return morning }, c.url)
			if err := asker.Round(t.Context()); err != nil {
				t.Fatal(err)
			}
			if len(kept.said) != 1 || kept.said[0].Origin != origin {
				t.Fatalf("it was asked for %+v", kept.said)
			}
			state := kept.states[0]
			if state.Size != c.size || !strings.Contains(state.Trouble, c.trouble) || (state.Trouble == "") != (c.trouble == "") || state.Forked != c.forked {
				t.Errorf("it is taken for %+v", state)
			}
			if strings.Contains(log.String(), "FORK") != c.forked || (asker.Forked.Load() == 1) != c.forked {
				t.Errorf("the log says\n%s", log)
			}
			if behind := asker.Behind.Load(); (behind == 0) != (c.size == 10) {
				t.Errorf("%d are behind", behind)
			}
		})
	}
	if elsewhere.Load() > 0 {
		t.Error("it went where it was sent")
	}
}

// TestDeadWitnessIsLeftAlone, for longer each time, while the others are asked;
// and when it is back, it is asked as before.
func TestDeadWitnessIsLeftAlone(t *testing.T) {
	now := morning
	var dead atomic.Bool
	var knocks atomic.Int64
	dead.Store(true)
	flaky := serve(t, func(w http.ResponseWriter, r *http.Request) {
		knocks.Add(1)
		if dead.Load() {
			said(503, "")(w, r)
			return
		}
		said(200, "good")(w, r)
	})
	asker, kept, log := asking(t, func() time.Time { return now }, flaky, serve(t, said(200, "good")))
	for range 120 { // two hours
		if err := asker.Round(t.Context()); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Minute)
	}
	if n := knocks.Load(); n < 4 || n > 9 {
		t.Errorf("it was asked %d times in two hours", n)
	}
	if asker.Cosigned.Load() != 1 || kept.states[1].Size != 10 {
		t.Errorf("the other has cosigned %d times", asker.Cosigned.Load())
	}
	if n := strings.Count(log.String(), "level=WARN"); n != 1 {
		t.Errorf("the log speaks of it %d times:\n%s", n, log)
	}
	dead.Store(false)
	now = now.Add(2 * time.Hour)
	if err := asker.Round(t.Context()); err != nil || kept.states[0].Size != 10 || kept.states[0].Trouble != "" {
		t.Errorf("it is back, and %+v, %v", kept.states[0], err)
	}
}
