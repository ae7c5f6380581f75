package sitefile

import (
	"bytes"
	"context"
	"io"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/made"
)

// mostFiles is how many bytes of files are kept: several of the longest drafts.
const mostFiles = 64 << 20

// Files are drafts as files. One that many take out at once is made once, and is once in
// memory while they get it.
type Files struct{ shelf *made.Shelf[fileKey, []byte] }

type fileKey struct {
	site     consent.SiteKey
	revision consent.DraftRevision
	form     string
}

// NewFiles makes Files.
func NewFiles() *Files {
	return &Files{made.New[fileKey](mostFiles, func(file []byte) int { return cap(file) })}
}

// Of gives a revision of a draft in a form, as write writes it. Nobody changes the file.
func (f *Files) Of(ctx context.Context, draft *consent.Draft, revision consent.DraftRevision, form string, write func(io.Writer, *consent.Draft) error) ([]byte, error) {
	return f.shelf.Get(ctx, fileKey{draft.Site.Key, revision, form}, func() ([]byte, error) {
		var file bytes.Buffer
		if err := write(&file, draft); err != nil {
			return nil, err
		}
		return bytes.Clone(file.Bytes()), nil // without the room to grow
	})
}

// Kept gives what Of has made of a revision, or nil.
func (f *Files) Kept(site consent.SiteKey, revision consent.DraftRevision, form string) []byte {
	file, _ := f.shelf.Peek(fileKey{site, revision, form})
	return file
}
