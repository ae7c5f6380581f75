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
)

const (
	journalDomain = "samtykke/journal/v1\x00"

	// In the folder of keys, where whoever writes to the journal cannot take it away:
	// from then on no line is believed that is not sealed.
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

// journalSealed says whether lines of the journal must be sealed.
func (k Keys) journalSealed() (bool, error) {
	_, err := os.Stat(k.sealedPath())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// noteSealed has no line believed any more that is not sealed.
func (k Keys) noteSealed() error {
	if sealed, err := k.journalSealed(); err != nil || sealed {
		return err
	}
	if err := writeFile(k.sealedPath(), nil, 0o600); err != nil {
		return fmt.Errorf("note that the journal of erasures is sealed: %w", err)
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
