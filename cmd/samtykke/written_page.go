package main

import (
	"encoding/json"
	"io"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// A writtenPage goes into a file, as a page or as data.
type writtenPage interface{ Render() ([]byte, error) }

// writePage writes a page as HTML, or the same content as JSON.
func writePage(to io.Writer, page writtenPage, format string) error {
	if format == "json" {
		encoder := json.NewEncoder(to)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(page)
	}
	text, err := page.Render()
	if err == nil {
		_, err = to.Write(text)
	}
	return err
}

// checkLanguage refuses one that these pages do not come in; "" is the site's.
func checkLanguage(lang consent.Language) error {
	if lang != "" && !slices.Contains(web.AnswerLanguages, lang) {
		return misusef("--lang must be nb, nn or en, not %q", lang)
	}
	return nil
}

// writeTo lets write fill the file, or standard output when none is named.
func writeTo(t *terminal, file string, write func(io.Writer) error) error {
	if file == "" {
		return write(t.out)
	}
	return writeWhole(file, write)
}
