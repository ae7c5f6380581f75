package banner

import (
	"bytes"
	"compress/gzip"
	"io"
	"sync"

	"github.com/andybalholm/brotli"
)

// Asset is one file in every encoding that is served.
type Asset struct {
	Body []byte
	// Brotli and Gzip give Body at the best level there is, compressed when first
	// asked for: of a bundle in three languages most servers send a few files, in
	// one encoding.
	Brotli, Gzip func() []byte
	// ETag is a strong validator of Body, quotes included. Each encoding needs
	// its own suffix.
	ETag string
	// Integrity is the value of a script tag's integrity attribute, of a script.
	Integrity string
}

// NewAsset makes an Asset whose bytes are named by what identifies them.
func NewAsset(body []byte, identity string) *Asset {
	return &Asset{
		Body: body, ETag: `"` + identity + `"`,
		Brotli: sync.OnceValue(func() []byte { return brotliOf(body) }),
		Gzip:   sync.OnceValue(func() []byte { return gzipOf(body) }),
	}
}

func brotliOf(body []byte) []byte {
	var out bytes.Buffer
	finish(brotli.NewWriterLevel(&out, brotli.BestCompression), body)
	return out.Bytes()
}

func gzipOf(body []byte) []byte {
	var out bytes.Buffer
	writer, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		panic(err) // the level is a constant
	}
	finish(writer, body)
	return out.Bytes()
}

// finish writes body to a compressor over memory, which cannot fail.
func finish(writer io.WriteCloser, body []byte) {
	if _, err := writer.Write(body); err != nil {
		panic(err)
	}
	if err := writer.Close(); err != nil {
		panic(err)
	}
}
