package visitor_test

import (
	"encoding/base64"
	"image"
	"image/color"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/storage/ledger"
)

// TestReceiptCodeIdentifiesTheReceipt reads the QR code as a telephone does, and
// holds it against the receipt.
func TestReceiptCodeIdentifiesTheReceipt(t *testing.T) {
	w := start(t)
	for n := range 3 {
		if got := w.once(t, post("gjerdrum", w.acceptAll(n+1))); got.StatusCode != http.StatusCreated {
			t.Fatalf("%d: %s", got.StatusCode, got.body)
		}
	}
	mine := []string{"Authorization: Bearer " + token(3)}
	said := scanned(t, w.once(t, request{http.MethodGet, "/gjerdrum/receipts/" + decisionID(3) + ".svg", mine, ""}).body)
	address, fragment, _ := strings.Cut(said, "#")
	if address != "https://samtykke.example.no/gjerdrum/me.html" {
		t.Errorf("the code leads to %s", address)
	}
	about, err := url.ParseQuery(fragment)
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := ledger.ParseReceipt([]byte(w.once(t, request{http.MethodGet, "/gjerdrum/receipts/" + decisionID(3), mine, ""}).body))
	if err != nil {
		t.Fatal(err)
	}
	key := strings.TrimSpace(w.once(t, request{method: http.MethodGet, path: "/gjerdrum/log/keys"}).body)
	verifier, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	record, head, err := receipt.Verify(note.VerifierList(verifier))
	if err != nil {
		t.Fatal(err)
	}
	leaf := ledger.RecordLeaf(&receipt.Salt, receipt.Record)
	for name, want := range map[string]string{
		"receipt": record.ID.String(), "log": head.Origin, "index": strconv.FormatInt(receipt.Index, 10),
		"leaf": base64.RawURLEncoding.EncodeToString(leaf[:]),
	} {
		if about.Get(name) != want {
			t.Errorf("the code says %s=%s, and the receipt %s", name, about.Get(name), want)
		}
	}
	if len(about) != 4 || strings.Contains(said, token(3)) {
		t.Errorf("the code says more than it should: %s", said)
	}
}

// scanned reads a code out of its drawing, four pixels a module.
func scanned(t *testing.T, svg string) string {
	t.Helper()
	const pixels = 4
	size := regexp.MustCompile(`viewBox="0 0 (\d+) (\d+)"`).FindStringSubmatch(svg)
	if size == nil {
		t.Fatalf("no drawing: %s", svg)
	}
	side, _ := strconv.Atoi(size[1])
	picture := image.NewGray(image.Rect(0, 0, side*pixels, side*pixels))
	for i := range picture.Pix {
		picture.Pix[i] = 0xff
	}
	for _, square := range regexp.MustCompile(`M(\d+) (\d+)h1v1h-1z`).FindAllStringSubmatch(svg, -1) {
		x, _ := strconv.Atoi(square[1])
		y, _ := strconv.Atoi(square[2])
		for i := range pixels * pixels {
			picture.SetGray(x*pixels+i%pixels, y*pixels+i/pixels, color.Gray{})
		}
	}
	bitmap, err := gozxing.NewBinaryBitmapFromImage(picture)
	if err != nil {
		t.Fatal(err)
	}
	// The reader's search for a code in a photograph misses one in some hundreds of
	// clean drawings; here nothing has to be searched for.
	straight := map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_PURE_BARCODE: true}
	read, err := qrcode.NewQRCodeReader().Decode(bitmap, straight)
	if err != nil {
		t.Fatal(err)
	}
	return read.GetText()
}
