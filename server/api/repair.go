package api

// Repairs says how what breaks a rule is mended, by the code of its fault.
var Repairs = map[string]string{ //nolint:gosec // sentences about keys, and no keys
	// Requests of data subjects.
	"request_kind":     "Send the right that the person uses, as openapi.json names it, such as access or erasure.",
	"request_channel":  "Send how the request came: self_service, email, phone, letter or in_person.",
	"case_number":      "Send year, slash and number, such as 2026/1234, or leave the case out. The person's name belongs in the archive.",
	"malformed_day":    "Send the day as 2026-11-22.",
	"future_day":       "Send the day on which it happened: today in Norway or an earlier one.",
	"before_law":       "Send the day on which the request came, which is 20 July 2018 or later.",
	"early_day":        "Send the day on which the request came, or a later one.",
	"malformed_id":     "Send all 36 characters of the receipt, such as 0195f3a0-0000-7000-8000-000000000000.",
	"unknown_receipt":  "Send a receipt of this site, or leave it out when the person has none.",
	"malformed_token":  "Send all 30 characters of the key, as the person's browser shows it.",
	"unknown_token":    "Send a key of a visitor of this site, or a receipt, or leave both out when the person has neither.",
	"extension_ground": "Send complexity or number: the law knows no other ground for more time.",
	"request_outcome":  "Send granted, partly or refused.",
	"refusal_reason":   "Send the reason with the outcomes partly and refused, and none with granted.",
	"refusal_kind":     "Send a reason that the law knows for this right; the message names them.",
	"not_erased":       "Erase the decisions of the person (POST …/decisions/{decision}/erase with all), then close the request as granted.",
	"erasure_frozen":   "Release the frozen decisions (POST …/decisions/{decision}/release with all), erase them, then close the request as granted.",
	"not_restricted":   "Freeze the decisions of the person (POST …/decisions/{decision}/freeze with all), then close the request as granted.",
	"still_processed":  "Erase the decisions of the person (POST …/decisions/{decision}/erase with all), or freeze those that must be kept, then close the request as granted.",
	// Invitations.
	"unknown_role":  "Send one of the roles that openapi.json names.",
	"bad_email":     "Send one whole address, such as kari@example.no.",
	"mixed_letters": "Send the address with the letters of one alphabet.",
	"email_letters": "Send the address with letters from a to z, digits and common signs before the @.",
	"email_alike":   "Send the address that is there already, if it is the same person, or another one.",
	"is_member":     "Change the role of the person who has access instead.",
	// Organisations.
	"name_taken": "Send a name that tells the organisation apart from the others.",
	// What is planned, reviewed or commented.
	"due_past":         "Send a time that has not come yet.",
	"due_far":          "Send a time within a year.",
	"past_day":         "Send today or a later day.",
	"far_day":          "Send a day within five years.",
	"bad_choice":       "Send one of the values that openapi.json names.",
	"bad_reason":       "Send a reason of at most 500 characters that people can read.",
	"too_long":         "Send a shorter text.",
	"hidden_character": "Write it again as plain text.",
}
