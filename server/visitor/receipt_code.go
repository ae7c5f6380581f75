package visitor

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// receiptCode answers GET /{site}/receipts/{id}.svg with the QR code that goes
// onto a printed receipt, for the holder of the token.
func (v *Visitor) receiptCode(c *fiber.Ctx) error {
	site, own, err := v.ownReceipt(c)
	if err != nil {
		return err
	}
	receipt, err := v.Store.Receipt(c.UserContext(), site, own.ID)
	if err != nil {
		return err
	}
	address, err := v.receiptAddress(site, own.ID, receipt)
	if err != nil {
		return err
	}
	code, err := web.Code(address)
	if err != nil {
		return err
	}
	Set(c, cacheNever)
	c.Set(fiber.HeaderContentType, "image/svg+xml")
	return c.Send(code)
}

// receiptAddress gives the text of a receipt's QR code: the page for visitors,
// and in the fragment, which no browser sends, the receipt's number, the log,
// the place in it and the hash of the leaf there, in base64url. With them the
// log can be asked whether that leaf still stands. It never holds a token.
func (v *Visitor) receiptAddress(site consent.SiteKey, id consent.DecisionID, receipt []byte) (string, error) {
	proof, checkpoint, _ := bytes.Cut(receipt, []byte("\n\n"))
	lines := strings.Split(string(proof), "\n")
	if len(lines) < 3 {
		return "", unreadableProof()
	}
	opened, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil || len(opened) < 32 {
		return "", unreadableProof()
	}
	leaf := consent.LeafOf((*[32]byte)(opened), opened[32:])
	origin, _, _ := bytes.Cut(checkpoint, []byte("\n"))
	return v.Base + "/" + string(site) + mePath + "#receipt=" + id.String() + "&log=" + url.PathEscape(string(origin)) +
		"&index=" + strings.TrimPrefix(lines[2], "index ") + "&leaf=" + base64.RawURLEncoding.EncodeToString(leaf[:]), nil
}

func unreadableProof() error {
	return consent.Errorf(consent.Internal, "proof", "The store gave a proof that is no C2SP tlog-proof.")
}
