package consent

import "slices"

// refusable holds the reasons that the law knows for some rights only. What is
// not here, art. 11(2), 12(2) and 12(5) and that an article does not apply, holds
// for each right.
var refusable = map[RefusalReason][]RequestKind{
	RefusedLegalObligation: {RequestErasure},                                       // art. 17(3)(b)
	RefusedLegalClaims:     {RequestErasure, RequestRestriction, RequestObjection}, // art. 17(3)(e), 18(2), 21(1)
	RefusedOverriding:      {RequestObjection},                                     // art. 21(1)
	RefusedRightsOfOthers:  {RequestAccess, RequestPortability},                    // art. 15(4), 20(4)
}

// Refusals gives the reasons for which the law lets one say no to this right.
func (k RequestKind) Refusals() []RefusalReason {
	return slices.DeleteFunc(slices.Clone(RefusalReasons), func(reason RefusalReason) bool {
		kinds, special := refusable[reason]
		return special && !slices.Contains(kinds, k)
	})
}

// CheckRefusal refuses a reason that is not one for this right (Invalid,
// refusal_kind).
func (k RequestKind) CheckRefusal(reason RefusalReason) error {
	if slices.Contains(k.Refusals(), reason) {
		return nil
	}
	return Errorf(Invalid, "refusal_kind", "%q is no reason to say no to a request for %s: give one of %s.", reason, k.Words(English), joined(k.Refusals()))
}
