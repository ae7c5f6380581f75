package sqlite

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"maps"
	"strings"
	"testing"
)

const leaves2027 = "ledger/2027/leaves.jsonl"

// wantPackFault asserts that a pack is refused for a reason, with a manifest that
// was written anew to fit it.
func wantPackFault(t *testing.T, files map[string][]byte, order []string, why string) {
	t.Helper()
	found, err := verifyPack(rezip(t, files, order, true), "")
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range found.Faults {
		if strings.Contains(fault.Why, why) {
			return
		}
	}
	t.Errorf("the faults are %+v, want one that says %q", found.Faults, why)
}

// A pack holds what belongs in it and nothing else, also when its manifest lists
// the rest.
func TestStrayFilesAreNoPartOfAPack(t *testing.T) {
	files, order := unzip(t, packed(t))
	for _, name := range []string{
		"evil.exe", "ledger/2027/leaves-5.jsonl", "ledger/2027/leaves-01.jsonl", "ledger/2027/more/leaves.jsonl", "ledger/2020/leaves.jsonl", "Ledger/2027/leaves.jsonl",
		"notices/01.json", "notices/1.json.exe", "notices/../evil.js", "bundles/x/evil.exe", "pictures/x/nb-first-400.png.exe", "READ-ME.txt\n", "verify.html/",
	} {
		if strings.HasSuffix(name, "/") {
			files[name] = nil
		} else {
			files[name] = []byte("{}")
		}
		wantPackFault(t, files, append(order, name), name+" does not belong in a pack")
		delete(files, name)
	}
}

// The script of a bundle names its parts: none of them can be left out, nor all.
func TestPackMissesPartsOfABundle(t *testing.T) {
	files, order := unzip(t, packed(t))
	for _, gone := range [][]string{{"empty.js"}, {"empty.js", "panel.nb.js"}} {
		left := maps.Clone(files)
		for _, name := range gone {
			delete(left, "bundles/bundle-one/"+name)
		}
		wantPackFault(t, left, order, "the files in bundles/bundle-one/ are not those that its script names")
	}
}

// A line says one thing, to whatever reads it.
func TestLinesOfAPackAreWrittenInOneWay(t *testing.T) {
	files, order := unzip(t, packed(t))
	whole := files[leaves2027]
	salt := between(t, whole, `"salt":"`, `"`)
	short := base64.StdEncoding.EncodeToString(make([]byte, 31))
	for name, c := range map[string]struct{ old, now, why string }{
		"more JSON":              {"}\n", "}{}\n", "cannot be read"},
		"a word":                 {"}\n", "} x\n", "cannot be read"},
		"a space":                {"}\n", "} \n", "not written as"},
		"a carriage return":      {"}\n", "}\r\n", "not written as"},
		"an empty line":          {"}\n", "}\n\n", "cannot be read"},
		"a member twice":         {`{"index":0,`, `{"index":7,"index":0,`, "not written as"},
		"in other letters":       {`{"index":0,`, `{"index":0,"Index":0,`, "not written as"},
		"a member of no meaning": {`{"index":0,`, `{"index":0,"x":0,`, "not written as"},
		"a short salt":           {salt, short, "salt of 32 bytes"},
		"no salt":                {`"salt":"` + salt + `",`, "", "salt of 32 bytes"},
		"a long salt":            {salt, base64.StdEncoding.EncodeToString(make([]byte, 33)), "salt of 32 bytes"},
	} {
		t.Run(name, func(t *testing.T) {
			files[leaves2027] = bytes.Replace(whole, []byte(c.old), []byte(c.now), 1)
			if bytes.Equal(files[leaves2027], whole) {
				t.Fatal("nothing was changed")
			}
			wantPackFault(t, files, order, c.why)
		})
	}
	const last = "ledger/2027/leaves-1.jsonl"
	files[leaves2027], files[last] = whole, bytes.TrimSuffix(files[last], []byte("\n"))
	wantPackFault(t, files, order, "not written as")
}

func between(t *testing.T, text []byte, before, after string) string {
	t.Helper()
	_, rest, found := strings.Cut(string(text), before)
	inside, _, ends := strings.Cut(rest, after)
	if !found || !ends {
		t.Fatalf("no %q in the text", before)
	}
	return inside
}

// A ledger that the manifest lists again counts once; one that it does not list at
// all is missed, with a key of it and without.
func TestManifestListsEachLedgerOnce(t *testing.T) {
	files, order := unzip(t, packed(t))
	manifest := files["manifest.json"]
	relist := func(change func([]any) []any) {
		var list map[string]any
		if err := json.Unmarshal(manifest, &list); err != nil {
			t.Fatal(err)
		}
		list["trees"] = change(list["trees"].([]any))
		var err error
		if files["manifest.json"], err = json.Marshal(list); err != nil {
			t.Fatal(err)
		}
	}
	relist(func(trees []any) []any { return append(trees, trees...) })
	wantPackFault(t, files, order, "lists the ledger more than once")
	if found, err := verifyPack(rezip(t, files, order, true), ""); err != nil || len(found.Trees) != 2 {
		t.Errorf("%d ledgers were audited, of 2: %v", len(found.Trees), err)
	}
	relist(func(trees []any) []any {
		trees[0].(map[string]any)["folder"] = "ledger/2026"
		return trees
	})
	wantPackFault(t, files, order, "must be ledger/2027")
	relist(func([]any) []any { return []any{} })
	wantPackFault(t, files, order, "the pack lists no ledger")
}
