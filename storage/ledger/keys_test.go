package ledger_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/storage/ledger"
)

// keys gives a folder that is not there yet.
func keys(t *testing.T) ledger.Keys {
	return ledger.Keys{Folder: filepath.Join(t.TempDir(), "samtykke", "keys")}
}

// made gives the key of a tree, and makes it first if it is not there, which only
// whoever plants the tree may do.
func made(keys ledger.Keys, name, origin string) (note.Signer, error) {
	signer, err := keys.Signer(name, origin)
	if errors.Is(err, fs.ErrNotExist) {
		return keys.Rotate(name, origin)
	}
	return signer, err
}

func signer(t *testing.T, keys ledger.Keys) note.Signer {
	signer, err := made(keys, "gjerdrum-2026", origin)
	if err != nil {
		t.Fatal(err)
	}
	return signer
}

func verifiers(t *testing.T, keys ledger.Keys) (parsed note.Verifiers, lines []string) {
	text, err := keys.Verifiers("gjerdrum-2026")
	if err != nil {
		t.Fatal(err)
	}
	parsed, err = ledger.ParseVerifiers(text)
	if err != nil {
		t.Fatal(err)
	}
	return parsed, strings.Split(strings.TrimSpace(text), "\n")
}

// TestAKeyIsMadeOnRequest so that only its owner can read it, and never by reading.
func TestAKeyIsMadeOnRequest(t *testing.T) {
	keys := keys(t)
	if _, err := keys.Signer("gjerdrum-2026", origin); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("before it is made: %v", err)
	}
	if _, err := os.Stat(keys.Folder); err == nil {
		t.Error("reading has made the folder")
	}
	if have := signer(t, keys).Name(); have != origin {
		t.Errorf("the key belongs to %s", have)
	}
	for path, want := range map[string]os.FileMode{
		keys.Folder: os.ModeDir | 0o700,
		filepath.Join(keys.Folder, "gjerdrum-2026.key"): 0o600,
		filepath.Join(keys.Folder, "gjerdrum-2026.pub"): 0o644,
	} {
		if info, err := os.Stat(path); err != nil || info.Mode() != want {
			t.Errorf("%s has the mode %v instead of %v, %v", path, info.Mode(), want, err)
		}
	}
	if files, err := os.ReadDir(keys.Folder); err != nil || len(files) != 2 {
		t.Errorf("more is there than the two files: %v, %v", files, err)
	}
}

// TestTheSecondUseGivesTheSameKey for the same tree, and another for another.
func TestTheSecondUseGivesTheSameKey(t *testing.T) {
	keys := keys(t)
	_, head := records(3)
	first := sign(t, head, signer(t, keys))
	if again := sign(t, head, signer(t, keys)); string(again) != string(first) {
		t.Errorf("the second use signs otherwise:\n%s\n%s", first, again)
	}
	if _, lines := verifiers(t, keys); len(lines) != 1 {
		t.Errorf("there are %d verifier keys after two uses", len(lines))
	}
	other, err := made(keys, "nannestad-2026", "samtykke.example/consent/nannestad/2026")
	if err != nil || other.KeyHash() == signer(t, keys).KeyHash() {
		t.Errorf("two trees share a key, %v", err)
	}
}

// TestWhatAnEarlierKeySignedStaysValid after the key was replaced, twice.
func TestWhatAnEarlierKeySignedStaysValid(t *testing.T) {
	keys := keys(t)
	_, head := records(3)
	signed := [][]byte{sign(t, head, signer(t, keys))}
	for range 2 {
		rotated, err := keys.Rotate("gjerdrum-2026", origin)
		if err != nil {
			t.Fatal(err)
		}
		if now := signer(t, keys); now.KeyHash() != rotated.KeyHash() {
			t.Error("another key signs than the one that was made")
		}
		signed = append(signed, sign(t, head, rotated))
	}
	known, lines := verifiers(t, keys)
	for i, one := range signed {
		if _, err := ledger.OpenCheckpoint(one, known); err != nil {
			t.Errorf("the checkpoint by key %d: %v", i+1, err)
		}
		alone, err := ledger.ParseVerifiers(lines[i])
		if err != nil {
			t.Fatal(err)
		}
		for j, other := range signed {
			if _, err := ledger.OpenCheckpoint(other, alone); (err == nil) != (i == j) {
				t.Errorf("line %d of the verifier keys, the checkpoint by key %d: %v", i+1, j+1, err)
			}
		}
	}
	if info, err := os.Stat(filepath.Join(keys.Folder, "gjerdrum-2026.key")); err != nil || info.Mode() != 0o600 {
		t.Errorf("the key that was made later has the mode %v, %v", info.Mode(), err)
	}
}

// TestAKeyThatOthersMayReadIsRefused with the repair in the sentence.
func TestAKeyThatOthersMayReadIsRefused(t *testing.T) {
	keys := keys(t)
	signer(t, keys)
	path := filepath.Join(keys.Folder, "gjerdrum-2026.key")
	for _, mode := range []os.FileMode{0o640, 0o604, 0o644, 0o620, 0o601, 0o777} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		_, err := made(keys, "gjerdrum-2026", origin)
		if err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "chmod 600") {
			t.Errorf("a key of the mode %v: %v", mode, err)
		}
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
	signer(t, keys)
}

// TestADamagedKeyIsRefused whichever byte is another, and is never shown nor
// replaced.
func TestADamagedKeyIsRefused(t *testing.T) {
	keys := keys(t)
	signer(t, keys)
	path := filepath.Join(keys.Folder, "gjerdrum-2026.key")
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	secret := string(whole[len(whole)-40 : len(whole)-10])
	damaged := [][]byte{nil, []byte("\n"), whole[:len(whole)/2], append([]byte("x"), whole...)}
	for at := range len(whole) - 1 { // the last is the line's end
		other := append([]byte(nil), whole...)
		other[at] ^= 1
		damaged = append(damaged, other)
	}
	for _, data := range damaged {
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := made(keys, "gjerdrum-2026", origin)
		if err == nil || !strings.Contains(err.Error(), path) || strings.Contains(err.Error(), secret) {
			t.Errorf("the key %q: %v", data, err)
		}
		if now, err := os.ReadFile(path); err != nil || string(now) != string(data) {
			t.Errorf("the damaged key was replaced by %q, %v", now, err)
		}
	}
}

// TestTheKeyOfAnotherTreeIsRefused as when files were mixed up.
func TestTheKeyOfAnotherTreeIsRefused(t *testing.T) {
	keys := keys(t)
	signer(t, keys)
	_, err := made(keys, "gjerdrum-2026", "samtykke.example/consent/gjerdrum/2027")
	if err == nil || !strings.Contains(err.Error(), origin) || !strings.Contains(err.Error(), "gjerdrum/2027") || !strings.Contains(err.Error(), keys.Folder) {
		t.Errorf("the key of %s signs for another: %v", origin, err)
	}
}

// TestTheFolderCannotBeMade says so and signs nothing.
func TestTheFolderCannotBeMade(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := made(ledger.Keys{Folder: filepath.Join(file, "keys")}, "gjerdrum-2026", origin); err == nil {
		t.Error("a key was made below a file")
	}
}

// TestVerifierKeysAreReadLineByLine skips empty ones and quotes the damaged.
func TestVerifierKeysAreReadLineByLine(t *testing.T) {
	keys := keys(t)
	made := signer(t, keys)
	text, err := keys.Verifiers("gjerdrum-2026")
	if err != nil {
		t.Fatal(err)
	}
	known, err := ledger.ParseVerifiers("\r\n\n  " + text + "\r\n\n")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := known.Verifier(origin, made.KeyHash()); err != nil {
		t.Error(err)
	}
	if _, err := ledger.ParseVerifiers(text + "nonsense\n"); err == nil || !strings.Contains(err.Error(), `"nonsense"`) {
		t.Errorf("nonsense is a verifier key: %v", err)
	}
	if _, err := keys.Verifiers("nobody"); err == nil {
		t.Error("a tree that never was has verifier keys")
	}
}
