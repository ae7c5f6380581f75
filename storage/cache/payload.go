package cache

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

var errOther = errors.New("this is another one than was asked for")

// proof is the store's word for a thing. A copy in Redis is believed only with
// it: the seal says that a server of ours wrote the copy, but not that this
// database holds the same, which may have been rebuilt or restored since.
type proof[V any] struct {
	hash consent.Hash // part of the copy's name
	read func(payload []byte) (V, error)
}

func encodeNotice(notice *consent.Notice) ([]byte, error) { return notice.JSON, nil }

// noticeProof reads the JSON that has the store's hash.
func noticeProof(site consent.SiteKey, entry consent.NoticeEntry) proof[*consent.Notice] {
	return proof[*consent.Notice]{entry.Hash, func(payload []byte) (*consent.Notice, error) {
		notice, err := consent.ParseNotice(payload) // which takes the hash itself
		if err != nil {
			return nil, err
		}
		if notice.Hash != entry.Hash || notice.Number != entry.Number || notice.Draft.Site.Key != site {
			return nil, errOther
		}
		return notice, nil
	}}
}

// bundlePayload is a Bundle as Redis has it.
type bundlePayload struct {
	Notice     consent.NoticeNumber `json:"notice"`
	NoticeHash consent.Hash         `json:"notice_hash"`
	Hash       consent.Hash         `json:"hash"`
	Built      time.Time            `json:"built"`
	Files      map[string][]byte    `json:"files"`
}

func encodeBundle(b *consent.Bundle) ([]byte, error) {
	return json.Marshal(bundlePayload{b.Notice, b.NoticeHash, b.Hash, b.Built, b.Files})
}

// bundleProof reads the files of the bundle that the store describes: the main
// file has its hash, and names the others.
func bundleProof(site consent.SiteKey, id consent.BundleID, entry consent.BundleEntry) proof[*consent.Bundle] {
	return proof[*consent.Bundle]{entry.Hash, func(payload []byte) (*consent.Bundle, error) {
		var p bundlePayload
		if err := json.Unmarshal(payload, &p); err != nil {
			return nil, fmt.Errorf("decode a bundle: %w", err)
		}
		if p.Notice != entry.Notice || p.NoticeHash != entry.NoticeHash || p.Hash != entry.Hash || !p.Built.Equal(entry.Built) {
			return nil, errOther
		}
		bundle := &consent.Bundle{
			Site: site, ID: id, Notice: entry.Notice, NoticeHash: entry.NoticeHash, Hash: entry.Hash, Built: entry.Built,
			Files: p.Files,
		}
		if !bundle.Whole() {
			return nil, errOther
		}
		return bundle, nil
	}}
}
