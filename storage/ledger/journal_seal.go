package ledger

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

const (
	journalDomain = "samtykke/journal/v1\x00"

	// In the folder of keys, where whoever writes to the journal cannot take it away:
	// from then on no line is believed that is not sealed. It holds how many there are.
	sealedFile = "journal.sealed"

	macBefore, macAfter = `,"mac":"`, "\"}\n"
	macLength           = len(macBefore) + 2*sha256.Size + len(macAfter)
)

// journalSum is a hash over lines of the journal.
type journalSum [sha256.Size]byte

func (s journalSum) after(line []byte) journalSum {
	return sha256.Sum256(append(s[:], line...))
}

// mac is the seal of a line, without the mac, and of what stands before it.
func (s journalSum) mac(secret Secret, body []byte) []byte {
	sum := hmac.New(sha256.New, secret)
	sum.Write([]byte(journalDomain))
	sum.Write(s[:])
	sum.Write(body)
	return hex.AppendEncode(nil, sum.Sum(nil))
}

// isSealed says whether a line carries the seal of itself and all before it.
func (s journalSum) isSealed(secret Secret, line []byte) bool {
	at := len(line) - macLength
	if at < 0 {
		return false
	}
	body := line[:at]
	return hmac.Equal(line, withMac(body, s.mac(secret, body)))
}

func withMac(body, mac []byte) []byte {
	return bytes.Join([][]byte{body, []byte(macBefore), mac, []byte(macAfter)}, nil)
}

// sealLines gives the text of lines that follow others.
func sealLines(secret Secret, before journalSum, lines []Line) (text []byte, err error) {
	for i := range lines {
		body, err := json.Marshal(&lines[i])
		if err != nil {
			return nil, err
		}
		body = bytes.TrimSuffix(body, []byte("}"))
		line := withMac(body, before.mac(secret, body))
		before, text = before.after(line), append(text, line...)
	}
	return text, nil
}

func (k Keys) sealedPath() string { return filepath.Join(k.Folder, sealedFile) }

// noted gives how many lines the journal has had, and whether they must be sealed.
// An empty file is from before they were counted.
func (k Keys) noted() (lines int, sealed bool, err error) {
	text, err := os.ReadFile(k.sealedPath())
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return 0, false, nil
	case err != nil:
		return 0, false, fmt.Errorf("read how long the journal of erasures was: %w", err)
	case len(text) == 0:
		return 0, true, nil
	}
	if lines, err = strconv.Atoi(strings.TrimSpace(string(text))); err != nil || lines < 0 {
		return 0, true, fmt.Errorf("%s is damaged: put the folder of keys back from its backup", k.sealedPath())
	}
	return lines, true, nil
}

// note has no line believed any more that is not sealed, and remembers how many
// there are: a journal that is cut off at its end looks whole.
func (k Keys) note(lines int) error {
	had, sealed, err := k.noted()
	if err != nil || sealed && had >= lines {
		return err
	}
	return k.writeNote(lines)
}

func (k Keys) writeNote(lines int) error {
	if err := writeFile(k.sealedPath(), []byte(strconv.Itoa(lines)+"\n"), 0o600); err != nil {
		return fmt.Errorf("note how long the journal of erasures is: %w", err)
	}
	return nil
}

// forgetSealed is for when the secret of the seals was lost.
func (k Keys) forgetSealed() error {
	if err := os.Remove(k.sealedPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("forget how the journal of erasures was sealed: %w", err)
	}
	return nil
}
