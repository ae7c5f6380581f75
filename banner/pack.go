package banner

import (
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"io"
	"sync"

	"github.com/andybalholm/brotli"

	"github.com/samtykke/samtykke/consent"
)

// pack prepares every file of a Bundle for serving, once.
func pack(bundle *consent.Bundle) *Built {
	built := &Built{Bundle: bundle, Files: make(map[string]*Asset, len(bundle.Files))}
	var wait sync.WaitGroup
	for name, body := range bundle.Files {
		asset := &Asset{Body: body}
		built.Files[name] = asset
		wait.Go(asset.prepare)
	}
	wait.Wait()
	return built
}

func (a *Asset) prepare() {
	digest := sha512.Sum384(a.Body)
	a.Integrity = "sha384-" + base64.StdEncoding.EncodeToString(digest[:])
	a.ETag = `"` + base64.RawURLEncoding.EncodeToString(digest[:12]) + `"`
	a.Brotli = brotliOf(a.Body)
	a.Gzip = gzipOf(a.Body)
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
