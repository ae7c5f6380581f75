package web

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"strings"

	qrcode "github.com/skip2/go-qrcode"

	"github.com/samtykke/samtykke/consent"
)

// Code draws a text as a QR code (ISO/IEC 18004, level M), an SVG image with the
// quiet zone that readers need, black on white whatever surrounds it. The error
// is Internal: the text is too long.
func Code(text string) ([]byte, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return nil, &consent.Error{Kind: consent.Internal, Code: "qr", Message: "The text could not be drawn as a QR code.", Err: err}
	}
	squares := code.Bitmap()
	var path strings.Builder
	for y, row := range squares {
		for x, black := range row {
			if black {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	side := len(squares)
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`, side, side, side, side, &path), nil
}

// DataURL gives an SVG image as an address that holds it.
func DataURL(svg []byte) template.URL {
	return "data:image/svg+xml;base64," + template.URL(base64.StdEncoding.EncodeToString(svg)) //nolint:gosec // base64 holds nothing that ends an attribute
}
