package banner

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"errors"
	"io"
	"maps"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/consent"
)

// shelf is a BundleStore in memory that counts what is asked of it.
type shelf struct {
	mu      sync.Mutex
	bundles map[consent.BundleID]*consent.Bundle
	saved   int
	failure error
}

func newShelf() *shelf { return &shelf{bundles: map[consent.BundleID]*consent.Bundle{}} }

func (s *shelf) SaveBundle(_ context.Context, bundle *consent.Bundle) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saved++
	if s.failure == nil {
		s.bundles[bundle.ID] = bundle
	}
	return s.failure
}

func (s *shelf) Bundle(_ context.Context, site consent.SiteKey, id consent.BundleID) (*consent.Bundle, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if bundle := s.bundles[id]; bundle != nil && bundle.Site == site {
		return bundle, nil
	}
	return nil, consent.Errorf(consent.NotFound, "unknown_bundle", "There is no such bundle.")
}

var noon = time.Date(2026, time.November, 22, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return noon }

// TestLogKeepingCostsNoBytes: who runs the log, and how providers keep data and
// are reached, is for the documents. Visitors load as much as before.
func TestLogKeepingCostsNoBytes(t *testing.T) {
	draft := gjerdrum(t).Draft
	draft.Site.ConsentLog = &consent.LogKeeping{Processor: "Skydrift AS", Countries: []string{"NO"}}
	for i := range draft.Services {
		draft.Services[i].Security = consent.Text{"nb": "Kryptert.", "nn": "Kryptert.", "en": "Encrypted."}
		draft.Services[i].Provider.Contact = &consent.Channels{Email: "post@example.no"}
	}
	changed, err := consent.Freeze(draft, 1, noon)
	if err != nil {
		t.Fatal(err)
	}
	files := func(notice *consent.Notice) map[string]int {
		built, err := New(newShelf(), consent.Shipped(), clock).Current(t.Context(), notice)
		if err != nil {
			t.Fatal(err)
		}
		sizes := map[string]int{}
		for name, body := range built.Bundle.Files {
			sizes[name] = len(body)
		}
		return sizes
	}
	if was, is := files(gjerdrum(t)), files(changed); !maps.Equal(was, is) {
		t.Errorf("the files had %v bytes, and have %v", was, is)
	}
}

func TestBundleHoldsTheNotice(t *testing.T) {
	notice := gjerdrum(t)
	built, err := New(newShelf(), consent.Shipped(), clock).Current(t.Context(), notice)
	if err != nil {
		t.Fatal(err)
	}
	bundle := built.Bundle
	if bundle.Site != "gjerdrum" || bundle.Notice != 1 || bundle.NoticeHash != notice.Hash || !bundle.Built.Equal(noon) {
		t.Errorf("the bundle is of %s, notice %d, built %v", bundle.Site, bundle.Notice, bundle.Built)
	}
	main := bundle.Files[consent.MainFile]
	if bundle.Hash != consent.HashOf(main) {
		t.Error("the bundle's hash is not that of its main file")
	}
	if !bytes.Contains(main, []byte(`"`+string(bundle.ID)+`"`)) {
		t.Error("the main file does not know the bundle's id")
	}
	for _, name := range []string{"main.js", "panel.nb.js", "panel.nn.js", "panel.en.js", "mine.nb.js", "mine.nn.js", "mine.en.js", "place.nb.js", "place.nn.js", "place.en.js", "rest.nb.js", "rest.nn.js", "rest.en.js"} {
		if built.Files[name] == nil {
			t.Errorf("there is no %s", name)
		}
	}
	if strings.Contains(string(main), "PHPSESSID") {
		t.Error("the main file names a necessary cookie that it never touches")
	}
}

func TestEveryEncodingIsTheSameFile(t *testing.T) {
	built, err := New(newShelf(), consent.Shipped(), clock).Current(t.Context(), gjerdrum(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, asset := range built.Files {
		unpacked, err := io.ReadAll(brotli.NewReader(bytes.NewReader(asset.Brotli())))
		if err != nil || !bytes.Equal(unpacked, asset.Body) {
			t.Errorf("%s: brotli gives another file: %v", name, err)
		}
		reader, err := gzip.NewReader(bytes.NewReader(asset.Gzip()))
		if err != nil {
			t.Fatal(err)
		}
		if unpacked, err = io.ReadAll(reader); err != nil || !bytes.Equal(unpacked, asset.Body) {
			t.Errorf("%s: gzip gives another file: %v", name, err)
		}
		digest := sha512.Sum384(asset.Body)
		if asset.Integrity != "sha384-"+base64.StdEncoding.EncodeToString(digest[:]) {
			t.Errorf("%s: integrity is %s", name, asset.Integrity)
		}
		if !strings.HasPrefix(asset.ETag, `"`) || !strings.HasSuffix(asset.ETag, `"`) || len(asset.ETag) < 10 {
			t.Errorf("%s: the validator is %s", name, asset.ETag)
		}
	}
}

// The bytes depend on the Notice and the sources, and on nothing else.
func TestBuildingTwiceGivesTheSameBytes(t *testing.T) {
	first, err := Build(gjerdrum(t), consent.Shipped(), noon)
	if err != nil {
		t.Fatal(err)
	}
	second, err := Build(gjerdrum(t), consent.Shipped(), noon.AddDate(1, 0, 0))
	if err != nil {
		t.Fatal(err)
	}
	if first.ID != second.ID || len(first.Files) != len(second.Files) {
		t.Fatalf("%s with %d files became %s with %d", first.ID, len(first.Files), second.ID, len(second.Files))
	}
	for name, body := range first.Files {
		if !bytes.Equal(body, second.Files[name]) {
			t.Errorf("%s is another file the second time", name)
		}
	}
}

func TestAnotherNoticeIsAnotherBundle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := &consent.Notice{Hash: consent.HashOf([]byte(rapid.String().Draw(t, "a")))}
		b := &consent.Notice{Hash: consent.HashOf([]byte(rapid.String().Draw(t, "b")))}
		if (a.Hash == b.Hash) != (ID(a, nil) == ID(b, nil)) {
			t.Fatalf("hashes %s and %s have ids %s and %s", a.Hash, b.Hash, ID(a, nil), ID(b, nil))
		}
		if len(ID(a, nil)) != 11 {
			t.Fatalf("the id %s is not eleven characters", ID(a, nil))
		}
	})
}

func TestManyVisitorsBuildOnce(t *testing.T) {
	store := newShelf()
	bundler, notice := New(store, consent.Shipped(), clock), gjerdrum(t)
	var wait sync.WaitGroup
	got := make([]*Built, 50)
	for i := range got {
		wait.Go(func() {
			built, err := bundler.Current(t.Context(), notice)
			if err != nil {
				t.Error(err)
			}
			got[i] = built
		})
	}
	wait.Wait()
	if store.saved != 1 {
		t.Errorf("the bundle was built %d times", store.saved)
	}
	for _, built := range got {
		if built != got[0] {
			t.Fatal("two visitors got two bundles")
		}
	}
}

func TestPinnedBundleOutlivesTheProgram(t *testing.T) {
	store, notice := newShelf(), gjerdrum(t)
	built, err := New(store, consent.Shipped(), clock).Current(t.Context(), notice)
	if err != nil {
		t.Fatal(err)
	}
	later := New(store, consent.Shipped(), clock)
	pinned, err := later.Pinned(t.Context(), "gjerdrum", built.Bundle.ID)
	if err != nil {
		t.Fatal(err)
	}
	if pinned.Files[consent.MainFile].Integrity != built.Files[consent.MainFile].Integrity {
		t.Error("the pinned file has other bytes")
	}
	for _, wrong := range []struct {
		site consent.SiteKey
		id   consent.BundleID
	}{{"gjerdrum", "nosuchthing"}, {"ullensaker", built.Bundle.ID}} {
		if _, err := later.Pinned(t.Context(), wrong.site, wrong.id); consent.KindOf(err) != consent.NotFound {
			t.Errorf("%s of %s: %v", wrong.id, wrong.site, err)
		}
	}
}

func TestBundleThatCannotBeKeptIsNotServed(t *testing.T) {
	store := newShelf()
	store.failure = errors.New("the disk is full")
	bundler := New(store, consent.Shipped(), clock)
	if _, err := bundler.Current(t.Context(), gjerdrum(t)); !errors.Is(err, store.failure) {
		t.Fatalf("got %v", err)
	}
	store.failure = nil
	if _, err := bundler.Current(t.Context(), gjerdrum(t)); err != nil {
		t.Errorf("it is not tried again: %v", err)
	}
}

func TestVisitorWhoLeavesStopsNobody(t *testing.T) {
	store := newShelf()
	bundler, notice := New(store, consent.Shipped(), clock), gjerdrum(t)
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := bundler.Current(gone, notice); err == nil {
		// The build may have been quicker than the visitor.
		return
	}
	if _, err := bundler.Current(t.Context(), notice); err != nil {
		t.Fatal(err)
	}
	if store.saved != 1 {
		t.Errorf("the bundle was built %d times", store.saved)
	}
}

func TestCompilerIsTheOneInTheBundleID(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(mod), "github.com/evanw/esbuild "+esbuildVersion) {
		t.Errorf("go.mod has another esbuild than %s: change esbuildVersion", esbuildVersion)
	}
}
