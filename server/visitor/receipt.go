package visitor

import (
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// stamp is RFC 3339 in UTC with milliseconds, as the store keeps times.
const stamp = "2006-01-02T15:04:05.000Z07:00"

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
	to = d.Time.UTC().AppendFormat(to, stamp)
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
	to = append(to, `","valid_until":"`...)
	to = validUntil(d, b).UTC().AppendFormat(to, time.RFC3339)
	return append(to, '"')
}

// validUntil is when the visitor is asked again, by the Notice that was shown.
func validUntil(d *consent.Decision, b *ballot) time.Time {
	return b.notice.Draft.Site.Validity.After(d.Time)
}
