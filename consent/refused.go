package consent

import "slices"

// refused are the rules whose breach is not saved: what is written is nothing that
// can be shown, looked up or compared. Everything else may be saved, and only
// keeps the draft from being published.
var refused = []string{
	"too_long", "too_many", "hidden_character", "duplicate", "unknown_value", "unknown_category", "unknown_country", "retention", "purpose_revision",
	"malformed_key", "malformed_date", "malformed_host", "malformed_address", "malformed_path", "malformed_name", "malformed_expression",
	"malformed_lifetime", "malformed_email", "malformed_phone", "not_utf8", "missing_slot",
}

// Refused says whether a problem is the breach of such a rule.
func (p *Problem) Refused() bool { return slices.Contains(refused, p.Code) }
