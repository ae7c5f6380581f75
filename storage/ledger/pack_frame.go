package ledger

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
)

// frame finds what lies between the parts of a pack and is not what this package
// writes there. A ZIP file says twice how each part is named and how long it is, and
// programs differ in which they believe: of one file, two could unpack two packs.
func (u *unpacker) frame(archive *zip.Reader) error {
	if u.File == nil {
		return nil
	}
	same := &comparing{file: bufio.NewReaderSize(io.NewSectionReader(u.File, 0, u.File.Size()), 1<<20)}
	err := rewrite(archive, same)
	if err == nil {
		err = same.end()
	}
	var other *otherByteError
	if errors.As(err, &other) {
		u.fault("", -1, other.Error())
		return nil
	}
	return err
}

// rewrite writes an archive once more, with its parts as they are.
func rewrite(archive *zip.Reader, to io.Writer) error {
	again := zip.NewWriter(to)
	for _, file := range archive.File {
		into, err := again.CreateRaw(written(file))
		if err != nil {
			return err
		}
		raw, err := file.OpenRaw()
		if err != nil {
			return err
		}
		if _, err := io.Copy(into, raw); err != nil {
			return err
		}
	}
	return again.Close()
}

// written gives what this package says of a part: a stream of unknown length, or, of
// what was kept from an interrupted run, what is known already.
func written(part *zip.File) *zip.FileHeader {
	const streamed, streamVersion = 0x8, 20
	header := part.FileHeader
	header.Extra = withoutSizes(header.Extra)
	header.Comment, header.ExternalAttrs, header.CreatorVersion, header.ReaderVersion = "", 0, 0, 0
	if header.Flags&streamed != 0 {
		header.CreatorVersion, header.ReaderVersion = streamVersion, streamVersion
	}
	return &header
}

// withoutSizes leaves out the sizes of large files (APPNOTE.TXT 4.5.3), which the
// writer adds itself.
func withoutSizes(extra []byte) []byte {
	const sizes = 1
	kept := slices.Clone(extra)
	for at := 0; at+4 <= len(kept); {
		end := at + 4 + int(binary.LittleEndian.Uint16(kept[at+2:]))
		if binary.LittleEndian.Uint16(kept[at:]) == sizes && end <= len(kept) {
			kept = slices.Delete(kept, at, end)
			continue
		}
		at = end
	}
	return kept
}

// comparing takes what is written and holds it against a file.
type comparing struct {
	file *bufio.Reader
	at   int64
	has  [32 << 10]byte
}

func (c *comparing) Write(want []byte) (int, error) {
	for rest := want; len(rest) > 0; {
		has := c.has[:min(len(rest), len(c.has))]
		n, err := io.ReadFull(c.file, has)
		if !bytes.Equal(has[:n], rest[:n]) || err != nil {
			return 0, &otherByteError{c.at + int64(alike(has[:n], rest))}
		}
		c.at += int64(n)
		rest = rest[n:]
	}
	return len(want), nil
}

// alike counts the bytes that two begin with.
func alike(a, b []byte) int {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return n
}

// end says whether the file ends here, too.
func (c *comparing) end() error {
	if _, err := c.file.ReadByte(); err == nil {
		return &otherByteError{c.at}
	}
	return nil
}

// otherByteError is where a pack is not what this package writes.
type otherByteError struct{ at int64 }

func (e *otherByteError) Error() string {
	return fmt.Sprintf("the ZIP file itself was changed around its parts, at byte %d, or another program packed it anew: "+
		"get it as \"samtykke log pack\" wrote it", e.at)
}
