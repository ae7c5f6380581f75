package sqlite

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Whoever opens what a record names, under the name that it has there, reads what
// the visitor saw.
func TestNamesInAPackLeadToWhatWasSeen(t *testing.T) {
	files, order := unzip(t, packed(t))
	const notice = "notices/1.json"
	real := files[notice]
	files[notice], files["notices/2.json"] = []byte("{}"), real
	wantPackFault(t, files, append(order, "notices/2.json"), notice+" is not there, or is not the notice that the visitor saw")
	found, err := verifyPack(rezip(t, files, append(order, "notices/2.json"), true), "")
	if err != nil || len(found.Faults) > 2 || !strings.Contains(found.Faults[0].Why, "; the same of ") || strings.Contains(strings.Join(found.Unvouched, " "), "(1") {
		t.Errorf("one changed notice is told so: %v %+v", err, found)
	}
	files[notice] = real
	delete(files, "notices/2.json")

	var renamed []string
	for _, name := range order {
		if file, is := strings.CutPrefix(name, "bundles/bundle-one/"); is {
			files["bundles/other/"+file] = files[name]
			delete(files, name)
			name = "bundles/other/" + file
		}
		renamed = append(renamed, name)
	}
	wantPackFault(t, files, renamed, "bundles/bundle-one/main.js is not there")
}

// wantUnvouched asserts what is said of a pack that holds, as far as it goes.
func wantUnvouched(t *testing.T, files map[string][]byte, order []string, keys string, want ...string) {
	t.Helper()
	found, err := verifyPack(rezip(t, files, order, true), keys)
	if err != nil || len(found.Faults) > 0 {
		t.Fatalf("%v %+v", err, found)
	}
	want = append(want, "the time at which the pack says that it was made")
	if len(found.Unvouched) != len(want) {
		t.Errorf("not vouched for are %q, want %q", found.Unvouched, want)
		return
	}
	for i, says := range want {
		if !strings.Contains(found.Unvouched[i], says) {
			t.Errorf("not vouched for is %q, want %q", found.Unvouched[i], says)
		}
	}
}

// What no decision refers to may have been put there, and the audit says so.
func TestUnvouchedFilesOfAPackAreNamed(t *testing.T) {
	files, order := unzip(t, packed(t))
	wantUnvouched(t, files, order, "")
	for name, says := range map[string]string{
		"notices/9.json":              "1 of 2 notices, to which no decision in the pack refers (9)",
		"bundles/x/main.js":           "1 of 2 bundles, to which no decision in the pack refers (x)",
		"pictures/x/nb-first-400.png": "the pictures of the banner (1)",
		"verify.html":                 "verify.html, not as this program writes them",
		"SPECIFICATION.txt":           "SPECIFICATION.txt, not as this program writes them",
		"READ-ME.txt":                 "READ-ME.txt, not as this program writes them",
	} {
		before, there := files[name]
		listed := order
		if !there {
			listed = slices.Concat(order, []string{name})
		}
		files[name] = []byte("x")
		if name == "bundles/x/main.js" {
			alone := map[string][]byte{consent.MainFile: []byte("x")}
			consent.NameParts(alone)
			files[name] = alone[consent.MainFile]
		}
		wantUnvouched(t, files, listed, "", says)
		if files[name] = before; !there {
			delete(files, name)
		}
	}
}

// With keys from elsewhere, those in the pack must have signed, and none may hide
// among them.
func TestKeysInAPackAreHeldAgainstTheGivenOnes(t *testing.T) {
	files, order := unzip(t, packed(t))
	const name = "ledger/2027/keys.txt"
	const foreign = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n"
	own := files[name]
	given := string(own) + string(files["ledger/2026/keys.txt"])
	wantUnvouched(t, files, order, given)
	files[name] = append(bytes.Clone(own), foreign...)
	wantUnvouched(t, files, order, given, "1 of the keys in "+name)
	for text, why := range map[string]string{foreign: "does not name the key that signed", "x\n": "is no verifier key"} {
		files[name] = []byte(text)
		found, err := verifyPack(rezip(t, files, order, true), given)
		if err != nil || len(found.Faults) != 1 || !strings.Contains(found.Faults[0].Why, why) {
			t.Errorf("with %q: %v %+v", text, err, found)
		}
	}
}

// The manifest says what was read, and nothing else.
func TestManifestSaysWhatIsThere(t *testing.T) {
	files, order := unzip(t, packed(t))
	whole := files["manifest.json"]
	for name, c := range map[string]struct{ old, now, why string }{
		"more leaves":  {`"leaves": `, `"leaves": 9`, " of it, and 21 leaves (19 records, 1 removed ones, 1 events) were read"},
		"more records": {`"records": `, `"records": 9`, "(919 records, 1 removed ones, 1 events) of it, and 21 leaves (19 records,"},
		"more removed": {`"removed": `, `"removed": 9`, "(19 records, 91 removed ones, 1 events) of it, and"},
		"more events":  {`"events": `, `"events": 9`, "(19 records, 1 removed ones, 91 events) of it, and"},
		"more notices": {`"notices": `, `"notices": 9`, "the manifest says that there are 91 notices, 1 bundles and 0 pictures, and lists the files of 1 notices,"},
		"more bundles": {`"bundles": `, `"bundles": 9`, " notices, 91 bundles and 0 pictures, and lists"},
		"a picture":    {`"pictures": `, `"pictures": 9`, " bundles and 90 pictures, and lists"},
		"a new member": {`"site"`, `"x": 1, "site"`, "not written as"},
		"twice":        {`"site"`, `"schema": "audit-pack/1", "site"`, "not written as"},
	} {
		t.Run(name, func(t *testing.T) {
			files["manifest.json"] = bytes.Replace(whole, []byte(c.old), []byte(c.now), 1)
			found, err := verifyPack(rezip(t, files, order, false), "")
			if err != nil || len(found.Faults) != 1 || !strings.Contains(found.Faults[0].Why, c.why) {
				t.Errorf("%v %+v", err, found)
			}
		})
	}
	var made packedManifest
	if err := json.Unmarshal(whole, &made); err != nil {
		t.Fatal(err)
	}
	files["manifest.json"] = bytes.Replace(whole, []byte(made.Made), []byte("1999-01-01T00:00:00Z"), 1)
	wantUnvouched(t, files, order, "")
	if found, _ := verifyPack(rezip(t, files, order, true), ""); !strings.Contains(found.Unvouched[len(found.Unvouched)-1], "1999-01-01") {
		t.Errorf("not vouched for are %q", found.Unvouched)
	}
}
