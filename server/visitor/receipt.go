package visitor

import (
	"encoding/base64"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// appendReceipt writes the Receipt of a Decision without the closing brace, so
// that one's own Decisions can hold more. No value needs escaping: keys, ids
// and states were checked when they came in.
func appendReceipt(to []byte, d *consent.Decision, b *ballot) []byte {
	id, err := d.ID.MarshalText()
	if err != nil { // cannot fail; an empty id would be seen at once
		id = nil
	}
	to = append(to, `{"id":"`...)
	to = append(to, id...)
	to = append(to, `","site":"`...)
	to = append(to, d.Site...)
	to = append(to, `","time":"`...)
	to = appendStamp(to, d.Time)
	to = append(to, `","notice":`...)
	to = strconv.AppendInt(to, int64(d.Notice), 10)
	to = append(to, `,"notice_hash":"`...)
	to = append(to, b.noticeHex...)
	to = append(to, `","bundle":"`...)
	to = append(to, d.Bundle...)
	to = append(to, `","bundle_hash":"`...)
	to = append(to, b.bundleHex...)
	to = append(to, `","state":"`...)
	to = append(to, d.State...)
	to = append(to, `","valid_until":`...)
	until := d.ValidUntil(&b.notice.Draft.Site) // by the Notice that was shown
	if until.IsZero() {
		return append(to, "null"...)
	}
	to = append(to, '"')
	to = appendStamp(to, until)
	return append(to, '"')
}

// appendProof writes where a Decision stands in the ledger, as a last member of
// its Receipt. The only thing to escape is what ends a checkpoint's lines.
func appendProof(to []byte, p *consent.Proof) []byte {
	to = append(to, `,"log":{"origin":"`...)
	to = append(to, p.Origin...)
	to = append(to, `","index":`...)
	to = strconv.AppendInt(to, p.Index, 10)
	to = append(to, `,"salt":"`...)
	to = base64.StdEncoding.AppendEncode(to, p.Salt[:])
	to = append(to, `","checkpoint":"`...)
	for _, c := range p.Checkpoint {
		if c == '\n' {
			to = append(to, '\\', 'n')
			continue
		}
		to = append(to, c)
	}
	return append(to, `"}`...)
}

// appendStamp writes a time in RFC 3339, UTC, with the milliseconds that the
// store keeps. The layout without them has a faster way through package time.
func appendStamp(to []byte, at time.Time) []byte {
	at = at.UTC()
	to = at.AppendFormat(to, time.RFC3339)
	ms := at.Nanosecond() / int(time.Millisecond)
	const digits = "0123456789"
	return append(to[:len(to)-1], '.', digits[ms/100], digits[ms/10%10], digits[ms%10], 'Z')
}
