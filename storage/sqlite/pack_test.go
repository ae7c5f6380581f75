package sqlite

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// packHelp are the files of a pack that help people.
var packHelp = map[string][]byte{ledger.ReadMeFile: []byte("Read me.\n"), ledger.VerifierFile: []byte("<!doctype html>\n"), ledger.SpecificationFile: []byte("Hash.\n")}

// packed gives the pack of a database with erased decisions and two years.
func packed(t *testing.T) []byte {
	t.Helper()
	s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	var pack bytes.Buffer
	err := ledger.Pack{
		Site: "skogen", Store: s, Made: storagetest.Morning, Span: 16, Report: func(int64, int64) {},
		More: packHelp,
	}.Write(t.Context(), &pack)
	if err != nil {
		t.Fatal(err)
	}
	return pack.Bytes()
}

func verifyPack(pack []byte, trusted string) (*consent.LedgerAudit, error) {
	whole := io.NewSectionReader(bytes.NewReader(pack), 0, int64(len(pack)))
	archive, err := zip.NewReader(whole, whole.Size())
	if err != nil {
		return nil, err
	}
	return ledger.VerifyPack(archive, ledger.PackCheck{File: whole, Trusted: trusted, More: packHelp, Report: func(int64, int64) {}})
}

// A pack holds all that the database holds, and is audited without it.
func TestPackHolds(t *testing.T) {
	whole := packed(t)
	found, err := verifyPack(whole, "")
	if err != nil || len(found.Faults) > 0 {
		t.Fatalf("%v %+v", err, found)
	}
	archive, err := zip.NewReader(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range archive.File {
		if !file.Modified.Equal(storagetest.Morning) {
			t.Errorf("%s is of %v", file.Name, file.Modified)
		}
	}
	if len(found.Trees) != 2 || found.Trees[0].Opened != 19 || found.Trees[0].Removed != 1 ||
		found.Trees[1].Opened != 37 || found.Trees[1].Removed != 3 || found.Trees[1].Events != 3 {
		t.Errorf("audited %+v", found.Trees)
	}
	const foreign = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
	found, err = verifyPack(packed(t), foreign)
	if err != nil || len(found.Faults) == 0 || !strings.Contains(found.Faults[0].Why, "none of the given keys has signed it; it is signed by the key localhost/consent/skogen/2027+") {
		t.Errorf("a pack that other keys signed: %v %+v", err, found)
	}
	for _, fault := range found.Faults {
		if strings.Contains(fault.Why, "the head counts") {
			t.Errorf("the head was not opened, and it says: %s", fault.Why)
		}
	}
}

// meddled is a store in which a decision is erased before each look at leaves.
type meddled struct {
	consent.Store

	erase *[]func()
}

func (m meddled) Snapshot(ctx context.Context, read func(consent.Store) error) error {
	return m.Store.Snapshot(ctx, func(at consent.Store) error { return read(meddled{at, m.erase}) })
}

func (m meddled) Leaves(ctx context.Context, origin string, from int64, yield func(*consent.Leaf) error) error {
	if left := *m.erase; len(left) > 0 {
		left[0]()
		*m.erase = left[1:]
	}
	return m.Store.Leaves(ctx, origin, from, yield)
}

// A pack that is written while decisions are erased holds.
func TestPackBesideErasures(t *testing.T) {
	s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	var erasures []func()
	for _, n := range []int{30, 55, 0} {
		erasures = append(erasures, func() {
			erase(t, s, consent.Erasure{ID: storagetest.ID(n), Actor: consent.ActorOperator, Time: storagetest.Morning})
		})
	}
	var pack bytes.Buffer
	err := ledger.Pack{Site: "skogen", Store: meddled{s, &erasures}, Made: storagetest.Morning, Span: 16, Report: func(int64, int64) {}}.Write(t.Context(), &pack)
	if err != nil {
		t.Fatal(err)
	}
	found, err := verifyPack(pack.Bytes(), "")
	if err != nil || len(found.Faults) > 0 {
		t.Fatalf("%v %+v", err, found)
	}
	if got := found.Trees[0].Removed + found.Trees[1].Removed; got != 4 || len(erasures) > 0 {
		t.Errorf("%d are removed in the pack, and %d erasures never came: %+v", got, len(erasures), found.Trees)
	}
}

func unzip(t *testing.T, pack []byte) (files map[string][]byte, order []string) {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		t.Fatal(err)
	}
	files = make(map[string][]byte)
	for _, file := range archive.File {
		opened, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		if files[file.Name], err = io.ReadAll(opened); err != nil {
			t.Fatal(err)
		}
		order = append(order, file.Name)
	}
	return files, order
}

// rezip packs the files again, with a manifest that fits them or the old one.
func rezip(t *testing.T, files map[string][]byte, order []string, fitted bool) []byte {
	t.Helper()
	var pack bytes.Buffer
	archive := zip.NewWriter(&pack)
	for _, name := range order {
		data, there := files[name]
		if !there {
			continue
		}
		if fitted && name == "manifest.json" {
			data = fit(t, files)
		}
		into, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := into.Write(data); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return pack.Bytes()
}

// fit gives the manifest that fits the files, written as the program writes it.
func fit(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var manifest packedManifest
	if err := json.Unmarshal(files["manifest.json"], &manifest); err != nil {
		t.Fatal(err)
	}
	clear(manifest.Files)
	manifest.Shown.Notices, manifest.Shown.Bundles, manifest.Shown.Pictures = 0, 0, 0
	for name, data := range files {
		switch folder, _, _ := strings.Cut(name, "/"); {
		case folder == "notices":
			manifest.Shown.Notices++
		case folder == "pictures":
			manifest.Shown.Pictures++
		case strings.HasSuffix(name, "/"+consent.MainFile):
			manifest.Shown.Bundles++
		}
		if name != "manifest.json" {
			one := manifest.Files[name]
			one.SHA256, one.Bytes = consent.HashOf(data).String(), len(data)
			manifest.Files[name] = one
		}
	}
	text, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return append(text, '\n')
}

// packedManifest is a manifest as it is written in a pack.
type packedManifest struct {
	Schema string            `json:"schema"`
	Site   string            `json:"site"`
	Made   string            `json:"made"`
	Days   json.RawMessage   `json:"days,omitempty"`
	Trees  []json.RawMessage `json:"trees"`
	Shown  struct {
		Notices  int `json:"notices"`
		Bundles  int `json:"bundles"`
		Pictures int `json:"pictures"`
	} `json:"shown"`
	Files map[string]struct {
		SHA256 string `json:"sha256"`
		Bytes  int    `json:"bytes"`
	} `json:"files"`
}
