package cache

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

var errOther = errors.New("this is another one than was asked for")

func encodeNotice(notice *consent.Notice) ([]byte, error) { return notice.JSON, nil }

func decodeNotice(_ consent.SiteKey, version string, payload []byte) (*consent.Notice, error) {
	notice, err := consent.ParseNotice(payload)
	if err != nil {
		return nil, err
	}
	if strconv.Itoa(int(notice.Number)) != version {
		return nil, errOther
	}
	return notice, nil
}

// bundlePayload is a Bundle as Redis has it.
type bundlePayload struct {
	Notice     consent.NoticeNumber `json:"notice"`
	NoticeHash []byte               `json:"notice_hash"`
	Hash       []byte               `json:"hash"`
	Built      time.Time            `json:"built"`
	Files      map[string][]byte    `json:"files"`
}

func encodeBundle(b *consent.Bundle) ([]byte, error) {
	return json.Marshal(bundlePayload{b.Notice, b.NoticeHash[:], b.Hash[:], b.Built, b.Files})
}

func decodeBundle(site consent.SiteKey, version string, payload []byte) (*consent.Bundle, error) {
	var p bundlePayload
	if err := json.Unmarshal(payload, &p); err != nil {
		return nil, fmt.Errorf("decode a bundle: %w", err)
	}
	b := &consent.Bundle{Site: site, ID: consent.BundleID(version), Notice: p.Notice, Built: p.Built, Files: p.Files}
	copy(b.NoticeHash[:], p.NoticeHash)
	copy(b.Hash[:], p.Hash)
	if consent.HashOf(b.Files[consent.MainFile]) != b.Hash {
		return nil, errOther
	}
	return b, nil
}
