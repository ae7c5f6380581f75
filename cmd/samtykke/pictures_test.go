package main_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// TestPublishingTakesPictures has a real browser picture both layers, narrow and
// wide, in each language. Two languages show as much as three.
func TestPublishingTakesPictures(t *testing.T) {
	i := newInstallation(t)
	if done := i.edit(t, "languages: [nb, nn, en]", "languages: [nb, nn]"); done.code != 0 {
		t.Fatalf("%+v", done)
	}
	done := invoke(t, "notice", "publish", "gjerdrum", "--json", "--data", i.data)
	var said struct{ Notice, Pictures int }
	read(t, done.out, &said)
	// A machine that is too busy publishes without them, and they are taken below.
	if busy := strings.Contains(done.err, "not ready in time"); done.code != 0 || said.Notice != 2 || said.Pictures != 8 && !busy {
		t.Fatalf("%+v", done)
	}
	to := t.TempDir()
	seen, hashes := map[string]bool{}, map[string]bool{}
	lines := json.NewDecoder(strings.NewReader(must(t, "notice", "pictures", "gjerdrum", "2", "--json", "--to", to, "--data", i.data)))
	for lines.More() {
		var one struct {
			Language, Layer, SHA256, File string
			Width                         int
		}
		if err := lines.Decode(&one); err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("%s %s %d", one.Language, one.Layer, one.Width)
		seen[name], hashes[one.SHA256] = true, true
		data := readFile(t, one.File)
		if sum := sha256.Sum256([]byte(data)); hex.EncodeToString(sum[:]) != one.SHA256 || filepath.Dir(one.File) != to {
			t.Errorf("%s: %s is not the picture on record", name, one.File)
		}
		picture, err := png.Decode(bytes.NewReader([]byte(data)))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if picture.Bounds().Dx() != one.Width {
			t.Errorf("%s is %d wide", name, picture.Bounds().Dx())
		}
		if !painted(picture) {
			t.Errorf("%s is empty", name)
		}
	}
	for _, language := range []string{"nb", "nn"} {
		for _, view := range []string{"first 320", "first 1280", "second 320", "second 1280"} {
			if !seen[language+" "+view] {
				t.Errorf("there is no picture: %s %s", language, view)
			}
		}
	}
	if len(seen) != 8 || len(hashes) != 8 {
		t.Errorf("%d kinds of pictures are taken, %d of them different", len(seen), len(hashes))
	}
}

// TestServerTakesPictures has what a running server publishes pictured beside its
// visitors.
func TestServerTakesPictures(t *testing.T) {
	i := newInstallation(t)
	if done := i.edit(t, "languages: [nb, nn, en]", "languages: [nb]"); done.code != 0 {
		t.Fatalf("%+v", done)
	}
	i.due(t, time.Now().Add(-time.Hour))
	t.Setenv("SAMTYKKE_NOTICES_PICTURES", "auto")
	server, store := i.start(t), i.open(t)
	defer store.Close()
	var taken []consent.Screenshot
	for end := time.Now().Add(patience); len(taken) == 0; <-time.After(100 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nothing is pictured")
		}
		bundles, err := store.Bundles(t.Context(), "gjerdrum")
		if err != nil {
			t.Fatal(err)
		}
		if taken, err = store.Screenshots(t.Context(), "gjerdrum", bundles[len(bundles)-1]); err != nil {
			t.Fatal(err)
		}
	}
	if len(taken) != 4 {
		t.Errorf("%d pictures are taken", len(taken))
	}
	if code := server.stop(syscall.SIGTERM); code != 0 || strings.Count(server.log.String(), "pictures of a notice were taken") != 1 {
		t.Errorf("it ends with %d:\n%s", code, server.log)
	}
}

// painted says that a picture holds ten colours; text alone has them, from its edges.
func painted(picture image.Image) bool {
	found := map[color.Color]bool{}
	for y := range picture.Bounds().Dy() {
		for x := range picture.Bounds().Dx() {
			found[picture.At(x, y)] = true
			if len(found) == 10 {
				return true
			}
		}
	}
	return false
}
